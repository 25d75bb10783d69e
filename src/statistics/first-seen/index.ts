import {
  cellsOf,
  highKey,
  type KeyIndex,
  keyIndex,
  labelOf,
  lowKey,
  placeOf,
  type Role,
  statistic,
  timeOf,
} from '../../core/index.ts'

export interface FirstSeenOptions {
  readonly role: Role
  /** Halves of the keys of the values asked for (`highKey`, `lowKey`), one after the other. */
  readonly keys: Int32Array
  /** Rows up to this moment are counted. */
  readonly before: number
}

/** Since when a table knows some values, in the order of the keys. */
export interface FirstSeen {
  /** Earliest time of a row, Infinity when no row has the value and a time. */
  readonly first: Float64Array
  /** Rows before the moment asked for. */
  readonly rows: Float64Array
}

export interface FirstSeenState {
  readonly index: KeyIndex
  first: Float64Array
  rows: Float64Array
}

const halves = (keys: Int32Array, from: 0 | 1): Int32Array =>
  Int32Array.from({ length: keys.length / 2 }, (_, k) => keys[2 * k + from]!)

/** Looks up when accounts or other values first come, over all rows. */
export default statistic<FirstSeenOptions, FirstSeenState, FirstSeen>({
  id: 'first-seen',
  title: 'When values first come',
  roles: ({ role }) => [role, 'time'],
  init: ({ keys }) => ({
    index: keyIndex(halves(keys, 0), halves(keys, 1)),
    first: new Float64Array(keys.length / 2).fill(Infinity),
    rows: new Float64Array(keys.length / 2),
  }),
  add(state, batch, { role, before }) {
    const values = cellsOf(batch, role)
    const times = cellsOf(batch, 'time')
    for (let i = 0; i < batch.size; i++) {
      const value = labelOf(values[i])
      if (value === null) continue
      const k = placeOf(state.index, highKey(value), lowKey(value))
      const time = k < 0 ? null : timeOf(times[i])
      if (time === null) continue
      if (time < state.first[k]!) state.first[k] = time
      if (time < before) state.rows[k]!++
    }
    return state
  },
  merge(a, b) {
    for (let k = 0; k < a.first.length; k++) {
      a.first[k] = Math.min(a.first[k]!, b.first[k]!)
      a.rows[k]! += b.rows[k]!
    }
    return a
  },
  finish: ({ first, rows }) => ({ first, rows }),
})
