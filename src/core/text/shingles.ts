import { mix32 } from '../hash.ts'
import type { Tokens } from './tokens.ts'

/** Keys a text gets: two texts are compared when they share at least one. */
export const bands = 10
/** Values that must all agree for one key. With ten keys, pairs of similarity 0.8 meet with probability 0.98. */
const valuesPerBand = 5
const bins = bands * valuesPerBand
/** Longer texts are compared by this many smallest shingle hashes: a uniform sample of their union (bottom-k). */
export const mostShingles = 2048

/** Room for the shingles of one text at a time; reused, so that no text costs an allocation. */
export interface Shingler {
  shingles: Int32Array
  readonly rounds: Int16Array
  readonly values: Uint32Array
  /** High and low halves of the text's keys, `2 * bands` numbers. */
  readonly keys: Int32Array
}

export const shingler = (): Shingler => ({
  shingles: new Int32Array(1024),
  rounds: new Int16Array(bins),
  values: new Uint32Array(bins),
  keys: new Int32Array(2 * bands),
})

/**
 * Fills `shingles` with the hashed pairs of neighbouring tokens of text `i`, its two edges included, and returns how
 * many there are. Pairs of tokens exist in every language that has tokens and survive edits better than longer runs.
 */
export function shinglesOf(tokens: Tokens, i: number, into: Shingler): number {
  const from = tokens.offsets[i]!
  const to = tokens.offsets[i + 1]!
  if (to === from) return 0
  if (into.shingles.length < to - from + 1) into.shingles = new Int32Array(2 * (to - from + 1))
  const { shingles } = into
  let high = 0x2545f491
  let low = 0x1b873593
  for (let k = from; k < to; k++) {
    const h = tokens.high[k]!
    const l = tokens.low[k]!
    shingles[k - from] = mix32(Math.imul(high ^ (low >>> 7), 0x9e3779b1) ^ l ^ (h << 5))
    high = h
    low = l
  }
  shingles[to - from] = mix32(Math.imul(high ^ (low >>> 7), 0x9e3779b1) ^ 0x52dce729)
  return to - from + 1
}

/**
 * Fills `keys` from the first `n` shingles: a MinHash sketch filled round by round (Dahlgaard, Knudsen and Thorup 2017),
 * which costs the same for short and long texts, banded into 64-bit keys.
 */
export function keysOf(into: Shingler, n: number): void {
  const { shingles, rounds, values, keys } = into
  rounds.fill(-1)
  let filled = 0
  for (let round = 0; filled < bins; round++) {
    const seed = Math.imul(round + 1, 0x85ebca6b)
    for (let k = 0; k < n; k++) {
      let x = Math.imul(shingles[k]! ^ seed, 0xc2b2ae35)
      x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d)
      x ^= x >>> 13
      const bin = round < bins ? ((x >>> 16) * bins) >>> 16 : round - bins
      if (rounds[bin] === -1) filled++
      else if (rounds[bin] !== round) continue
      const value = Math.imul(x, 0x9e3779b1) >>> 0
      if (rounds[bin] === -1 || value < values[bin]!) values[bin] = value
      rounds[bin] = round
    }
  }
  for (let band = 0; band < bands; band++) {
    let a = band + 1
    let b = ~band
    for (let k = band * valuesPerBand; k < (band + 1) * valuesPerBand; k++) {
      a = mix32(Math.imul(a, 31) ^ values[k]!)
      b = Math.imul(b ^ values[k]!, 0x01000193) ^ (b >>> 13)
    }
    keys[2 * band] = a
    keys[2 * band + 1] = mix32(b) || 1
  }
}

/** The distinct shingles among the first `n`, ascending, at most the `mostShingles` smallest. */
export function distinctShingles(into: Shingler, n: number): Int32Array {
  const sorted = into.shingles.slice(0, n).sort()
  let kept = 0
  for (let k = 0; k < n; k++) if (k === 0 || sorted[k] !== sorted[k - 1]) sorted[kept++] = sorted[k]!
  return sorted.slice(0, Math.min(kept, mostShingles))
}

/** Jaccard similarity of two ascending shingle sets; exact below `mostShingles`, else over their smallest union. */
export function jaccard(a: Int32Array, b: Int32Array): number {
  const cut = a.length === mostShingles || b.length === mostShingles ? mostShingles : Infinity
  let i = 0
  let j = 0
  let both = 0
  let union = 0
  while (i < a.length && j < b.length && union < cut) {
    const x = a[i]!
    const y = b[j]!
    if (x === y) both++
    if (x <= y) i++
    if (y <= x) j++
    union++
  }
  union = Math.min(cut, union + a.length - i + b.length - j)
  return union === 0 ? 0 : both / union
}

/** A 53-bit name of the token sequence of text `i`: equal for texts that differ in case or spacing alone. */
export function digestOf(tokens: Tokens, i: number): number {
  let a = 0x811c9dc5 | 0
  let b = 0x9747b28c | 0
  for (let k = tokens.offsets[i]!; k < tokens.offsets[i + 1]!; k++) {
    a = Math.imul(a ^ tokens.high[k]!, 0x01000193) ^ (a >>> 15)
    b = Math.imul((b ^ tokens.low[k]!) + (b >>> 13), 0x5bd1e995)
  }
  return (mix32(a ^ (b >>> 7)) >>> 0) * 2097152 + (mix32(b) >>> 11)
}
