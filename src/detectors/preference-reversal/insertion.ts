import { excessOf, type TwoLevels, twoLevels } from '../../core/index.ts'
import type { Phrase } from './phrases.ts'
import { afterOf, beforeOf, type Neighbours, seenPair, seenToken, seenTriple, type Talk } from './talk.ts'

/**
 * How often texts close over a gap: a phrase that was put in leaves words side by side that stand so elsewhere too.
 * Two levels: natural phrases, and the gaps of each.
 */
export interface Closing extends TwoLevels {
  readonly ratio: Float64Array
  readonly wideRatio: Float64Array
}

const levels = 8
const closures = 5
const sides = levels + 1
const cells = sides * sides * closures
/** By how the pair closes and which side is an edge: how many of the triples over the gap stand elsewhere. */
const wides = 3
const wideCells = closures * 3 * wides
const mostGaps = 256
/** Fewer gaps tell nothing. */
const leastGaps = 4

const bucketOf = (n: number, most: number): number => Math.min(most - 1, 31 - Math.clz32(n + 1))

/** What a gap looks like: a cell of the closing pair, and one of the triples around it. */
interface Gap {
  readonly cell: number
  readonly wide: number
}

/** The gap between two places, -1 for an edge on that side; null when nothing stands around it. */
function gapOf(talk: Talk, counts: Neighbours, left: number, right: number, own: number): Gap | null {
  if (left < 0 && right < 0) return null
  const l = left < 0 ? levels : bucketOf(seenToken(counts, talk, left), levels)
  const r = right < 0 ? levels : bucketOf(seenToken(counts, talk, right), levels)
  const closed = bucketOf(Math.max(0, seenPair(counts, talk, left, right) - own), closures)
  let wide = 0
  if (left >= 0 && seenTriple(counts, talk, beforeOf(talk, left), left, right) > own) wide++
  if (right >= 0 && seenTriple(counts, talk, left, right, afterOf(talk, right)) > own) wide++
  const side = left < 0 ? 1 : right < 0 ? 2 : 0
  return { cell: (l * sides + r) * closures + closed, wide: (closed * 3 + side) * wides + wide }
}

/** The gap that a phrase leaves at one place. */
const gapAround = (talk: Talk, counts: Neighbours, at: number, length: number): Gap | null =>
  gapOf(talk, counts, beforeOf(talk, at), afterOf(talk, at + length - 1), 0)

const gapsOf = (talk: Talk, counts: Neighbours, { at, length }: Phrase): Gap[] =>
  at.slice(0, mostGaps).flatMap(k => gapAround(talk, counts, k, length) ?? [])

/** Learns from all neighbours how a gap of that kind closes, and from natural phrases how theirs do. */
export function learnClosing(talk: Talk, counts: Neighbours, crowd: readonly Phrase[]): Closing {
  const [joined, joinedWide] = [new Float64Array(cells).fill(0.2), new Float64Array(wideCells).fill(0.5)]
  const put = (gap: Gap | null) => {
    if (gap === null) return
    joined[gap.cell] = joined[gap.cell]! + 1
    joinedWide[gap.wide] = joinedWide[gap.wide]! + 1
  }
  const step = Math.max(1, Math.floor(talk.tokens.high.length / 500_000))
  for (let k = 0; k < talk.tokens.high.length; k += step) {
    put(gapOf(talk, counts, beforeOf(talk, k), k, 1))
    if (talk.broken[k + 1]) put(gapOf(talk, counts, k, -1, 1))
  }
  const [grown, grownWide] = [new Float64Array(cells).fill(0.2), new Float64Array(wideCells).fill(0.5)]
  const gaps = crowd.map(phrase => gapsOf(talk, counts, phrase))
  for (const own of gaps)
    for (const { cell, wide } of own) {
      const weight = 1 / Math.max(1, own.length / 32)
      grown[cell] = grown[cell]! + weight
      grownWide[wide] = grownWide[wide]! + weight
    }
  const learnt = { ratio: ratios(joined, grown, closures), wideRatio: ratios(joinedWide, grownWide, wides) }
  const pieces = gaps.filter(own => own.length >= leastGaps).map(own => own.map(gap => tellOf(gap, learnt)))
  return { ...learnt, ...twoLevels(pieces) }
}

const tellOf = ({ cell, wide }: Gap, { ratio, wideRatio }: Pick<Closing, 'ratio' | 'wideRatio'>): number =>
  ratio[cell]! + wideRatio[wide]!

/** Log likelihood ratios, put in against grown, within each block of cells. */
function ratios(joined: Float64Array, grown: Float64Array, block: number): Float64Array {
  const out = new Float64Array(joined.length)
  for (let c = 0; c < out.length; c += block) {
    const put = sum(joined.subarray(c, c + block))
    const natural = sum(grown.subarray(c, c + block))
    for (let k = c; k < c + block; k++) out[k] = Math.log(joined[k]! / put) - Math.log(grown[k]! / natural)
  }
  return out
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0)

/** Standard errors by which texts read better without the phrase than without natural phrases; 0 when too few tell. */
export function closes(talk: Talk, counts: Neighbours, closing: Closing, phrase: Phrase): number {
  const own = gapsOf(talk, counts, phrase)
  if (own.length < leastGaps) return 0
  return excessOf(
    own.map(gap => tellOf(gap, closing)),
    closing,
  )
}
