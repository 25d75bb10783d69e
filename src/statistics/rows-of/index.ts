import {
  type Cell,
  cellsOf,
  emptyRanked,
  lowestDistinct,
  mergeRanked,
  placesIn,
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
  init: ({ rows }) => ({ wanted: lowestDistinct(rows, bounds.items), found: emptyRanked() }),
  add(state, batch, { roles, characters = mostCharacters }) {
    const columns = roles.map(role => cellsOf(batch, role))
    for (const i of placesIn(batch.rows, state.wanted)) {
      const row = batch.rows[i]!
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
