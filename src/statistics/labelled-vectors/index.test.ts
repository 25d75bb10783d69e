import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import labelledVectors from './index.ts'

lawfulStatistic(labelledVectors, {
  options: [{ most: 2000 }, { most: 9 }],
  rows: fc.record({
    label: fc.constantFrom('a', 'b', null),
    vector: fc.oneof(fc.array(fc.integer(), { maxLength: 4 }), fc.constantFrom(null, 'no vector', '[1, 2]', '3 4')),
  }),
  flood: i => ({ label: `label ${i % 7}`, vector: [i, i + 1, i % 5] }),
  floodRows: 3000,
})

describe('labelled-vectors', () => {
  it('keeps vectors of the commonest length, as lists or as text, and counts the others', async () => {
    const vectors = [[1, 2], '[3, 4]', '5 6', [7], [Number.NaN, 1], 'none', null]
    const table = tableOfRows(
      't',
      vectors.map(vector => ({ label: 'x', vector })),
    )
    const engine = foldEngine(table, new Map([['labelled-vectors', labelledVectors]]))
    const { a } = await engine.measure({ a: labelledVectors.request({}) })
    expect([a.columns, a.total, a.odd, [...a.values]]).toEqual([2, 4, 3, [1, 2, 3, 4, 5, 6]])
    expect(a.labels).toEqual(['x'])
  })
})
