import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank, type Row, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import { statistics } from '../index.ts'
import picturesOf, { type PicturesOf } from './index.ts'

const image = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(255)).map(([side, v]) => blank(side, 3, [v, 0, 9])),
  fc.constantFrom('gone.png', null),
)
const many = Array.from({ length: 300 }, (_, i) => i)

describe('pictures-of', () => {
  lawfulStatistic(picturesOf, {
    options: [{ rows: [0, 3, 3, 7] }, { rows: many, side: 4 }],
    rows: fc.record({ image, label: fc.constantFrom('a', null), id: fc.constantFrom('x', 'y') }),
    flood: i => ({ image: blank(2, 2, [i % 256, 0, 0]) }),
    floodRows: 1000,
    runs: 20,
  })
  it('gives the pictures of the rows asked for, small, and asks for no others', async () => {
    const rows: Row[] = Array.from({ length: 20 }, (_, i) => ({
      image: blank(40, 20, [i, 0, 0]),
      label: i % 2,
      id: `p${i}`,
    }))
    const asked: number[] = []
    const plain = tableOfRows('rows', rows)
    const table = tableOfRows('rows', rows, 4, async batch => plain.pictures!(batch))
    const watched: typeof table = {
      ...table,
      pictures: (batch, wanted) => {
        for (const row of batch.rows) if (!wanted || wanted(row)) asked.push(row)
        return table.pictures!(batch)
      },
    }
    const engine = foldEngine(watched, new Map(statistics.map(s => [s.id, s])))
    const { found } = (await engine.measure({ found: picturesOf.request({ rows: [17, 2], side: 10 }) })) as {
      found: PicturesOf
    }
    expect([...found.pictures.keys()].sort((a, b) => a - b)).toEqual([2, 17])
    expect(found.pictures.get(17)).toMatchObject({
      label: '1',
      name: 'p17',
      width: 40,
      raster: { width: 10, height: 5 },
    })
    expect(asked).toEqual([2, 17])
  })
})
