import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearDuplicatesDefaults, type Row, seeded, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import sharedKeys from '../shared-keys/index.ts'
import nearDuplicates from './index.ts'

const catalogue = new Map([sharedKeys, nearDuplicates].map(s => [s.id, s as never]))

async function clusters(rows: readonly Row[], cut = 4096, options = {}) {
  const engine = foldEngine(tableOfRows('t', rows, cut), catalogue)
  const { found } = await engine.measure({
    found: nearDuplicates.request({ ...nearDuplicatesDefaults, ...options }),
  })
  return found
}

const random = seeded(4)
const prose = (words: number) => Array.from({ length: words }, () => 'w' + Math.floor(random() ** 2 * 5000)).join(' ')
const crowd = Array.from({ length: 600 }, () => ({ text: prose(20 + Math.floor(random() * 20)) }))

/** The text with some of its words replaced. */
const edited = (text: string, words: number): string => {
  const cells = text.split(' ')
  for (let n = 0; n < words; n++) cells[Math.floor(random() * cells.length)] = 'x' + Math.floor(random() * 1e6)
  return cells.join(' ')
}

test('copies and near-copies are found, unrelated texts are not', async () => {
  const original = prose(40)
  const family = Array.from({ length: 9 }, () => ({ text: edited(original, 2) }))
  const rows = [...crowd, ...family, { text: original }, { text: original.toUpperCase() + '  ' }]
  const { clusters: found, complete } = await clusters(rows)
  expect(found).toHaveLength(1)
  expect(found[0]!.rows).toEqual(Array.from({ length: 11 }, (_, k) => 600 + k))
  expect(found[0]!.variants).toBeGreaterThanOrEqual(9)
  expect(found[0]!.similarity).toBeGreaterThan(0.6)
  expect(complete).toBe(true)
})

test('texts without spaces are compared as well', async () => {
  const rows = [
    { text: '这家餐厅的菜非常好吃服务也很周到' },
    { text: '这家餐厅的菜非常好吃，服务很周到' },
    { text: '今天天气不错我们去公园散步吧好不好' },
  ]
  expect((await clusters(rows)).clusters.map(c => c.rows)).toEqual([[0, 1]])
})

const phrase = fc.array(fc.constantFrom('a', 'b', 'c', 'd e', 'f g h'), { maxLength: 8 }).map(words => words.join(' '))

lawfulStatistic(nearDuplicates, {
  options: [nearDuplicatesDefaults, { ...nearDuplicatesDefaults, keys: 100, texts: 12, rows: 30 }].map(o => ({
    ...o,
    keys: Math.min(o.keys, 4000),
    texts: Math.min(o.texts, 400),
    rows: Math.min(o.rows, 400),
  })),
  rows: fc.record({ text: phrase }),
  flood: i => ({ text: `the text with number ${i % 3 === 0 ? i : Math.floor(i / 2)} is here again and again` }),
  floodRows: 4000,
})

test('a flood of other texts keeps the state within its limits and says so', async () => {
  const rows = [...crowd, ...crowd]
  const { clusters: found, complete } = await clusters(rows, 100, { keys: 2000, texts: 100, rows: 200 })
  expect(complete).toBe(false)
  expect(found.reduce((sum, c) => sum + c.rows.length, 0)).toBeLessThanOrEqual(200)
  expect(found.length).toBeGreaterThan(20)
})
