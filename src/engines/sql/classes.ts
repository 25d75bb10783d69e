import { ALONE, folded, isHanSurrogate, kinds, SPACE, SYMBOL, WORD } from '../../core/index.ts'

const hex = (code: number): string => `\\x{${code.toString(16).toUpperCase()}}`

/** Ranges of BMP characters that `has` accepts, as the inside of a character class. Surrogates are no characters. */
function ranges(has: (unit: number) => boolean): string {
  let out = ''
  for (let unit = 0; unit < 65536; unit++) {
    if (isSurrogate(unit) || !has(unit)) continue
    const first = unit
    while (unit + 1 < 65536 && !isSurrogate(unit + 1) && has(unit + 1)) unit++
    out += first === unit ? hex(first) : `${hex(first)}-${hex(unit)}`
  }
  return out
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000

/** The code points whose high surrogate is that of a Han extension: they stand alone. */
function astralHan(): string {
  const first = (high: number): number => 0x10000 + ((high - 0xd800) << 10)
  let out = ''
  for (let high = 0xd800; high < 0xdc00; high++)
    if (isHanSurrogate(high)) out += `${hex(first(high))}-${hex(first(high) + 0x3ff)}`
  return out
}

/** Astral characters that are symbols. */
function astralSymbols(): string {
  const first = (high: number): number => 0x10000 + ((high - 0xd800) << 10)
  let out = ''
  for (let high = 0xd800; high < 0xdc00; high++)
    if (!isHanSurrogate(high)) out += `${hex(first(high))}-${hex(first(high) + 0x3ff)}`
  return out
}

/** A regular expression (RE2, Java, PCRE with UTF) whose matches are the tokens of a text, from the tokeniser's table. */
export function tokenPattern(): string {
  const of = (kind: number) => ranges(unit => kinds[unit] === kind)
  return `[${of(WORD)}]+|[${of(ALONE)}${astralHan()}]|[${of(SYMBOL)}${astralSymbols()}]+`
}

/** The lower-case form of one character, as the tokeniser has it. */
export const lowerOf = (character: string): string =>
  character.length === 1 ? String.fromCharCode(folded[character.charCodeAt(0)]!) : character

/** Characters that have a lower-case form, and these forms in the same order, beyond ASCII too. */
export function lowerCase(): { readonly from: string; readonly to: string } {
  let from = ''
  let to = ''
  for (let unit = 0; unit < 65536; unit++) {
    if (isSurrogate(unit) || folded[unit] === unit) continue
    from += String.fromCharCode(unit)
    to += String.fromCharCode(folded[unit]!)
  }
  return { from, to }
}

/** A character class of these characters; one that matches nothing when there are none. */
export const classOf = (characters: readonly string[]): string =>
  characters.length === 0
    ? `[^${hex(0)}-${hex(0x10ffff)}]`
    : `[${characters.map(c => hex(c.codePointAt(0)!)).join('')}]`

/** All characters that `trim` takes off a label. */
export function blanks(): string {
  let out = ''
  for (let unit = 0; unit < 65536; unit++) {
    if (kinds[unit] !== SPACE && unit !== 0xfeff) continue
    const character = String.fromCharCode(unit)
    if (character.trim() === '') out += character
  }
  return out
}
