import {
  type Cell,
  cellsOf,
  emptyRanked,
  hashRow,
  mergeRanked,
  putRanked,
  type Ranked,
  type RankedBounds,
  type Role,
  type RowId,
  shortened,
  statistic,
  trimRanked,
  weightOf,
} from '../../core/index.ts'

export interface RowSampleOptions {
  readonly roles: readonly Role[]
  /** Most rows. */
  readonly limit: number
  readonly seed: number
  /** Most characters of all cells together; 256 million when absent. */
  readonly bytes?: number
}

/** Rows drawn without regard to what is in them. */
export interface RowSample {
  /** Ids, ascending. */
  readonly rows: Float64Array
  /** Cells by role, in the order of `rows`. */
  readonly cells: ReadonlyMap<Role, readonly Cell[]>
  /** True when the sample is the whole table. */
  readonly complete: boolean
  /** Rows of the table. */
  readonly total: number
}

export interface RowSampleState {
  sample: Ranked<{ readonly row: RowId; readonly cells: readonly Cell[] }>
  total: number
}

const mostCharacters = 1_000_000
const boundsOf = ({ limit, bytes = 256_000_000 }: RowSampleOptions): RankedBounds => ({ items: limit, weight: bytes })

/** The rows with the smallest hashes: the same ones however the table is cut. */
export default statistic<RowSampleOptions, RowSampleState, RowSample>({
  id: 'row-sample',
  title: 'Rows drawn by the hash of their place',
  roles: ({ roles }) => roles,
  init: () => ({ sample: emptyRanked(), total: 0 }),
  add(state, batch, options) {
    const bounds = boundsOf(options)
    const columns = options.roles.map(role => cellsOf(batch, role))
    state.total += batch.size
    for (let i = 0; i < batch.size; i++) {
      const row = batch.rows[i]!
      const rank = hashRow(row, options.seed) >>> 0
      if (rank >= state.sample.limit) continue
      const cells = columns.map(column => shortened(column[i], mostCharacters))
      const weight = cells.reduce<number>((sum, cell) => sum + weightOf(cell), 0)
      putRanked(state.sample, rank, weight, { row, cells }, bounds)
    }
    return state
  },
  merge(a, b, options) {
    return { sample: mergeRanked(a.sample, b.sample, boundsOf(options)), total: a.total + b.total }
  },
  finish({ sample, total }, options) {
    const kept = trimRanked(sample, boundsOf(options)).items.map(item => item.value)
    kept.sort((a, b) => a.row - b.row)
    return {
      rows: Float64Array.from(kept, k => k.row),
      cells: new Map(options.roles.map((role, r) => [role, kept.map(k => k.cells[r] ?? null)])),
      complete: kept.length === total,
      total,
    }
  },
})
