import { closes, learnClosing } from './insertion.ts'
import { aboutOf, besideOf, wordsOf } from './kinship.ts'
import type { Phrase } from './phrases.ts'
import { falling, logShareAbove } from './shares.ts'
import { type Neighbours, seenPair, seenToken, type Talk } from './talk.ts'

/** Phrases about as frequent as a phrase with which it is compared. */
const fellows = 300
/** A shorter piece is a word or a turn of speech, which honest texts repeat. */
const leastLong = 3
/** The other words of the texts are read for phrases that the first two witnesses put among so many, and for some others. */
const worthReading = 0.15
const crowdStep = 6

type Edge = 'begin' | 'end' | 'none'

interface Measured {
  readonly phrase: Phrase
  /** The edge of texts or turns at which it stands more often than not. */
  readonly edge: Edge
  readonly closing: number
  readonly beside: number
  readonly fixed: number
  readonly repeated: number
  readonly alone: number
}

/** Neighbours in all texts, in those that are searched, and in those of the other side of the talk. */
export interface Counts {
  readonly all: Neighbours
  readonly own: Neighbours
  readonly other: Neighbours
}

/**
 * How unlike a phrase that grew where it stands each phrase is: texts close well over the gap that it leaves, neither the
 * words beside it nor the other words of its texts go with it, it is long for so many texts or stands always at the same
 * end. Each is a share among the phrases of the table, about as frequent ones where that matters; so is their sum.
 * @returns log chance of a natural phrase, by phrase
 */
export function oddityOf(talk: Talk, counts: Counts, phrases: readonly Phrase[]): number[] {
  if (phrases.length === 0) return []
  const closing = learnClosing(talk, counts.all, phrases)
  const words = wordsOf(talk)
  const measured = phrases.map((phrase): Measured => {
    const edges = edgesOf(talk, phrase)
    return {
      phrase,
      edge: edges.edge,
      closing: closes(talk, counts.all, closing, phrase),
      beside: besideOf(talk, words, phrase),
      fixed: edges.same,
      repeated: (phrase.length - 1) * Math.log(phrase.texts.length),
      alone: aloneOf(talk, counts, phrase),
    }
  })
  const all = measured.map((_, p) => p)
  const closed = sharesOf(measured.map(own => own.closing))
  const beside = sharesAmongFellows(measured, all, all, p => -measured[p]!.beside, true)
  const alone = sharesAmongFellows(measured, all, all, p => measured[p]!.alone, false)
  const first = closed.map((share, p) => share + beside[p]! + alone[p]!)
  const about = aboutShares(talk, words, measured, first)
  const plain = first.map((share, p) => -(share + about[p]!))
  const repeated = sharesOf(measured.map(own => own.repeated))
  const fixed = sharesOf(measured.map(own => own.fixed))
  const long = measured.map((own, p) => plain[p]! - (own.phrase.length >= leastLong ? repeated[p]! : 0))
  const still = plain.map((sum, p) => sum - fixed[p]!)
  const ways = [plain, long, still].map(sharesOf)
  return plain.map((_, p) => Math.min(0, Math.log(ways.length) + Math.min(...ways.map(shares => shares[p]!))))
}

/** How much oftener than on the other side of the talk its most telling word or pair of words stands on this side. */
function aloneOf(talk: Talk, { own, other }: Counts, { at, length }: Phrase): number {
  let most = -Infinity
  const [first] = at
  for (let k = first!; k < first! + length; k++) {
    most = Math.max(most, Math.log((seenToken(own, talk, k) + 0.5) / (seenToken(other, talk, k) + 0.5)))
    if (k > first!)
      most = Math.max(most, Math.log((seenPair(own, talk, k - 1, k) + 0.5) / (seenPair(other, talk, k - 1, k) + 0.5)))
  }
  return most
}

/** The edge at which a phrase mostly stands, and the share of texts in which it stands at the commoner end of the whole. */
function edgesOf({ tokens: { offsets }, broken }: Talk, { texts, at, length }: Phrase): { edge: Edge; same: number } {
  let [left, right, begins, ends] = [0, 0, 0, 0]
  texts.forEach((i, r) => {
    const k = at[r]!
    left += broken[k]!
    right += broken[k + length]!
    if (k === offsets[i]) begins++
    if (k + length === offsets[i + 1]) ends++
  })
  const half = texts.length / 2
  const edge = left > half && left >= right ? 'begin' : right > half ? 'end' : 'none'
  return { edge, same: Math.max(begins, ends) / texts.length }
}

/** Each one's share among all. */
function sharesOf(measures: readonly number[]): number[] {
  const crowd = falling(measures)
  return measures.map(own => logShareAbove(crowd, own))
}

function aboutShares(
  talk: Talk,
  words: ReturnType<typeof wordsOf>,
  measured: readonly Measured[],
  first: readonly number[],
): number[] {
  const line = Float64Array.from(first).sort()[Math.floor(worthReading * first.length)] ?? 0
  const crowd = measured.flatMap((_, p) => (p % crowdStep === 0 ? [p] : []))
  const read = measured.flatMap((_, p) => (first[p]! <= line || p % crowdStep === 0 ? [p] : []))
  const about = new Map(read.map(p => [p, aboutOf(talk, words, measured[p]!.phrase)]))
  return sharesAmongFellows(measured, read, crowd, p => -about.get(p)!, false)
}

/** Shares of those asked among the crowd's phrases that are about as frequent; 0 for the others. */
function sharesAmongFellows(
  measured: readonly Measured[],
  asked: readonly number[],
  crowd: readonly number[],
  of: (p: number) => number,
  byEdge: boolean,
): number[] {
  const out = new Array<number>(measured.length).fill(0)
  const size = (p: number) => measured[p]!.phrase.texts.length
  for (const edge of byEdge ? (['begin', 'end', 'none'] as const) : [null]) {
    const own = (p: number) => edge === null || measured[p]!.edge === edge
    const others = crowd.filter(own).sort((a, b) => size(a) - size(b) || a - b)
    const within = new Set(others)
    const sizes = others.map(size)
    const values = others.map(of)
    for (const p of asked) if (own(p)) out[p] = shareAt(sizes, values, size(p), of(p), within.has(p))
  }
  return out
}

function shareAt(
  sizes: readonly number[],
  values: readonly number[],
  size: number,
  value: number,
  within: boolean,
): number {
  let [low, high] = [0, sizes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sizes[middle]! < size) low = middle + 1
    else high = middle
  }
  const from = Math.max(0, Math.min(low - fellows / 2, sizes.length - fellows))
  const to = Math.min(sizes.length, from + fellows)
  let above = within ? 0 : 1
  for (let k = from; k < to; k++) if (values[k]! >= value) above++
  return Math.min(0, Math.log(above / (to - from + (within ? 0 : 1))))
}
