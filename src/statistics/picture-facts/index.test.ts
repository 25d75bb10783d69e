import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import { statistics } from '../index.ts'
import pictureFacts from './index.ts'

const cell = fc.oneof(
  fc.nat(3).map(n => blank(n + 1, 2)),
  fc.constantFrom('a.png', 'b/c.jpg', null, ''),
  fc.constant(Uint8Array.of(1, 2, 3)),
)

describe('picture-facts', () => {
  lawfulStatistic(pictureFacts, {
    options: [{}, { places: 2 }],
    rows: fc.record({ image: cell }),
    flood: i => ({ image: `${i}.png` }),
    floodRows: 20_000,
    runs: 30,
  })
  it('counts what was seen and what was not, with names', async () => {
    const table = tableOfRows('rows', [{ image: blank(2, 2) }, { image: 'x.png' }, { image: null }])
    const engine = foldEngine(table, new Map(statistics.map(s => [s.id, s])))
    const { known } = (await engine.measure({ known: pictureFacts.request({}) })) as { known: unknown }
    expect(known).toMatchObject({
      total: 2,
      seen: 1,
      unseen: [{ kind: 'no-decoder', count: 1, rows: [1], places: [{ name: 'x.png' }] }],
      misnamed: { count: 0 },
    })
  })
})
