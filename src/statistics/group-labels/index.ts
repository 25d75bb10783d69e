import { cellsOf, hashString, labelOf, statistic, valueKey } from '../../core/index.ts'
import valueSketch, {
  byValueAndLabel,
  estimate,
  groupOf,
  type ValueSketch,
  type ValueSketchOptions,
} from '../value-sketch/index.ts'

export type GroupLabelsOptions = ValueSketchOptions

/** Rows of one group; `counts` has one number a label, then one for all other labels, then one for rows without. */
export interface GroupRows {
  readonly rows: number
  readonly counts: readonly number[]
}

/** Labels by contributor, file or time window. */
export interface GroupLabels {
  /** The most frequent labels. */
  readonly labels: readonly string[]
  /** Groups by falling size, then by name. Their counts are exact. */
  readonly groups: readonly (GroupRows & { readonly value: string })[]
  /** Rows of groups that are too small or too many to be told apart. */
  readonly rest: GroupRows
  /** Rows without a value. */
  readonly none: GroupRows
  readonly total: GroupRows
  /** True when `rest` has rows: there were more groups than are kept. */
  readonly overflow: boolean
}

export interface GroupLabelsState {
  readonly prior: ValueSketch
  readonly index: Map<string, number>
  groups: Map<string, Float64Array>
  /** Groups that hash to this or above are out: the bound for values made to collide in the sketch. */
  limit: number
  none: Float64Array
  total: Float64Array
}

const rankOf = (value: string): number => hashString(value, 0x6eed) >>> 0

function trim(state: GroupLabelsState, most: number): void {
  if (state.groups.size <= most) return
  const ranks = Float64Array.from(state.groups.keys(), rankOf).sort()
  lower(state, ranks[most]!)
}

function lower(state: GroupLabelsState, limit: number): void {
  if (limit >= state.limit) return
  state.limit = limit
  for (const value of state.groups.keys()) if (rankOf(value) >= limit) state.groups.delete(value)
}

function countsOf(state: GroupLabelsState, value: string, most: number): Float64Array | null {
  const seen = state.groups.get(value)
  if (seen) return seen
  if (estimate(state.prior.cells, value) < state.prior.least || rankOf(value) >= state.limit) return null
  const counts = new Float64Array(state.prior.labels.length + 2)
  state.groups.set(value, counts)
  if (state.groups.size > 2 * most) trim(state, most)
  return counts
}

function addTo(a: Float64Array, b: Float64Array): void {
  for (let k = 0; k < a.length; k++) a[k]! += b[k]!
}

const rowsOf = (counts: Float64Array): GroupRows => ({ rows: counts.reduce((s, n) => s + n, 0), counts: [...counts] })

const boundOf = ({ groups = 10_000 }: GroupLabelsOptions): number => 2 * groups

const begin = (_: GroupLabelsOptions, prior: ValueSketch): GroupLabelsState => ({
  prior,
  index: new Map(prior.labels.map((label, k) => [label, k])),
  groups: new Map(),
  limit: 2 ** 32,
  none: new Float64Array(prior.labels.length + 2),
  total: new Float64Array(prior.labels.length + 2),
})

function count(
  state: GroupLabelsState,
  value: string | null,
  label: string | null,
  rows: number,
  options: GroupLabelsOptions,
): void {
  const known = state.prior.labels.length
  const k = label === null ? known + 1 : (state.index.get(label) ?? known)
  const counts = value === null ? state.none : countsOf(state, value, boundOf(options))
  state.total[k]! += rows
  if (counts) counts[k]! += rows
}

/**
 * Counts labels in the frequent groups. A first pass finds which groups are frequent, so that a flood of values that
 * occur once cannot hide the one that occurs often.
 */
export default statistic<GroupLabelsOptions, GroupLabelsState, GroupLabels, ValueSketch>({
  id: 'group-labels',
  title: 'Labels by contributor, file or time window',
  roles: ({ role }) => [role, 'label'],
  prior: options => valueSketch.request(options),
  init: begin,
  add(state, batch, options) {
    const values = cellsOf(batch, options.role)
    const labels = cellsOf(batch, 'label')
    for (let i = 0; i < batch.size; i++) {
      const label = labelOf(labels[i])
      count(state, groupOf(values[i], options), label === null ? null : valueKey(label), 1, options)
    }
    return state
  },
  sql: byValueAndLabel(begin, count),
  merge(a, b, options) {
    lower(a, b.limit)
    for (const [value, counts] of b.groups) {
      const own = countsOf(a, value, boundOf(options))
      if (own) addTo(own, counts)
    }
    trim(a, boundOf(options))
    addTo(a.none, b.none)
    addTo(a.total, b.total)
    return a
  },
  finish(state, options) {
    trim(state, boundOf(options))
    const rest = state.total.map((n, k) => n - state.none[k]!)
    for (const counts of state.groups.values()) for (let k = 0; k < rest.length; k++) rest[k]! -= counts[k]!
    const groups = [...state.groups].map(([value, counts]) => ({ value, ...rowsOf(counts) }))
    groups.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1))
    return {
      labels: state.prior.labels,
      groups,
      rest: rowsOf(rest),
      none: rowsOf(state.none),
      total: rowsOf(state.total),
      overflow: rest.some(n => n > 0),
    }
  },
})
