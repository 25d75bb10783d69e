import type { RowsWithOptions } from '../../statistics/index.ts'

interface Gram {
  readonly high: number
  readonly low: number
}

/** Asks for the rows that hold all grams of each list. */
export function questions(
  lists: readonly (readonly Gram[])[],
  bounds: { readonly perQuestion: number; readonly characters: number; readonly deep: boolean },
): RowsWithOptions {
  const all = lists.flat()
  const offsets = new Int32Array(lists.length + 1)
  lists.forEach((list, q) => {
    offsets[q + 1] = offsets[q]! + list.length
  })
  return { high: Int32Array.from(all, g => g.high), low: Int32Array.from(all, g => g.low), offsets, seed: 1, ...bounds }
}
