import { cellsOf, labelOf, statistic } from '../../core/index.ts'

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
  counts: Map<string, number>
  overflow: boolean
}

/** More distinct labels than this is a free-text column: the state stays bounded and says `overflow`. */
const mostLabels = 100_000

function count(state: LabelCountsState, label: string, rows: number): void {
  const seen = state.counts.get(label)
  if (seen !== undefined) state.counts.set(label, seen + rows)
  else if (state.counts.size < mostLabels) state.counts.set(label, rows)
  else state.overflow = true
}

export default statistic<{ limit: number }, LabelCountsState, LabelCounts>({
  id: 'label-counts',
  title: 'Labels and how often each occurs',
  roles: () => ['label'],
  init: () => ({ rows: 0, missing: 0, counts: new Map(), overflow: false }),
  add(state, batch) {
    const cells = cellsOf(batch, 'label')
    for (let i = 0; i < batch.size; i++) {
      const label = labelOf(cells[i])
      if (label === null) state.missing++
      else {
        state.rows++
        count(state, label, 1)
      }
    }
    return state
  },
  merge(a, b) {
    a.rows += b.rows
    a.missing += b.missing
    a.overflow ||= b.overflow
    for (const [label, rows] of b.counts) count(a, label, rows)
    return a
  },
  finish({ rows, missing, counts, overflow }, { limit }) {
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    const labels = sorted.slice(0, limit).map(([label, n]) => ({ label, rows: n }))
    return { rows, missing, labels, other: rows - labels.reduce((s, l) => s + l.rows, 0), overflow }
  },
})
