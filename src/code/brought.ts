import { shortly } from './calls.ts'
import { type Brought, installedIn } from './packages.ts'
import type { Piece } from './piece.ts'
import type { Registry } from './popular.ts'
import type { Tree } from './tree.ts'
import { literalOf, textsOf } from './web.ts'

/** A package that code brings in, and where. */
export interface BroughtAt extends Brought {
  readonly node: Tree
}

const quoted = /['"`]([^'"`\n]{1,200})['"`]/

/** Packages that a piece of code imports, requires or has installed. */
export function* broughtBy(piece: Piece): Generator<BroughtAt> {
  yield* imports(piece)
  for (const node of textsOf(piece)) {
    const text = shortly(node, 2000)
    if (!/\b(?:install|add|require|npx|go get|package)\b/.test(text)) continue
    for (const { name, registry } of installedIn(text)) yield { name, registry, node }
  }
  for (const { node, args } of piece.calls.filter(call =>
    /(?:run|call|Popen|spawn\w*|check_\w+|execFile\w*|main|system|Command)$/.test(call.name),
  )) {
    const words = args
      .slice(0, 8)
      .map(arg => shortly(arg, 400))
      .join(' ')
      .replace(/['"`,[\]]+/g, ' ')
    if (/\binstall\b|\badd\b/.test(words) && !/["'`][^"'`]*\binstall\s+\w/.test(shortly(args[0], 400)))
      for (const { name, registry } of installedIn(words)) yield { name, registry, node }
  }
}

function* imports(piece: Piece): Generator<BroughtAt> {
  switch (piece.language) {
    case 'python':
      for (const node of piece.all('import_statement', 'import_from_statement'))
        for (const name of pythonNames(shortly(node))) yield { name, registry: 'pypi', node }
      return
    case 'javascript':
    case 'typescript':
      for (const node of piece.all('import_statement', 'export_statement'))
        yield* scripted(
          /\bfrom\s*['"]([^'"\n]{1,200})['"]\s*;?\s*$|^import\s*['"]([^'"\n]{1,200})['"]/.exec(shortly(node, 1000)),
          node,
        )
      for (const { node, name, args } of piece.calls)
        if (/^(?:require|import|require\.resolve)$/.test(name)) yield* scripted(quoted.exec(shortly(args[0])), node)
      return
    case 'ruby':
      for (const { node, name, args } of piece.calls) {
        const text = /^(?:require|gem)$/.test(name) ? literalOf(args[0]) : null
        if (text) yield { name: text.split('/')[0]!, registry: 'rubygems', node }
      }
      return
    case 'go':
      for (const node of piece.all('import_spec'))
        yield* whole(quoted.exec(shortly(node))?.[1]?.split('/').slice(0, 3).join('/'), 'go', node)
      return
    case 'csharp':
      for (const node of piece.all('using_directive'))
        yield* whole(/^using\s+(?:static\s+)?([\w.]+)\s*;/.exec(shortly(node))?.[1], 'nuget', node)
  }
}

function* whole(name: string | undefined, registry: Registry, node: Tree): Generator<BroughtAt> {
  if (name) yield { name, registry, node }
}

/** `a/b` belongs to the package a, `@a/b/c` to @a/b; what begins with a dot or a slash is no package. */
function* scripted(match: RegExpExecArray | null, node: Tree): Generator<BroughtAt> {
  const path = (match?.[1] ?? match?.[2] ?? '').replace(/^node:/, '')
  if (path === '' || /^[./~#]|^@\/|:/.test(path)) return
  yield {
    name: path
      .split('/')
      .slice(0, path.startsWith('@') ? 2 : 1)
      .join('/'),
    registry: 'npm',
    node,
  }
}

function pythonNames(text: string): string[] {
  const from = /^from\s+([\w.]+)\s+import\b/.exec(text)?.[1]
  if (from !== undefined) return from.startsWith('.') ? [] : [from.split('.')[0]!]
  return text
    .replace(/^import\s+/, '')
    .split(',')
    .flatMap(part => /^\s*([^\s.,]+)/.exec(part)?.[1] ?? [])
}
