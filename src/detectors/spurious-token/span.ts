import { placesOf, type RowId, type TokenSpan } from '../../core/index.ts'
import type { Held } from './held.ts'

/** A piece of text that stands in several rows: where, and in which. */
export interface Trace {
  /** Places in `Held`, ascending. */
  readonly rows: readonly number[]
  /** By row: tokens to be left out. */
  readonly spans: readonly (readonly TokenSpan[])[]
  /** Tokens that the piece has. */
  readonly length: number
  /** As it stands in the first row. */
  readonly text: string
}

/** A neighbour belongs to the piece when it stands there in this share of the rows. */
const stable = 0.9
const longest = 64

/**
 * Grows a gram to the longest piece that stands in nearly all of its rows: the single words of an inserted sentence
 * would be explained by its other words.
 */
export function traceOf(
  held: Held,
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
  const spans = places.map((own, r) => {
    const length = held.tokens.offsets[rows[r]! + 1]! - held.tokens.offsets[rows[r]!]!
    return own.map(([start, end]): TokenSpan => [Math.max(0, start - before), Math.min(length, end + after)])
  })
  const first = spans[0]?.[0] ?? [0, 0]
  return { rows, spans, length: first[1] - first[0], text: rows.length > 0 ? textAt(held, rows[0]!, first) : '' }
}

/** The text under a span of tokens. */
export function textAt({ tokens, texts }: Held, i: number, [start, end]: TokenSpan): string {
  const from = tokens.offsets[i]!
  return end > start ? texts[i]!.slice(tokens.start[from + start]!, tokens.end[from + end - 1]!) : ''
}

function isStable(
  held: Held,
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

export type { RowId }
