import { ALONE, folded, kinds, SPACE } from './characters.ts'
import { eachRun } from './runs.ts'

/** What the units of a token have, as bits. */
export const LATIN = 1
export const CAPITAL = 2
export const DIGIT = 4
export const GREEK = 8
export const CYRILLIC = 16
export const SMALL = 32
export const UNDERSCORE = 64
export const ACCENT = 128
export const HIDDEN = 256
/** Its shape follows from the script of its units. */
export const OTHER = 512
/** Set where every unit of the token is a capital. */
export const ALL_CAPITALS = 1024

const patterns: readonly (readonly [RegExp, number])[] = [
  [/\p{sc=Latin}+/gu, LATIN],
  [/\p{Lu}+/gu, CAPITAL],
  [/\p{Ll}+/gu, SMALL],
  [/\p{Nd}+/gu, DIGIT],
  [/\p{sc=Greek}+/gu, GREEK],
  [/\p{sc=Cyrillic}+/gu, CYRILLIC],
  [/_+/gu, UNDERSCORE],
  [/[\u00c0-\u024f]+/gu, ACCENT],
  [/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+/gu, HIDDEN],
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

/** Bits of `packed` that hold the folded unit; the class comes next, then the traits. */
export const FOLDED = 0xffff
export const kindShift = 16
export const traitShift = 18

/** Letters that stand alone have no shape but their script's; 11,172 Korean syllables are no other thing either. */
const isPlain = (unit: number): boolean =>
  kinds[unit] === ALONE || kinds[unit] === SPACE || (unit >= 0xac00 && unit <= 0xd7a3)

function traitTable(): Uint16Array {
  const traits = new Uint16Array(65536)
  for (const [pattern, trait] of patterns) {
    eachRun(pattern, (first, end) => {
      for (let unit = first; unit < end; unit++) if (!isPlain(unit)) traits[unit]! |= trait
    })
  }
  return traits
}

function build(): { packed: Int32Array; script: Int32Array } {
  const traits = traitTable()
  const script = new Int32Array(65536)
  for (const [first, last, shape] of scripts) {
    for (let unit = first; unit <= last; unit++) script[unit]! |= 1 << shape
  }
  const packed = new Int32Array(65536)
  for (let unit = 0; unit < 65536; unit++) {
    const all = traits[unit]! | (script[unit] === 0 ? 0 : OTHER)
    packed[unit] = folded[unit]! | (kinds[unit]! << kindShift) | (all << traitShift)
  }
  return { packed, script }
}

/** By UTF-16 unit: the folded unit, the class and the traits in one number; and the shapes of its script. */
export const { packed, script } = build()
