import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import rowsOf, { type RowsOfOptions } from './index.ts'

const everyThird = Float64Array.from({ length: 60_000 }, (_, i) => 3 * i)

lawfulStatistic(rowsOf, {
  options: [
    { rows: [0, 3, 4, 17, 40], roles: ['text', 'label'] },
    { rows: everyThird, roles: ['text'], characters: 3 },
  ],
  flood: i => ({ text: `text ${i} ${'x'.repeat(30)}` }),
  floodRows: 60_000,
})

describe('rows-of', () => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ text: `text ${i}`, label: i % 2 }))
  const measured = async (options: RowsOfOptions) => {
    const engine = foldEngine(tableOfRows('t', rows, 7), new Map([['rows-of', rowsOf]]))
    return (await engine.measure({ a: rowsOf.request(options) })).a.rows
  }

  it('fetches exactly the rows asked for, in any order and once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(120)), async asked => {
        const found = await measured({ rows: asked, roles: ['text', 'label'] })
        const expected = [...new Set(asked)].filter(row => row < 100).sort((a, b) => a - b)
        expect([...found.keys()].sort((a, b) => a - b)).toEqual(expected)
        for (const [row, cells] of found) expect(cells).toEqual(rows[row])
      }),
    )
  })

  it('cuts long cells and gives null for a column that is not there', async () => {
    expect(await measured({ rows: [12], roles: ['text', 'actor'], characters: 5 })).toEqual(
      new Map([[12, { text: 'text ', actor: null }]]),
    )
  })
})
