import {
  type BoundedCounts,
  type Cell,
  cellsOf,
  countValue,
  emptyCounts,
  hashString,
  labelOf,
  mergeCounts,
  type Role,
  sortedCounts,
  statistic,
  timeOf,
  trimCounts,
  valueKey,
} from '../../core/index.ts'
import { byValueAndLabel } from './sql.ts'

export interface ValueSketchOptions {
  readonly role: Role
  /** Rows are grouped by the hour, day or week of a time instead of by the value itself. */
  readonly window?: 'hour' | 'day' | 'week'
  /** Most groups to be counted exactly; 10,000 when absent. */
  readonly groups?: number
  /** Most labels told apart; 64 when absent. */
  readonly labels?: number
}

/** Which values are frequent enough to be counted one by one, and the most frequent labels. */
export interface ValueSketch {
  /** Two hashed histograms of the values, one after the other (a count-min sketch: never below the true count). */
  readonly cells: Uint32Array
  /** Values whose estimate is at least this are worth counting. */
  readonly least: number
  /** The most frequent labels, by falling count. */
  readonly labels: readonly string[]
}

export interface ValueSketchState {
  cells: Uint32Array
  labels: BoundedCounts
}

const width = 1 << 18
const mostLabels = 20_000
const spans = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 }

/** The group of a cell, null when it has none. Windows are named by their first moment. */
export function groupOf(cell: Cell | undefined, { window }: ValueSketchOptions): string | null {
  if (!window) {
    const value = labelOf(cell)
    return value === null ? null : valueKey(value)
  }
  const ms = timeOf(cell)
  // 1970 began on a Thursday; weeks begin on Monday.
  const shift = window === 'week' ? 3 * spans.day : 0
  return ms === null ? null : new Date(Math.floor((ms + shift) / spans[window]) * spans[window] - shift).toISOString()
}

/** Rows that have the value, or more when others share its cells. */
export function estimate(cells: Uint32Array, value: string): number {
  const [first, second] = cellsOfValue(value)
  return Math.min(cells[first]!, cells[second]!)
}

const cellsOfValue = (value: string): [number, number] => [
  hashString(value, 0x1a) >>> 14,
  width + (hashString(value, 0x2b) >>> 14),
]

const begin = (): ValueSketchState => ({ cells: new Uint32Array(2 * width), labels: emptyCounts() })

function count({ cells, labels }: ValueSketchState, value: string | null, label: string | null, rows: number): void {
  if (label !== null) countValue(labels, label, rows, mostLabels)
  if (value === null) return
  const [first, second] = cellsOfValue(value)
  cells[first]! += rows
  cells[second]! += rows
}

export { byValueAndLabel } from './sql.ts'

export default statistic<ValueSketchOptions, ValueSketchState, ValueSketch>({
  id: 'value-sketch',
  title: 'Which values of a column are frequent',
  roles: ({ role }) => [role, 'label'],
  init: begin,
  add(state, batch, options) {
    const values = cellsOf(batch, options.role)
    const labels = cellsOf(batch, 'label')
    for (let i = 0; i < batch.size; i++) {
      const label = labelOf(labels[i])
      count(state, groupOf(values[i], options), label === null ? null : valueKey(label), 1)
    }
    return state
  },
  sql: byValueAndLabel(begin, count),
  merge(a, b) {
    for (let k = 0; k < a.cells.length; k++) a.cells[k]! += b.cells[k]!
    a.labels = mergeCounts(a.labels, b.labels, mostLabels)
    return a
  },
  finish({ cells, labels }, { groups = 10_000, labels: most = 64 }) {
    const sorted = cells.slice(0, width).sort()
    // The smallest count that no more than `groups` cells exceed; ties at the edge are all left out.
    const least = Math.max(1, sorted[width - groups - 1]! + 1)
    const names = sortedCounts(trimCounts(labels, mostLabels)).slice(0, most)
    return { cells, least, labels: names.map(([label]) => label) }
  },
})
