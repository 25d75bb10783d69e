import { expect, test } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import sharedKeys from './index.ts'

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
