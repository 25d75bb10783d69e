import {
  addHour,
  cellsOf,
  emptyHours,
  type Hours,
  type Latest,
  latestOf,
  mergeHours,
  statistic,
  timeOf,
} from '../../core/index.ts'

/** When a table begins and ends. */
export interface LatestTime extends Latest {
  /** The earliest moment, null when no row has a time. */
  readonly first: number | null
  /** Rows without a time that can be read. */
  readonly without: number
}

export interface LatestTimeState {
  hours: Hours
  first: number
  without: number
}

/** Finds the last moment of a table that can be believed. */
export default statistic<Readonly<Record<string, never>>, LatestTimeState, LatestTime>({
  id: 'latest-time',
  title: 'The first and last moment',
  roles: () => ['time'],
  init: () => ({ hours: emptyHours(), first: Infinity, without: 0 }),
  add(state, batch) {
    const cells = cellsOf(batch, 'time')
    for (let i = 0; i < batch.size; i++) {
      const time = timeOf(cells[i])
      if (time === null) {
        state.without++
        continue
      }
      addHour(state.hours, time)
      if (time < state.first) state.first = time
    }
    return state
  },
  merge(a, b) {
    return { hours: mergeHours(a.hours, b.hours), first: Math.min(a.first, b.first), without: a.without + b.without }
  },
  finish: ({ hours, first, without }) => ({ ...latestOf(hours), first: first === Infinity ? null : first, without }),
})
