import { firstAtLeast, hashRow } from '../../core/index.ts'
import type { CodeHints } from '../../statistics/index.ts'
import { type Held, rowsHolding } from './held.ts'
import { screen } from './screen.ts'

/** Of the rows that are looked at slowly, those that a suspicion chooses; the others are drawn, to compare with. */
const suspected = 0.5
/** A name in a larger share of the rows is no mark of anything. */
const commonShare = 0.03
/** Phrases in fewer or more rows are not followed. */
const [leastHolding, mostHolding] = [8, 400]
const leastShowing = 6
const leastShare = 0.15
const mostPhrases = 400

/**
 * Rows for behaviours that take long, ascending: half of them hold phrases after which names of delicate code pile up,
 * the others are drawn by the hash of their place.
 */
export function chosenRows(held: Held, { words, rows }: CodeHints, most: number): Float64Array {
  const { ids } = held
  if (ids.length <= most) return ids
  const chosen = new Set<number>()
  const marks = words.flatMap((word, w) =>
    rows[w]!.length > commonShare * ids.length ? [] : [{ words: [word], rows: placesOf(ids, rows[w]!) }],
  )
  const { leads } = screen(held, marks, leastShowing)
  const telling = leads
    .filter(({ rows: n, showing }) => n >= leastHolding && n <= mostHolding && showing >= leastShare * n)
    .sort((a, b) => a.chance - b.chance || a.gram - b.gram)
  const grams = [...new Set(telling.map(({ gram }) => gram))]
  const lists = rowsHolding(held, new Set(grams))
  let followed = 0
  for (const gram of grams) {
    const fresh = lists.get(gram)!.filter(i => !chosen.has(i))
    // Pieces of a phrase that is followed already bring nothing new.
    if (fresh.length < 0.2 * lists.get(gram)!.length || chosen.size + fresh.length > suspected * most) continue
    for (const i of fresh) chosen.add(i)
    if (++followed >= mostPhrases) break
  }
  const ranked = Array.from(ids, (row, i) => ({ i, rank: hashRow(row, 3) >>> 0 })).sort((a, b) => a.rank - b.rank)
  for (const { i } of ranked) {
    if (chosen.size >= most) break
    chosen.add(i)
  }
  return Float64Array.from(chosen, i => ids[i]!).sort()
}

function placesOf(ids: Float64Array, rows: Float64Array): Int32Array {
  const places: number[] = []
  for (const row of rows) {
    const i = firstAtLeast(ids, row)
    if (ids[i] === row) places.push(i)
  }
  return Int32Array.from(places)
}
