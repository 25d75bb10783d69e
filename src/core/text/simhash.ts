import { mix32 } from '../hash.ts'
import { kinds, SYMBOL } from './characters.ts'
import { tokenise } from './tokens.ts'

/** Words that make one shingle: fewer and all pages of one site agree, more and one edited word moves many. */
const shingleWords = 2
/** Texts with fewer words are matched by chance and changed by a word: they look like nothing. */
const fewestWords = 8
const width = 64

/**
 * What a text says, in 64 bits: each pair of neighbouring words votes for or against every bit by its hash, and the
 * majority rules, so that texts that share most of their pairs share most of their bits. Case, spaces and punctuation
 * do not count; a pair that is repeated counts by the logarithm, so that a menu or a footer does not rule a page.
 * Null for a text of fewer than eight words.
 *
 * Charikar, "Similarity estimation techniques from rounding algorithms" (STOC 2002); Manku, Jain and Das Sarma,
 * "Detecting near-duplicates for web crawling" (WWW 2007), who take 3 differing bits of 64 for a near-duplicate.
 */
export function simhash(text: string): bigint | null {
  const { high, low, start } = tokenise([text])
  const votes = new Float64Array(width)
  const seen = new Map<number, number>()
  let words = 0
  let before = 0
  for (let k = 0; k < high.length; k++) {
    if (kinds[text.charCodeAt(start[k]!)] === SYMBOL) continue
    const word = mix32(high[k]! ^ Math.imul(low[k]!, 0x9e3779b1))
    if (++words >= shingleWords) {
      const pair = mix32(Math.imul(before, 0x85ebca6b) + word) >>> 0
      seen.set(pair, (seen.get(pair) ?? 0) + 1)
    }
    before = word
  }
  if (words < fewestWords) return null
  for (const [pair, times] of seen) vote(votes, pair, 1 + Math.log(times))
  return votes.reduce((bits, sum, i) => (sum > 0 ? bits | (1n << BigInt(width - 1 - i)) : bits), 0n)
}

function vote(votes: Float64Array, pair: number, weight: number): void {
  const halves = [mix32(pair ^ 0x2545f491), mix32(Math.imul(pair, 0xc2b2ae35) ^ 0x1b873593)]
  for (let i = 0; i < width; i++) votes[i]! += (halves[i >> 5]! >>> (i & 31)) & 1 ? weight : -weight
}
