import { eachRun } from './runs.ts'

/** What a UTF-16 unit is to the tokeniser. */
export const SPACE = 0
export const WORD = 1
/** A letter of a script written without spaces: a token of its own. */
export const ALONE = 2
export const SYMBOL = 3

/** The later pattern wins. */
const patterns: readonly (readonly [RegExp, number])[] = [
  [/[\s\p{Z}\p{Cc}]+/gu, SPACE],
  [/[\p{L}\p{M}\p{N}_]+/gu, WORD],
  [/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu, ALONE],
]

function build() {
  const kinds = new Uint8Array(65536).fill(SYMBOL)
  for (const [pattern, kind] of patterns) eachRun(pattern, (first, end) => kinds.fill(kind, first, end))
  const folded = new Uint16Array(65536)
  for (let unit = 0; unit < 65536; unit++) folded[unit] = unit
  eachRun(/\p{CWL}+/gu, (first, end) => {
    for (let unit = first; unit < end; unit++) {
      const lower = String.fromCharCode(unit).toLowerCase()
      if (lower.length === 1) folded[unit] = lower.charCodeAt(0)
    }
  })
  return { kinds, folded }
}

/**
 * Class and lower-case form of every UTF-16 unit. Characters beyond the BMP count as symbols, except the Han
 * extensions (high surrogates D840–D8BF), which stand alone. The SQL dialects build their patterns from this table,
 * so that every engine cuts a text the same way.
 */
export const { kinds, folded } = build()

/** True for the high surrogate of a Han extension character (U+20000–U+3FFFF). */
export const isHanSurrogate = (unit: number): boolean => unit >= 0xd840 && unit <= 0xd8bf
