import { expect, test } from 'vitest'
import { mix32, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import sharedKeys from './index.ts'
import { add64, emptyKeys, mergeKeys } from './table.ts'

lawfulStatistic(sharedKeys, {
  options: [
    { role: 'text', limit: 5000 },
    { role: 'text', limit: 20 },
  ],
  flood: i => ({ text: `a text that nobody wrote before ${i} ${i * i}` }),
  floodRows: 2000,
  runs: 30,
})

const texts = [
  'one text that is here twice',
  'another text',
  'one text that is here twice',
  'a third one',
  'ONE text THAT is here  twice',
]
const measured = async (said: readonly string[]) =>
  (
    await foldEngine(
      tableOfRows(
        't',
        said.map(text => ({ text })),
      ),
      new Map([['shared-keys', sharedKeys]]),
    ).measure({
      a: sharedKeys.request({ role: 'text', limit: 1000 }),
    })
  ).a

test('copies share all ten keys, whatever their case, and lone texts none', async () => {
  expect((await measured(texts)).keys).toHaveLength(10)
  expect((await measured([texts[1]!, texts[3]!])).keys).toHaveLength(0)
})

test('large tables merge in linear time', () => {
  const [a, b] = [0, 1].map(half => {
    const table = emptyKeys()
    for (let i = 0; i < 300_000; i++) add64(table, mix32(2 * i + half), mix32(~(2 * i + half)) || 1, 0, 1e7)
    return table
  })
  const from = performance.now()
  mergeKeys(a!, b!, 1e7)
  expect(a!.size).toBeGreaterThan(599_000)
  expect(performance.now() - from).toBeLessThan(3000)
})
