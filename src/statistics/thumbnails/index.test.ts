import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank, type Row, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import { statistics } from '../index.ts'
import thumbnails, { type Thumbnails } from './index.ts'

const image = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(255)).map(([side, v]) => blank(side, 3, [v, 0, 9])),
  fc.constantFrom('gone.png', null),
)

describe('thumbnails', () => {
  lawfulStatistic(thumbnails, {
    options: [
      { side: 2, most: 500 },
      { side: 4, most: 8 },
    ],
    rows: fc.record({ image, label: fc.constantFrom('a', 'b', null) }),
    flood: i => ({ image: blank(2, 2, [i % 256, 0, 0]), label: `l${i}` }),
    floodRows: 4_000,
    runs: 20,
  })
  it('keeps pictures in the order of rows, with labels by frequency', async () => {
    const rows: Row[] = [
      { image: blank(8, 8, [1, 2, 3]), label: 'b' },
      { image: 'gone.png', label: 'a' },
      { image: blank(6, 4, [9, 9, 9]), label: 'a' },
      { image: blank(4, 4, [5, 5, 5]), label: 'a' },
    ]
    const engine = foldEngine(tableOfRows('rows', rows), new Map(statistics.map(s => [s.id, s])))
    const { seen } = (await engine.measure({ seen: thumbnails.request({ side: 2 }) })) as { seen: Thumbnails }
    expect([seen.total, seen.unseen, [...seen.rows], seen.labels, [...seen.label]]).toEqual([
      3,
      1,
      [0, 2, 3],
      ['a', 'b'],
      [1, 0, 0],
    ])
    expect([...seen.pixels.subarray(0, 3), ...seen.sizes]).toEqual([1, 2, 3, 8, 8, 6, 4, 4, 4])
  })
})
