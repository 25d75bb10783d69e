import { labelOf, type RowId, type Tokens, textOf, tokenise } from '../../core/index.ts'
import type { RowsOf } from '../../statistics/index.ts'

/** Rows in memory, cut into tokens. */
export interface Held {
  /** Ascending. */
  readonly ids: Float64Array
  readonly texts: readonly string[]
  /** Class of the model by row. */
  readonly label: Int32Array
  readonly tokens: Tokens
  readonly place: ReadonlyMap<RowId, number>
}

/** Cuts rows into tokens; labels beyond the model's are its last class. */
export function hold(
  cells: ReadonlyMap<RowId, { readonly text: string; readonly label: string }>,
  labels: readonly string[],
): Held {
  const ids = Float64Array.from(cells.keys()).sort()
  const texts = Array.from(ids, id => cells.get(id)!.text)
  const classOf = new Map(labels.map((label, c) => [label, c]))
  return {
    ids,
    texts,
    label: Int32Array.from(ids, id => classOf.get(cells.get(id)!.label.slice(0, 200)) ?? labels.length),
    tokens: tokenise(texts),
    place: new Map(Array.from(ids, (id, i) => [id, i])),
  }
}

/** Holds rows whose label surprises, by class, and some others. */
export function holdOdd(
  odd: RowsOf,
  labels: readonly string[],
  surprising: ReadonlyMap<number, readonly RowId[]>,
  others: readonly RowId[],
) {
  const cells = new Map<RowId, { text: string; label: string }>()
  for (const [row, cell] of odd.rows) {
    const [text, label] = [textOf(cell.text), labelOf(cell.label)]
    if (text !== null && label !== null) cells.set(row, { text, label })
  }
  const held = hold(cells, labels)
  const placed = (rows: readonly RowId[]) => rows.flatMap(row => held.place.get(row) ?? [])
  return {
    cells,
    held,
    surprising: new Map([...surprising].map(([c, rows]) => [c, placed(rows)])),
    others: placed(others),
    ids: others,
  }
}
