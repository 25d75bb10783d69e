import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import latestTime from './index.ts'

lawfulStatistic(latestTime, {
  options: [{}],
  rows: fc.record({ time: fc.oneof(fc.integer({ min: 1e9, max: 3e9 }), fc.constantFrom(null, 'soon', '2024-01-31')) }),
  flood: i => ({ time: 1e9 + 3600 * i }),
  floodRows: 20_000,
})

test('says when a table begins and ends', async () => {
  const rows = ['2024-01-31T05:00:00Z', null, '2024-01-01', 'soon'].map(time => ({ time }))
  const engine = foldEngine(tableOfRows('t', rows), new Map([['latest-time', latestTime]]))
  const { a } = await engine.measure({ a: latestTime.request({}) })
  const [first, at] = [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 31, 5)]
  expect(a).toEqual({ at, first, doubted: 0, without: 2 })
})
