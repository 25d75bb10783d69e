import { expect, it } from 'vitest'
import { repeatedRows } from './repeated.ts'

it('marks a row as repeated when an earlier one has the same words and the same label', () => {
  const rows: readonly (readonly [words: readonly number[], label: number])[] = [
    [[7, 8], 0],
    [[8, 7], 0],
    [[7, 8], 1],
    [[7, 8], 0],
    [[], 0],
    [[], 0],
    [[7], 0],
    [[0, 7], 0],
    [[7, 8], 0],
  ]
  const offsets = new Float64Array(rows.length + 1)
  rows.forEach(([words], i) => {
    offsets[i + 1] = offsets[i]! + words.length
  })
  const words = Int32Array.from(rows.flatMap(row => row[0]))
  const labels = Int32Array.from(rows, row => row[1])
  expect([...repeatedRows(offsets, { high: words, stem: words }, labels)]).toEqual([0, 0, 0, 1, 0, 1, 0, 0, 1])
})
