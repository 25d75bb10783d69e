import { describe, expect, it } from 'vitest'
import { type AnyStatistic, type Row, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import valueSketch from '../value-sketch/index.ts'
import groupLabels, { type GroupLabelsOptions } from './index.ts'

lawfulStatistic(groupLabels, {
  options: [
    { role: 'source', groups: 2, labels: 2 },
    { role: 'time', window: 'day' },
  ],
  flood: i => ({ source: `s${i}`, time: `${1000 + (i % 8000)}-01-01`, label: `l${i}` }),
  floodRows: 20_000,
  runs: 20,
})

const catalogue = new Map<string, AnyStatistic>([groupLabels, valueSketch].map(s => [s.id, s]))
const measured = async (rows: readonly Row[], options: GroupLabelsOptions) =>
  (await foldEngine(tableOfRows('t', rows), catalogue).measure({ a: groupLabels.request(options) })).a

describe('group-labels', () => {
  it('counts labels by group; other labels, gaps and rows without a group keep their place', async () => {
    const rows: Row[] = [
      { source: 'a', label: 'x' },
      { source: 'a', label: 'x' },
      { source: 'a', label: 'y' },
      { source: ' a ', label: null },
      { source: 'b', label: 'z' },
      { source: null, label: 'x' },
    ]
    expect(await measured(rows, { role: 'source', labels: 2 })).toEqual({
      labels: ['x', 'y'],
      groups: [
        { value: 'a', rows: 4, counts: [2, 1, 0, 1] },
        { value: 'b', rows: 1, counts: [0, 0, 1, 0] },
      ],
      rest: { rows: 0, counts: [0, 0, 0, 0] },
      none: { rows: 1, counts: [1, 0, 0, 0] },
      total: { rows: 6, counts: [3, 1, 1, 1] },
      overflow: false,
    })
  })

  it('finds the busy sender under a flood of senders that occur once', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => ({
      source: i % 300 === 0 ? 'busy' : `once ${i}`,
      label: i % 300 === 0 ? 'ham' : 'spam',
    }))
    const { groups, rest, total, overflow } = await measured(rows, { role: 'source', groups: 100 })
    expect(groups[0]).toEqual({ value: 'busy', rows: 200, counts: [0, 200, 0, 0] })
    expect(overflow).toBe(true)
    expect(rest.rows + groups.reduce((sum, group) => sum + group.rows, 0)).toBe(total.rows)
    expect(groups.length).toBeLessThanOrEqual(200)
  })

  it('names windows of time by their first moment, in UTC', async () => {
    const times = ['2024-03-03T23:59:59Z', '2024-03-04 00:00', '2024-03-10T23:00:00-02:00', 1709510400, 'soon']
    const rows = times.map(time => ({ time, label: 'x' }))
    const week = await measured(rows, { role: 'time', window: 'week' })
    expect(week.groups.map(({ value, rows }) => [value.slice(0, 10), rows])).toEqual([
      ['2024-03-04', 2],
      ['2024-02-26', 1],
      ['2024-03-11', 1],
    ])
    expect(week.none.rows).toBe(1)
    const hour = await measured(rows, { role: 'time', window: 'hour' })
    expect(hour.groups.map(({ value }) => value)).toContain('2024-03-11T01:00:00.000Z')
  })
})
