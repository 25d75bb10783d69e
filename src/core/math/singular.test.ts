import { describe, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { type RowSource, singularValues } from './singular.ts'

const matrixOf = (rows: readonly (readonly number[])[]): RowSource => ({
  rows: rows.length,
  columns: rows[0]!.length,
  each(take) {
    for (const [nth, row] of rows.entries()) take(Float64Array.from(row), nth)
  },
})

describe('singularValues', () => {
  it('finds those of a diagonal matrix, largest first', () => {
    const diagonal = [7, 2, 5, 1, 0].map((value, k) => Array.from({ length: 5 }, (_, j) => (j === k ? value : 0)))
    const found = singularValues(matrixOf(diagonal), 3, 20)
    for (const [k, value] of [7, 5, 2].entries()) expect(found[k]).toBeCloseTo(value, 6)
  })

  it('tells the rank of a product of two vectors', () => {
    const random = seeded(1)
    const [left, right] = [40, 30].map(n => Array.from({ length: n }, () => random() - 0.5)) as [number[], number[]]
    const product = left.map(x => right.map(y => x * y))
    const [first, second] = singularValues(matrixOf(product), 4, 2)
    expect(first).toBeCloseTo(Math.hypot(...left) * Math.hypot(...right), 8)
    expect(second).toBeLessThan(1e-8)
  })

  it('gives as many as there are, and zeros for nothing', () => {
    expect(singularValues(matrixOf([[3, 4]]), 5, 2)[0]).toBeCloseTo(5, 8)
    expect(
      singularValues(
        matrixOf([
          [0, 0],
          [0, 0],
        ]),
        2,
        2,
      ),
    ).toEqual([0, 0])
  })
})
