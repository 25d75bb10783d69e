import { logBinomialTail, type TokenSpan, WORD_GRAM } from '../../core/index.ts'
import type { Held } from './held.ts'
import { type Trace, textAt } from './span.ts'

/** Words that stand together in rows whose label surprises, but hardly elsewhere. */
export interface Combination {
  readonly label: number
  readonly words: readonly { readonly high: number; readonly low: number; readonly kind: number }[]
}

/** Words of a row that are paired with each other. */
const wordsPerRow = 96
/** Combinations looked at more closely for each label. */
const mostPairs = 20
const leastRows = 6

/**
 * Finds pairs of words that surprising rows of one label share more often than the other rows do, and adds every word
 * that most rows of a pair have.
 */
export function combinations(
  held: Held,
  surprising: ReadonlyMap<number, readonly number[]>,
  others: readonly number[],
): Combination[] {
  const found: Combination[] = []
  const elsewhere = wordRows(held, others)
  for (const [label, rows] of surprising) {
    if (rows.length < leastRows) continue
    const here = wordRows(held, rows)
    for (const words of pairsOf(here, elsewhere, rows.length, others.length)) {
      const grown = grow(words, here, elsewhere, others.length)
      found.push({ label, words: grown.map(key => here.words.get(key)!) })
    }
  }
  return found
}

interface WordRows {
  readonly words: ReadonlyMap<number, { readonly high: number; readonly low: number; readonly kind: number }>
  /** Rows that hold a word, ascending. */
  readonly rows: ReadonlyMap<number, readonly number[]>
}

function wordRows({ tokens }: Held, rows: readonly number[]): WordRows {
  const words = new Map<number, { high: number; low: number; kind: number }>()
  const lists = new Map<number, number[]>()
  rows.forEach((i, r) => {
    const own = new Set<number>()
    for (let k = tokens.offsets[i]!; k < tokens.offsets[i + 1]! && own.size < wordsPerRow; k++) {
      const key = tokens.high[k]!
      if (own.has(key)) continue
      own.add(key)
      if (!words.has(key)) words.set(key, { high: key, low: tokens.low[k]!, kind: WORD_GRAM })
      const list = lists.get(key)
      if (list) list.push(r)
      else lists.set(key, [r])
    }
  })
  return { words, rows: lists }
}

function both(a: readonly number[], b: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]! < b[j]!) i++
    else if (a[i]! > b[j]!) j++
    else {
      out.push(a[i]!)
      i++
      j++
    }
  }
  return out
}

const rowsWith = (of: WordRows, keys: readonly number[]): number[] =>
  keys.slice(1).reduce((rows, key) => both(rows, of.rows.get(key) ?? []), [...(of.rows.get(keys[0]!) ?? [])])

/** The pairs that lean most to the surprising rows, beyond what their words do apart. */
function pairsOf(here: WordRows, elsewhere: WordRows, n: number, m: number): number[][] {
  const frequent = [...here.rows]
    .filter(([, rows]) => rows.length >= leastRows)
    .sort((a, b) => b[1].length - a[1].length)
  const scored: { keys: number[]; score: number }[] = []
  for (let a = 0; a < Math.min(400, frequent.length); a++) {
    for (let b = a + 1; b < Math.min(400, frequent.length); b++) {
      const [x, y] = [frequent[a]!, frequent[b]!]
      const together = both(x[1], y[1]).length
      if (together < leastRows) continue
      const rate = (rowsWith(elsewhere, [x[0], y[0]]).length + 1) / (m + 2)
      const apart = (x[1].length / n) * (y[1].length / n)
      const score = Math.max(logBinomialTail(together, n, rate), logBinomialTail(together, n, apart))
      if (score < -8) scored.push({ keys: [x[0], y[0]], score })
    }
  }
  scored.sort((p, q) => p.score - q.score)
  return scored.slice(0, mostPairs).map(pair => pair.keys)
}

/** Adds the words that stand in most rows of the combination, rarest elsewhere first, up to four in all. */
function grow(keys: readonly number[], here: WordRows, elsewhere: WordRows, m: number): number[] {
  let grown = [...keys]
  while (grown.length < 4) {
    const rows = rowsWith(here, grown)
    let best: number | null = null
    let least = -8
    for (const [key, list] of here.rows) {
      if (grown.includes(key)) continue
      const shared = both(rows, list).length
      if (shared < 0.5 * rows.length || shared < leastRows) continue
      const score = logBinomialTail(shared, rows.length, ((elsewhere.rows.get(key)?.length ?? 0) + 1) / (m + 2))
      if (score < least) [best, least] = [key, score]
    }
    if (best === null) break
    grown = [...grown, best]
  }
  return grown
}

/** Where the words of a combination stand, in the rows that hold them all. */
export function combinedTrace(held: Held, ids: Float64Array, { words }: Combination): Trace {
  const { tokens } = held
  const rows: number[] = []
  const spans: TokenSpan[][] = []
  for (const id of ids) {
    const i = held.place.get(id)
    if (i === undefined) continue
    const from = tokens.offsets[i]!
    const own: TokenSpan[] = []
    for (let k = from; k < tokens.offsets[i + 1]!; k++)
      if (words.some(w => w.high === tokens.high[k] && w.low === tokens.low[k])) own.push([k - from, k - from + 1])
    if (own.length < words.length) continue
    rows.push(i)
    spans.push(own)
  }
  const text = rows.length === 0 ? '' : namesIn(held, rows[0]!, spans[0]!)
  return { rows, spans, length: 1, text, grams: words }
}

function namesIn(held: Held, i: number, spans: readonly TokenSpan[]): string {
  const names = new Set(spans.map(span => textAt(held, i, span).toLowerCase()))
  return [...names].join(' … ')
}
