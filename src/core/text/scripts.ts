import { eachRun } from './runs.ts'

/** Scripts told apart, the most written ones; all other letters are `other`. */
const patterns: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{sc=Latin}+/gu],
  ['cyrillic', /\p{sc=Cyrillic}+/gu],
  ['greek', /\p{sc=Greek}+/gu],
  ['arabic', /\p{sc=Arabic}+/gu],
  ['hebrew', /\p{sc=Hebrew}+/gu],
  ['devanagari', /\p{sc=Devanagari}+/gu],
  ['bengali', /\p{sc=Bengali}+/gu],
  ['tamil', /\p{sc=Tamil}+/gu],
  ['thai', /\p{sc=Thai}+/gu],
  ['han', /\p{sc=Han}+/gu],
  ['kana', /[\p{sc=Hiragana}\p{sc=Katakana}]+/gu],
  ['hangul', /\p{sc=Hangul}+/gu],
  ['georgian', /\p{sc=Georgian}+/gu],
  ['armenian', /\p{sc=Armenian}+/gu],
  ['ethiopic', /\p{sc=Ethiopic}+/gu],
  ['other', /\p{L}+/gu],
]

/** Names of the scripts, `none` (a text without letters) last. */
export const scripts: readonly string[] = [...patterns.map(([name]) => name), 'none']
const none = scripts.length - 1

let table: Uint8Array | undefined

/** Script of every UTF-16 unit, as an index into `scripts`. Built when first asked for. */
function scriptTable(): Uint8Array {
  if (table) return table
  const built = new Uint8Array(65536).fill(none)
  // The first pattern that matches names the script, so it is written last.
  for (let k = patterns.length - 1; k >= 0; k--) {
    eachRun(patterns[k]![1], (first, end) => built.fill(k, first, end))
  }
  table = built
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
