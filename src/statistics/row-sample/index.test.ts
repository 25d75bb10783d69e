import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import rowSample, { type RowSampleOptions } from './index.ts'

lawfulStatistic(rowSample, {
  options: [
    { roles: ['text', 'label'], limit: 10, seed: 1 },
    { roles: ['text'], limit: 1000, seed: 2, bytes: 60 },
  ],
  flood: i => ({ text: `text ${i}`, label: 'x'.repeat(i % 50) }),
  floodRows: 5000,
})

describe('row-sample', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ text: `text ${i}`, label: i < 2000 ? 'first' : 'other' }))
  const measured = async (options: RowSampleOptions) =>
    (
      await foldEngine(tableOfRows('t', rows), new Map([['row-sample', rowSample]])).measure({
        a: rowSample.request(options),
      })
    ).a

  it('draws without regard to place: every tenth of the table has its share', async () => {
    const { rows: ids, total, complete } = await measured({ roles: [], limit: 2000, seed: 5 })
    expect([ids.length, total, complete]).toEqual([2000, 20_000, false])
    const tenths = new Array(10).fill(0)
    for (const id of ids) tenths[Math.floor(id / 2000)]++
    // 200 expected, standard deviation 13: five of them.
    for (const n of tenths) expect(Math.abs(n - 200)).toBeLessThan(67)
    expect([...ids]).toEqual([...ids].sort((a, b) => a - b))
  })

  it('gives each row its own cells, another sample for another seed, and all rows when they fit', async () => {
    const one = await measured({ roles: ['text'], limit: 50, seed: 1 })
    expect(one.cells.get('text')).toEqual([...one.rows].map(id => `text ${id}`))
    expect([...(await measured({ roles: [], limit: 50, seed: 2 })).rows]).not.toEqual([...one.rows])
    expect((await measured({ roles: [], limit: 20_000, seed: 1 })).complete).toBe(true)
  })
})
