import {
  type BoundedCounts,
  cellsOf,
  countValue,
  emptyCounts,
  labelOf,
  mergeCounts,
  overflows,
  sortedCounts,
  statistic,
  trimCounts,
  valueKey,
} from '../../core/index.ts'
import { labelCountsSql } from './sql.ts'

/** Labels and how often each occurs. */
export interface LabelCounts {
  /** Labelled rows. */
  readonly rows: number
  /** Rows without a label. */
  readonly missing: number
  /** By falling count, then by name; at most `limit`. */
  readonly labels: readonly { readonly label: string; readonly rows: number }[]
  /** Rows whose label is beyond the limit. */
  readonly other: number
  /** True when there were more distinct labels than could be told apart. */
  readonly overflow: boolean
}

export interface LabelCountsState {
  rows: number
  missing: number
  counts: BoundedCounts
}

/** More distinct labels than this is a free-text column: the state stays bounded and says `overflow`. */
const mostLabels = 100_000

export default statistic<{ limit: number }, LabelCountsState, LabelCounts>({
  id: 'label-counts',
  title: 'Labels and how often each occurs',
  roles: () => ['label'],
  init: () => ({ rows: 0, missing: 0, counts: emptyCounts() }),
  add(state, batch) {
    const cells = cellsOf(batch, 'label')
    for (let i = 0; i < batch.size; i++) {
      const label = labelOf(cells[i])
      if (label === null) state.missing++
      else {
        state.rows++
        countValue(state.counts, valueKey(label), 1, mostLabels)
      }
    }
    return state
  },
  merge(a, b) {
    return {
      rows: a.rows + b.rows,
      missing: a.missing + b.missing,
      counts: mergeCounts(a.counts, b.counts, mostLabels),
    }
  },
  finish({ rows, missing, counts }, { limit }) {
    const sorted = sortedCounts(trimCounts(counts, mostLabels))
    const labels = sorted.slice(0, limit).map(([label, n]) => ({ label, rows: n }))
    return { rows, missing, labels, other: rows - labels.reduce((s, l) => s + l.rows, 0), overflow: overflows(counts) }
  },
  sql: labelCountsSql(mostLabels),
})
