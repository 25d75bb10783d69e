import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highKey, lowKey, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import firstSeen from './index.ts'

const keys = Int32Array.from(['a', 'b', 'absent'].flatMap(name => [highKey(name), lowKey(name)]))
const before = 1_500_000_000_000

lawfulStatistic(firstSeen, {
  options: [{ role: 'actor', keys, before }],
  rows: fc.record({
    actor: fc.constantFrom('a', 'b', ' a ', 'c', null),
    time: fc.oneof(fc.integer({ min: 1e9, max: 2e9 }), fc.constant('soon')),
  }),
  flood: i => ({ actor: `account ${i}`, time: 1e9 + i }),
  floodRows: 2000,
})

test('finds the first time of each account and its rows before a moment', async () => {
  const rows = [1.6e9, 1.4e9, 1.2e9, 1.7e9].map((time, i) => ({ actor: i < 3 ? 'a' : 'b', time }))
  const engine = foldEngine(tableOfRows('t', rows), new Map([['first-seen', firstSeen]]))
  const { a } = await engine.measure({ a: firstSeen.request({ role: 'actor', keys, before }) })
  expect([...a.first]).toEqual([1.2e12, 1.7e12, Infinity])
  expect([...a.rows]).toEqual([2, 0, 0])
})
