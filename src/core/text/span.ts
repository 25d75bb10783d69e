import { PAIR_GRAM, pairHigh, pairLow, placesOf, type TokenSpan, TRIPLE_GRAM, WORD_GRAM } from './grams.ts'
import type { Tokens } from './tokens.ts'

/** Texts in memory, cut into tokens. */
export interface HeldTexts {
  readonly texts: readonly string[]
  readonly tokens: Tokens
  /** Place of a row by its id. */
  readonly place: ReadonlyMap<number, number>
}

/** A piece of text that stands in several rows: where, and in which. */
export interface Trace {
  /** Places in the texts, ascending. */
  readonly rows: readonly number[]
  /** By row: tokens to be left out. */
  readonly spans: readonly (readonly TokenSpan[])[]
  /** Tokens that the piece has. */
  readonly length: number
  /** As it stands in the first row. */
  readonly text: string
  /** Rows that hold all of these hold the piece. */
  readonly grams: readonly { readonly high: number; readonly low: number }[]
}

/** A neighbour belongs to the piece when it stands there in this share of the rows. */
const stable = 0.97
const longest = 64

/**
 * Grows a gram to the longest piece that stands in nearly all of its rows: the single words of an inserted sentence
 * would be explained by its other words.
 */
export function traceOf(
  held: HeldTexts,
  ids: Float64Array,
  gram: { readonly high: number; readonly low: number; readonly kind: number },
  grows: boolean,
): Trace {
  const rows: number[] = []
  const places: TokenSpan[][] = []
  for (const id of ids) {
    const i = held.place.get(id)
    if (i === undefined) continue
    const found = placesOf(held.tokens, i, held.texts[i]!, gram)
    if (found.length === 0) continue
    rows.push(i)
    places.push(found)
  }
  let before = 0
  let after = 0
  if (grows && rows.length > 1) {
    while (before < longest && isStable(held, rows, places, -before - 1, false)) before++
    while (after < longest && isStable(held, rows, places, after, true)) after++
  }
  const length = (places[0]?.[0]?.[1] ?? 0) - (places[0]?.[0]?.[0] ?? 0) + before + after
  const whole = before + after > 0 || gram.kind === WORD_GRAM || gram.kind === PAIR_GRAM || gram.kind === TRIPLE_GRAM
  const form = grows && whole ? formOf(held, rows, places, before, length) : null
  const trace: { rows: number[]; spans: TokenSpan[][] } = { rows: [], spans: [] }
  rows.forEach((i, r) => {
    const own = form ? spansOf(held, i, form) : places[r]!
    if (own.length === 0) return
    trace.rows.push(i)
    trace.spans.push([...own])
  })
  const text = trace.rows.length > 0 ? textAt(held, trace.rows[0]!, trace.spans[0]![0]!) : ''
  return { ...trace, length, text, grams: form ? gramsOfForm(form) : [gram] }
}

/** The tokens of a piece, as two hashes each. */
interface Form {
  readonly high: Int32Array
  readonly low: Int32Array
}

/** The piece as most rows have it. */
function formOf(
  held: HeldTexts,
  rows: readonly number[],
  places: readonly TokenSpan[][],
  before: number,
  length: number,
): Form | null {
  const { tokens } = held
  const counts = new Map<string, { count: number; from: number }>()
  rows.forEach((i, r) => {
    const start = places[r]![0]![0] - before
    const from = tokens.offsets[i]! + start
    if (start < 0 || from + length > tokens.offsets[i + 1]!) return
    const key = tokens.high.subarray(from, from + length).join()
    const known = counts.get(key)
    if (known) known.count++
    else counts.set(key, { count: 1, from })
  })
  const best = [...counts.values()].sort((a, b) => b.count - a.count)[0]
  if (!best || best.count < 0.5 * rows.length) return null
  return {
    high: tokens.high.slice(best.from, best.from + length),
    low: tokens.low.slice(best.from, best.from + length),
  }
}

function spansOf({ tokens }: HeldTexts, i: number, { high }: Form): TokenSpan[] {
  const from = tokens.offsets[i]!
  const found: TokenSpan[] = []
  for (let k = from; k + high.length <= tokens.offsets[i + 1]!; k++)
    if (high.every((key, j) => tokens.high[k + j] === key)) found.push([k - from, k - from + high.length])
  return found
}

/** Grams that only rows with the whole piece hold together. */
function gramsOfForm({ high, low }: Form): { high: number; low: number }[] {
  if (high.length === 1) return [{ high: high[0]!, low: low[0]! }]
  const grams: { high: number; low: number }[] = []
  for (let k = 0; k + 1 < high.length && grams.length < 16; k++) {
    const pair = { high: pairHigh(high[k]!, high[k + 1]!), low: pairLow(low[k]!, low[k + 1]!) }
    if (high.length === 2) return [pair]
    if (k + 2 < high.length)
      grams.push({ high: pairHigh(pair.high, high[k + 2]!), low: pairLow(pair.low, low[k + 2]!) })
  }
  return grams
}

/** The text under a span of tokens. */
export function textAt({ tokens, texts }: HeldTexts, i: number, [start, end]: TokenSpan): string {
  const from = tokens.offsets[i]!
  return end > start ? texts[i]!.slice(tokens.start[from + start]!, tokens.end[from + end - 1]!) : ''
}

function isStable(
  held: HeldTexts,
  rows: readonly number[],
  places: readonly TokenSpan[][],
  offset: number,
  behind: boolean,
) {
  const { tokens } = held
  const counts = new Map<number, number>()
  let most = 0
  rows.forEach((i, r) => {
    const [start, end] = places[r]![0]!
    const k = (behind ? end : start) + offset
    const from = tokens.offsets[i]!
    if (k < 0 || from + k >= tokens.offsets[i + 1]!) return
    const key = tokens.high[from + k]!
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > most) most = count
  })
  return most >= stable * rows.length
}
