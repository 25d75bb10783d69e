/** Scripts told apart, the most written ones; all other letters are `other`. */
const patterns: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{sc=Latin}/u],
  ['cyrillic', /\p{sc=Cyrillic}/u],
  ['greek', /\p{sc=Greek}/u],
  ['arabic', /\p{sc=Arabic}/u],
  ['hebrew', /\p{sc=Hebrew}/u],
  ['devanagari', /\p{sc=Devanagari}/u],
  ['bengali', /\p{sc=Bengali}/u],
  ['tamil', /\p{sc=Tamil}/u],
  ['thai', /\p{sc=Thai}/u],
  ['han', /\p{sc=Han}/u],
  ['kana', /[\p{sc=Hiragana}\p{sc=Katakana}]/u],
  ['hangul', /\p{sc=Hangul}/u],
  ['georgian', /\p{sc=Georgian}/u],
  ['armenian', /\p{sc=Armenian}/u],
  ['ethiopic', /\p{sc=Ethiopic}/u],
  ['other', /\p{L}/u],
]

/** Names of the scripts, `none` (a text without letters) last. */
export const scripts: readonly string[] = [...patterns.map(([name]) => name), 'none']
const none = scripts.length - 1

let table: Uint8Array | undefined

/** Script of every UTF-16 unit, as an index into `scripts`. Built when first asked for. */
function scriptTable(): Uint8Array {
  if (table) return table
  table = new Uint8Array(65536).fill(none)
  for (let unit = 0; unit < 65536; unit++) {
    if (unit >= 0xd800 && unit < 0xe000) continue
    const character = String.fromCharCode(unit)
    const found = patterns.findIndex(([, pattern]) => pattern.test(character))
    if (found >= 0) table[unit] = found
  }
  return table
}

/** Most units looked at: a text does not change its script every other page. */
const mostUnits = 512

/** The script that most letters at the start of the text belong to, as an index into `scripts`. */
export function scriptOf(text: string): number {
  const kinds = scriptTable()
  const counts = new Int32Array(scripts.length)
  const end = Math.min(text.length, mostUnits)
  for (let i = 0; i < end; i++) counts[kinds[text.charCodeAt(i)]!]!++
  let best = none
  for (let k = 0; k < none; k++) if (counts[k]! > (best === none ? 0 : counts[best]!)) best = k
  return best
}
