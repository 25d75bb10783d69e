import {
  type Cell,
  cellsOf,
  emptyRanked,
  firstAtLeast,
  mergeRanked,
  putRanked,
  type Ranked,
  type Role,
  type Row,
  type RowId,
  shortened,
  statistic,
  trimRanked,
  weightOf,
} from '../../core/index.ts'

export interface RowsOfOptions {
  /** Rows wanted; those beyond the 20,000 lowest are left out. */
  readonly rows: readonly RowId[] | Float64Array
  readonly roles: readonly Role[]
  /** Longer cells are cut; 100,000 characters when absent. */
  readonly characters?: number
}

/** The cells of some rows by name. */
export interface RowsOf {
  readonly rows: ReadonlyMap<RowId, Row>
}

export interface RowsOfState {
  /** Rows wanted, ascending. */
  readonly wanted: Float64Array
  found: Ranked<{ readonly row: RowId; readonly cells: readonly Cell[] }>
}

/** Evidence shows tens of rows, a detector compares thousands: more is a table, not an answer. */
const bounds = { items: 20_000, weight: 64_000_000 }
const mostCharacters = 100_000

export default statistic<RowsOfOptions, RowsOfState, RowsOf>({
  id: 'rows-of',
  title: 'The cells of named rows',
  roles: ({ roles }) => roles,
  init: ({ rows }) => ({ wanted: distinct(rows), found: emptyRanked() }),
  add(state, batch, { roles, characters = mostCharacters }) {
    if (batch.size === 0) return state
    const columns = roles.map(role => cellsOf(batch, role))
    let k = firstAtLeast(state.wanted, batch.rows[0]!)
    for (let i = 0; i < batch.size && k < state.wanted.length; i++) {
      const row = batch.rows[i]!
      while (k < state.wanted.length && state.wanted[k]! < row) k++
      if (state.wanted[k] !== row) continue
      const cells = columns.map(column => shortened(column[i], characters))
      const weight = cells.reduce<number>((sum, cell) => sum + weightOf(cell), 0)
      putRanked(state.found, row, weight, { row, cells }, bounds)
    }
    return state
  },
  merge(a, b) {
    return { wanted: a.wanted, found: mergeRanked(a.found, b.found, bounds) }
  },
  finish({ found }, { roles }) {
    const { items } = trimRanked(found, bounds)
    return {
      rows: new Map(
        items.map(({ value }) => [
          value.row,
          Object.fromEntries(roles.map((role, r) => [role, value.cells[r] ?? null])),
        ]),
      ),
    }
  },
})

const distinct = (rows: readonly RowId[] | Float64Array): Float64Array => {
  const sorted = Float64Array.from(rows).sort()
  return sorted.filter((row, i) => i === 0 || row !== sorted[i - 1]).slice(0, bounds.items)
}
