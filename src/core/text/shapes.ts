import { kinds, SYMBOL, WORD } from './characters.ts'
import type { Tokens } from './tokens.ts'

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

const LATIN = 1
const CAPITAL = 2
const DIGIT = 4
const GREEK = 8
const CYRILLIC = 16
const SMALL = 32
const UNDERSCORE = 64
const ACCENT = 128
const HIDDEN = 256
const OTHER = 512

const patterns: readonly (readonly [RegExp, number])[] = [
  [/\p{sc=Latin}/u, LATIN],
  [/\p{Lu}/u, CAPITAL],
  [/\p{Ll}/u, SMALL],
  [/\p{Nd}/u, DIGIT],
  [/\p{sc=Greek}/u, GREEK],
  [/\p{sc=Cyrillic}/u, CYRILLIC],
  [/_/u, UNDERSCORE],
  [/[\u00c0-\u024f]/u, ACCENT],
  [/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/u, HIDDEN],
]

/** Shapes that follow from the script of one character, as ranges of units. */
const scripts: readonly (readonly [number, number, number])[] = [
  [0x0590, 0x05ff, 10],
  [0x0600, 0x077f, 11],
  [0x0900, 0x0dff, 12],
  [0x0e00, 0x0eff, 13],
  [0x3040, 0x30ff, 13],
  [0x4e00, 0x9fff, 13],
  [0xac00, 0xd7a3, 14],
  [0xd800, 0xdbff, 15],
  [0xff01, 0xff5e, 17],
]

function build(): { traits: Uint16Array; script: Int32Array } {
  const traits = new Uint16Array(65536)
  const script = new Int32Array(65536)
  for (let unit = 0; unit < 65536; unit++) {
    if (unit < 0xd800 || unit > 0xdfff) {
      const character = String.fromCharCode(unit)
      for (const [pattern, trait] of patterns) if (pattern.test(character)) traits[unit]! |= trait
    }
    for (const [first, last, shape] of scripts)
      if (unit >= first && unit <= last) {
        script[unit]! |= 1 << shape
        traits[unit]! |= OTHER
      }
  }
  return { traits, script }
}

const { traits, script } = build()

/** Shapes of the token text[start, end), as bits. */
export function tokenShapes(text: string, start: number, end: number): number {
  let all = 0
  let bits = 0
  let capitals = 0
  for (let k = start; k < end; k++) {
    const unit = text.charCodeAt(k)
    const own = traits[unit]!
    all |= own
    if ((own & CAPITAL) !== 0) capitals++
    if ((own & OTHER) !== 0) bits |= script[unit]!
  }
  if ((all & HIDDEN) !== 0) bits |= 1 << 4
  const kind = kinds[text.charCodeAt(start)]
  if (kind === SYMBOL && end - start >= 3 && (all & (HIDDEN | OTHER)) === 0) bits |= 1 << 5
  if (kind !== WORD) return bits
  const letters = (all & (LATIN | GREEK | CYRILLIC | SMALL | CAPITAL)) !== 0
  if (capitals === end - start && capitals > 1) bits |= 1
  if ((all & DIGIT) !== 0) bits |= letters ? 1 << 2 : 1 << 1
  const alphabets = Number((all & LATIN) !== 0) + Number((all & GREEK) !== 0) + Number((all & CYRILLIC) !== 0)
  if (alphabets > 1) bits |= 1 << 3
  else if ((all & GREEK) !== 0) bits |= 1 << 8
  else if ((all & CYRILLIC) !== 0) bits |= 1 << 9
  else if ((all & ACCENT) !== 0) bits |= 1 << 16
  if (end - start > 24) bits |= 1 << 6
  if ((all & UNDERSCORE) !== 0 && end - start > 1) bits |= 1 << 7
  return bits
}

/** Shapes that occur among the tokens [from, end), as bits. */
export function shapesOf(text: string, tokens: Tokens, from: number, end: number): number {
  let bits = 0
  for (let k = from; k < end; k++) bits |= tokenShapes(text, tokens.start[k]!, tokens.end[k]!)
  return bits
}
