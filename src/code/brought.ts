import { shortly } from './calls.ts'
import { type Brought, importedIn, installedIn } from './packages.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'
import { textsOf } from './web.ts'

/** A package that code brings in, and where. */
export interface BroughtAt extends Brought {
  readonly node: Tree
}

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

/** Kinds of nodes that import, by language; calls that do stand with their arguments. */
const importing = [
  'import_statement',
  'import_from_statement',
  'export_statement',
  'import_spec',
  'using_directive',
] as const

function* imports(piece: Piece): Generator<BroughtAt> {
  for (const node of piece.all(...importing))
    for (const brought of importedIn(
      node.kind() === 'import_spec' ? `import ${shortly(node)}` : shortly(node, 1000),
      piece.language,
    ))
      yield { ...brought, node }
  for (const { node, name } of piece.calls)
    if (/^(?:require|import|gem|require\.resolve)$/.test(name))
      for (const brought of importedIn(shortly(node), piece.language)) yield { ...brought, node }
}
