import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Row, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import ratings, { type Ratings } from './index.ts'

const name = fc.constantFrom('a', 'b', 'c', '', null)
lawfulStatistic(ratings, {
  options: [
    { limit: 20, gold: 'gold' },
    { limit: 1000, gold: 'a' },
  ],
  rows: fc.record({
    rater: name,
    item: name,
    label: fc.oneof(name, fc.integer({ min: 1, max: 5 })),
    source: name,
    chosen: name,
    rejected: name,
    ratings: fc.oneof(fc.constant(null), fc.jsonValue({ maxDepth: 6 })),
  }) as fc.Arbitrary<Row>,
  flood: i => ({ rater: `r${i}`, item: `${i}`, label: i % 3 }),
  floodRows: 5000,
})

const read = async (rows: readonly Row[]): Promise<Ratings> =>
  (
    await foldEngine(tableOfRows('t', rows), new Map([['ratings', ratings]])).measure({
      a: ratings.request({ limit: 1000, gold: 'gold' }),
    })
  ).a

const told = ({ raters, values, rater, item, value }: Ratings) =>
  Array.from(rater, (r, k) => `${raters[r]} ${item[k]} ${values[value[k]!]}`)

describe('ratings', () => {
  it('reads long tables, with the rated thing named or made from its texts', async () => {
    const long = await read([
      { rater: 'ann', item: 'x', label: 4 },
      { rater: 'bob', item: 'x', label: '4' },
      { rater: 'bob', item: 'y', label: 1, split: 'gold' },
      { rater: null, item: 'y', label: 1 },
    ])
    expect(told(long)).toEqual(['ann 0 4', 'bob 0 4', 'bob 1 1'])
    expect([...long.gold]).toEqual([0, 0, 1])
    const thumbs = await read([
      { actor: 'ann', prompt: 'p', response: 'q', label: true },
      { actor: 'bob', prompt: 'p', response: 'q', label: false },
      { actor: 'bob', prompt: 'p', response: 'r', label: false },
    ])
    expect(told(thumbs)).toEqual(['ann 0 true', 'bob 0 false', 'bob 1 false'])
  })

  it('tells which of two answers won, in whatever order they stand', async () => {
    const pairs = await read([
      { rater: 'ann', prompt: 'p', chosen: 'good', rejected: 'bad' },
      { rater: 'bob', prompt: 'p', chosen: 'bad', rejected: 'good' },
      { rater: 'cid', prompt: 'p', chosen: 'good', rejected: 'bad' },
    ])
    expect(told(pairs)).toEqual(['ann 0 second', 'bob 0 first', 'cid 0 second'])
  })

  it('reads scores by rater in one cell, however they are nested', async () => {
    const wide = await read([
      { item: 'x', ratings: { ann: 4, bob: 5, cid: null } },
      { item: 'y', ratings: { ann: { value: 2, timestamp: 1_700_000_000 } } },
      { item: 'z', ratings: [{ annotator: 'ann', score: 3 }, 7] },
      { item: 'w', ratings: { fluent: { ann: { value: 1 } }, true: { ann: { value: 0 } } } },
    ])
    expect(told(wide)).toEqual(['ann 0 4', 'bob 0 5', 'ann 1 2', 'ann 2 3', '2 2 7', 'ann 3 1', 'ann 4 0'])
    expect(wide.time[2]).toBe(1_700_000_000_000)
    expect(wide.kinds).toEqual(['', 'fluent', 'true'])
  })
})
