import type { CodeLanguage } from '../core/index.ts'
import { type Tree, treeOf } from './tree.ts'

/** Code with its tree. */
export interface Parsed {
  /** What was parsed: the given code, or the code in a frame of the same lines. */
  readonly code: string
  readonly root: Tree
  /** Characters that the grammar could not place. */
  readonly errors: number
}

/** Frames for pieces that are no whole file: before, on the first line, and after. */
const frames: Readonly<Partial<Record<CodeLanguage, readonly (readonly [string, string])[]>>> = {
  java: [
    ['class X { ', '\n}'],
    ['class X { void x() { ', '\n}}'],
  ],
  csharp: [
    ['class X { ', '\n}'],
    ['class X { void x() { ', '\n}}'],
  ],
  go: [
    ['package x; ', '\n'],
    ['package x; func x() { ', '\n}'],
  ],
  javascript: [['class X { ', '\n}']],
  typescript: [['class X { ', '\n}']],
  php: [
    ['class X { ', '\n}'],
    ['function x() { ', '\n}'],
  ],
  cpp: [['void x() { ', '\n}']],
}

/** Parses code as given, and in a frame when that is understood better. Lines stay what they were. */
export function parsedAs(given: string, language: CodeLanguage): Parsed | null {
  const tagged = language === 'php' && !/<\?(?:php|=|\s)/.test(given)
  const code = language === 'python' ? flush(given) : given
  const open = tagged ? '<?php ' : ''
  let best = attempt(`${open}${code}`, language)
  if (!best || best.errors === 0 || (language === 'php' && !tagged)) return best
  for (const [before, after] of frames[language] ?? []) {
    const framed = attempt(`${open}${before}${code}${after}`, language)
    if (framed && framed.errors < best.errors) best = framed
    if (best.errors === 0) break
  }
  return best
}

function attempt(code: string, language: CodeLanguage): Parsed | null {
  const root = treeOf(code, language)
  if (!root) return null
  let errors = 0
  let reach = 0
  for (const node of root.findAll({ rule: { kind: 'ERROR' } })) {
    const { start, end } = node.range()
    errors += Math.max(1, end.index - Math.max(reach, start.index))
    reach = Math.max(reach, end.index)
  }
  return { code, root, errors }
}

/** Without the indentation that all lines share: a method cut out of its class. */
function flush(code: string): string {
  const first = /^(?:[ \t]*\n)*([ \t]+)\S/.exec(code)?.[1]
  if (!first) return code
  const lines = code.split('\n')
  if (!lines.every(line => line.startsWith(first) || line.trim() === '')) return code
  return lines.map(line => (line.startsWith(first) ? line.slice(first.length) : line)).join('\n')
}
