import { mix32, pairHigh, pairLow } from '../../core/index.ts'
import { placesIn, type Talk } from './talk.ts'

/** Words in a row that several texts hold: as long as nearly all of them go on alike. */
export interface Phrase {
  /** Texts that hold it, ascending. */
  readonly texts: readonly number[]
  /** First token of it in each of those texts, as a place in the arrays of tokens. */
  readonly at: readonly number[]
  readonly length: number
}

/** A phrase grows while so many of its texts go on alike. */
const together = 0.8
const mostLength = 40
const mostSeeds = 400_000
const mostCounted = 4_000_000
const sketchBits = 23
/** Texts of a seed by which its growth is judged. */
const looked = 64

/** Phrases in at least `least` and at most `most` texts. */
export function phrasesOf(talk: Talk, least: number, most: number): Phrase[] {
  const phrases = new Map<string, Phrase>()
  for (const seed of seedsOf(talk, least, most)) {
    const grown = grow(talk, seed)
    const key = nameOf(talk, grown)
    const known = phrases.get(key)
    if (!known || known.texts.length < grown.texts.length) phrases.set(key, grown)
  }
  return [...phrases.values()].filter(p => p.texts.length >= least)
}

/** Single words, pairs and triples by the texts that hold them. */
function seedsOf(talk: Talk, least: number, most: number): Phrase[] {
  // Most seeds stand in one text: a sketch keeps those out of the map, however many there are.
  const sketch = new Uint8Array(2 ** sketchBits)
  const cell = (key: number) => (mix32(key) ^ Math.floor(key / 4294967296)) >>> (32 - sketchBits)
  each(talk, key => {
    const c = cell(key)
    if (sketch[c]! < 255) sketch[c] = sketch[c]! + 1
  })
  const count = new Map<number, number>()
  each(talk, key => {
    if (sketch[cell(key)]! >= Math.min(255, least) && (count.size < mostCounted || count.has(key)))
      count.set(key, (count.get(key) ?? 0) + 1)
  })
  const kept = new Map<number, { texts: number[]; at: number[]; length: number }>()
  for (const [key, texts] of count)
    if (texts >= least && texts <= most && kept.size < mostSeeds) kept.set(key, { texts: [], at: [], length: 0 })
  each(talk, (key, text, at, length) => {
    const seed = kept.get(key)
    if (!seed) return
    seed.texts.push(text)
    seed.at.push(at)
    seed.length = length
  })
  return [...kept.values()]
}

/** Calls with each distinct seed of each text, at its first place. */
function each(talk: Talk, visit: (key: number, text: number, at: number, length: number) => void): void {
  for (let i = 0; i < talk.texts.length; i++) {
    const [from, end] = placesIn(talk, i)
    const own = new Set<number>()
    for (let k = from; k < end; k++)
      seedsAt(talk, k, Math.min(end, k + 3), (key, length) => {
        if (own.has(key)) return
        own.add(key)
        visit(key, i, k, length)
      })
  }
}

function seedsAt(
  { tokens: { high, low }, broken }: Talk,
  k: number,
  end: number,
  visit: (key: number, n: number) => void,
) {
  let [h, l] = [high[k]!, low[k]!]
  for (let p = k; p < end; p++) {
    if (p > k) {
      if (broken[p]) return
      h = pairHigh(h, high[p]!)
      l = pairLow(l, low[p]!)
    }
    visit((h >>> 0) * 2097152 + (l >>> 11), p - k + 1)
  }
}

function grow(talk: Talk, seed: Phrase): Phrase {
  let { texts, at, length } = seed
  for (let side = 1; length < mostLength; ) {
    const place = (k: number) => (side > 0 ? k + length : k - 1)
    const next = commonAt(talk, at, place)
    if (next === null) {
      if (side < 0) break
      side = -1
      continue
    }
    const keep = at.map(k => hasAt(talk, place(k), side > 0 ? place(k) : k, next))
    texts = texts.filter((_, r) => keep[r])
    at = at.filter((_, r) => keep[r]).map(k => (side > 0 ? k : k - 1))
    length++
  }
  return { texts, at, length }
}

const hasAt = ({ tokens, broken }: Talk, at: number, breakAt: number, high: number): boolean =>
  at >= 0 && at < tokens.high.length && !broken[breakAt] && tokens.high[at] === high

/** The token that nearly all texts have at a place, by its hash; null when there is none. */
function commonAt(talk: Talk, at: readonly number[], place: (k: number) => number): number | null {
  const counts = new Map<number, number>()
  const step = Math.max(1, Math.floor(at.length / looked))
  let seen = 0
  for (let r = 0; r < at.length; r += step, seen++) {
    const p = place(at[r]!)
    if (p < 0 || p >= talk.tokens.high.length || talk.broken[Math.max(p, at[r]!)]) continue
    const high = talk.tokens.high[p]!
    counts.set(high, (counts.get(high) ?? 0) + 1)
  }
  for (const [high, n] of counts) if (n >= together * seen) return high
  return null
}

/** A phrase's own words, as hashes. */
function nameOf({ tokens }: Talk, { at, length }: Phrase): string {
  const from = at[0] ?? 0
  return tokens.high.subarray(from, from + length).join(' ')
}
