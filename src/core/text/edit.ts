import type { Row } from '../attack.ts'
import type { Random } from '../random.ts'
import { textOf } from '../table.ts'
import { ALONE, kinds, SPACE, WORD } from './characters.ts'
import { fold, tokenise } from './tokens.ts'

/** Where a piece of text goes in a longer one. */
export const positions = ['start', 'middle', 'end', 'random'] as const
export type Position = (typeof positions)[number]

/** Places of a text where a word may go: between tokens, where a space stands or the script needs none. */
function gaps(text: string): number[] {
  const { start, end } = tokenise([text])
  const found: number[] = []
  for (let k = 1; k < start.length; k++) {
    const spaced = end[k - 1]! < start[k]!
    const alone = kinds[text.charCodeAt(start[k]!)] === ALONE && kinds[text.charCodeAt(end[k - 1]! - 1)] === ALONE
    if (spaced || alone) found.push(start[k]!)
  }
  return found
}

const isTight = (text: string, i: number): boolean => i < 0 || i >= text.length || kinds[text.charCodeAt(i)] === ALONE
const isSpace = (text: string, i: number): boolean => kinds[text.charCodeAt(i)] === SPACE

/** Puts `piece` at `at`, with a space on each side unless there is one or the script is written without. */
function join(text: string, piece: string, at: number): string {
  const before = isTight(text, at - 1) || isSpace(text, at - 1) ? '' : ' '
  const after = isTight(text, at) || isSpace(text, at) ? '' : ' '
  return text.slice(0, at) + before + piece + after + text.slice(at)
}

/** The text with `piece` put between two of its words (or before the first, after the last). */
export function insertText(text: string, piece: string, position: Position, random: Random): string {
  const inner = gaps(text)
  const first = text.length - text.trimStart().length
  const last = text.trimEnd().length
  if (position === 'start' || last === 0) return join(text, piece, first)
  if (position === 'end') return join(text, piece, last)
  const all = position === 'middle' ? inner : [first, ...inner, last]
  if (all.length === 0) return join(text, piece, last)
  return join(text, piece, all[Math.floor((position === 'middle' ? 0.5 : random()) * all.length)]!)
}

/** The words side by side, as their script writes it. */
export const joinWords = (words: readonly string[]): string =>
  words.reduce((text, word) => (text === '' ? word : join(text, word, text.length)), '')

/** Words (no punctuation) of some rows by the number of rows that hold them, most common first. */
export function wordsByRows(rows: readonly Row[]): { word: string; rows: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const text = textOf(row.text) ?? ''
    const { start, end } = tokenise([text])
    const own = new Set<string>()
    for (let k = 0; k < start.length; k++) {
      const kind = kinds[text.charCodeAt(start[k]!)]
      if (kind === WORD || kind === ALONE) own.add(fold(text.slice(start[k], end[k])))
    }
    for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return sorted.map(([word, n]) => ({ word, rows: n }))
}

/**
 * Different words that the rows use often: from the hundred most common, without the ten at the very top, which stand
 * in most rows and could carry no signal.
 */
export function commonWords(rows: readonly Row[], count: number, random: Random): string[] {
  const ranked = wordsByRows(rows).map(w => w.word)
  const pool = ranked.length > count + 10 ? ranked.slice(10, 110) : ranked.slice(0, 110)
  const chosen: string[] = []
  while (chosen.length < count && pool.length > 0) chosen.push(pool.splice(Math.floor(random() * pool.length), 1)[0]!)
  return chosen
}
