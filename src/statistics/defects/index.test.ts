import { describe, expect, it } from 'vitest'
import { type Batch, type Defect, rowId, seeded, shuffled } from '../../core/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import defects from './index.ts'

lawfulStatistic(defects, { options: [{}], flood: i => ({ text: `text ${i}` }), floodRows: 1000, runs: 10 })

const batchOf = (index: number, found: readonly Defect[]): Batch => ({
  index,
  size: 2,
  rows: Float64Array.of(rowId(0, 2 * index), rowId(0, 2 * index + 1)),
  columns: new Map(),
  defects: found,
})
const defect = (record: number, kind: string, lost: boolean): Defect => ({
  row: rowId(0, record),
  kind,
  lost,
  line: record + 1,
  message: `line ${record + 1}`,
})

describe('defects', () => {
  const batches = Array.from({ length: 500 }, (_, i) =>
    batchOf(i, [defect(2 * i, 'bad-json', i % 10 === 3), ...(i % 3 ? [] : [defect(2 * i + 1, 'nul-byte', false)])]),
  )
  const options = { places: 4 }
  const fold = (some: readonly Batch[]) =>
    some.reduce((s, b) => defects.add(s, b, options), defects.init(options, undefined))

  it('counts by kind and keeps the first places, lost records before repaired ones', () => {
    const { rows, lost, kinds } = defects.finish(fold(batches), options)
    expect([rows, lost]).toEqual([1000, 50])
    expect(kinds.map(({ kind, count, lost }) => ({ kind, count, lost }))).toEqual([
      { kind: 'bad-json', count: 500, lost: 50 },
      { kind: 'nul-byte', count: 167, lost: 0 },
    ])
    expect(kinds[0]!.places.map(p => p.line)).toEqual([7, 27, 47, 67])
    expect(kinds[1]!.places.map(p => p.line)).toEqual([2, 8, 14, 20])
  })

  it('does not depend on who found what', () => {
    const expected = defects.finish(fold(batches), options)
    for (const seed of [1, 2, 3]) {
      const order = [...shuffled(batches.length, seeded(seed))].map(i => batches[i]!)
      const merged = defects.merge(fold(order.slice(0, 123)), fold(order.slice(123)), options)
      expect(defects.finish(merged, options)).toEqual(expected)
    }
  })

  it('stays small however many defects there are', () => {
    const state = fold(Array.from({ length: 3000 }, (_, i) => batchOf(i, [defect(2 * i, 'bad-json', true)])))
    expect(state.kinds.get('bad-json')!.places.length).toBeLessThanOrEqual(2 * 4 + 16)
  })
})
