import { kinds, SYMBOL, WORD } from './characters.ts'
import type { Tokens } from './tokens.ts'
import {
  ACCENT,
  ALL_CAPITALS,
  CAPITAL,
  CYRILLIC,
  DIGIT,
  GREEK,
  HIDDEN,
  LATIN,
  OTHER,
  SMALL,
  script,
  UNDERSCORE,
} from './traits.ts'

/** Shapes of tokens, by number, in the words of a report. */
export const shapeNames = [
  'a word in capitals',
  'a number',
  'a word of letters and digits',
  'a word that mixes alphabets',
  'an invisible character',
  'three or more symbols in a row',
  'a word of more than 24 letters',
  'a word with an underscore',
  'a Greek word',
  'a Cyrillic word',
  'a Hebrew word',
  'an Arabic word',
  'an Indic word',
  'a Chinese, Japanese or Thai character',
  'a Korean word',
  'a character beyond the basic plane, such as an emoji',
  'a Latin word with accents',
  'a full-width character',
] as const

const longWord = 24
/** A token of small Latin letters has no shape of its own. */
const plain = LATIN | SMALL

/** Shapes of token k, as bits; `text` is the text it stands in. */
export function tokenShapes(text: string, tokens: Tokens, k: number): number {
  const all = tokens.traits[k]!
  const start = tokens.start[k]!
  const length = tokens.end[k]! - start
  if (all === plain && length <= longWord) return 0
  let bits = 0
  if ((all & OTHER) !== 0) for (let at = start; at < start + length; at++) bits |= script[text.charCodeAt(at)]!
  if ((all & HIDDEN) !== 0) bits |= 1 << 4
  const kind = kinds[text.charCodeAt(start)]
  if (kind === SYMBOL && length >= 3 && (all & (HIDDEN | OTHER)) === 0) bits |= 1 << 5
  return kind === WORD ? bits | wordShapes(all, length) : bits
}

function wordShapes(all: number, length: number): number {
  let bits = 0
  const letters = (all & (LATIN | GREEK | CYRILLIC | SMALL | CAPITAL)) !== 0
  if ((all & ALL_CAPITALS) !== 0 && length > 1) bits |= 1
  if ((all & DIGIT) !== 0) bits |= letters ? 1 << 2 : 1 << 1
  const alphabets = Number((all & LATIN) !== 0) + Number((all & GREEK) !== 0) + Number((all & CYRILLIC) !== 0)
  if (alphabets > 1) bits |= 1 << 3
  else if ((all & GREEK) !== 0) bits |= 1 << 8
  else if ((all & CYRILLIC) !== 0) bits |= 1 << 9
  else if ((all & ACCENT) !== 0) bits |= 1 << 16
  if (length > longWord) bits |= 1 << 6
  if ((all & UNDERSCORE) !== 0 && length > 1) bits |= 1 << 7
  return bits
}

/** Traits of words whose shapes follow from their traits, between two letters and `longWord`. */
const telling = LATIN | DIGIT
const untelling = OTHER | HIDDEN

/** Shapes that occur among the tokens [from, end), as bits. */
export function shapesOf(text: string, tokens: Tokens, from: number, end: number): number {
  let bits = 0
  // Neighbours are mostly alike: what has the traits of the token before it adds nothing.
  let before = plain
  for (let k = from; k < end; k++) {
    const all = tokens.traits[k]!
    const length = tokens.end[k]! - tokens.start[k]!
    if (all === before && length > 1 && length <= longWord) continue
    bits |= tokenShapes(text, tokens, k)
    if ((all & telling) !== 0 && (all & untelling) === 0 && length > 1) before = all
  }
  return bits
}
