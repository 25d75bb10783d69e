import type { CodeLanguage } from '../core/index.ts'
import { bracketsOf, withoutOpenComment } from './brackets.ts'
import { likeness } from './languages.ts'
import { type Tree, treeOf } from './tree.ts'

/** Code with its tree. */
export interface Parsed {
  /** What was parsed: the given code, or the code in a frame of the same lines. */
  readonly code: string
  readonly root: Tree
  /** Characters that the grammar could not place. */
  readonly errors: number
  /** True when something was added at its end that the piece itself lacks. */
  readonly completed: boolean
}

/** Blocks that a piece may be cut out of. */
const mostStrange = 4
/** Longest piece that is parsed more than once. */
const mostRepaired = 20_000
const bare = ['', ''] as const

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

/** Parses code as given, and completed and in a frame when that is understood better. Lines stay what they were. */
export function parsedAs(given: string, language: CodeLanguage): Parsed | null {
  const tagged = language === 'php' && !/<\?(?:php|=|\s)/.test(given)
  const code = language === 'python' ? reopened(flush(given)) : withoutOpenComment(given, language)
  const open = tagged ? '<?php ' : ''
  const whole = attempt(`${open}${code}`, language)
  let best = whole && code !== given && language !== 'python' ? { ...whole, completed: true } : whole
  if (!best || best.errors === 0 || code.length > mostRepaired) return best
  const { missing, strange } = bracketsOf(code, language)
  const before = '{'.repeat(Math.min(strange, mostStrange))
  const bodies = missing === '' && before === '' ? [''] : ['', missing]
  const around = language === 'php' && !tagged ? [bare] : [bare, ...(frames[language] ?? [])]
  for (const end of bodies)
    for (const [first, last] of around) {
      if (best.errors === 0) return best
      const opened = end === '' ? first : `${first}${before}`
      if (opened === '' && end === '' && last === '') continue
      const framed = attempt(`${open}${opened}${code}${end}${last}`, language)
      if (framed && framed.errors < best.errors) best = { ...framed, completed: end !== '' }
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
  return { code, root, errors, completed: false }
}

/** Without the indentation that all lines share: a method cut out of its class. */
function flush(code: string): string {
  const first = /^(?:[ \t]*\n)*([ \t]+)\S/.exec(code)?.[1]
  if (!first) return code
  const lines = code.split('\n')
  if (!lines.every(line => line.startsWith(first) || line.trim() === '')) return code
  return lines.map(line => (line.startsWith(first) ? line.slice(first.length) : line)).join('\n')
}

/** With the mark that opens a long string, where a piece begins inside of one. */
function reopened(code: string): string {
  const first = code.indexOf('"""')
  if (first < 0 || code.split('"""').length % 2 === 1) return code
  const inside = likeness(code.slice(0, first)).get('python') ?? 0
  const after = likeness(code.slice(first + 3)).get('python') ?? 0
  return inside < 2 && after >= 2 ? `"""${code}` : code
}
