import { type Batch, type Role, statistic, tokensOf } from '../../core/index.ts'

export interface WordSketchOptions {
  readonly roles: readonly Role[]
}

/** Rows by hashed word, for each role: never fewer than the rows that hold the word. */
export interface WordSketch {
  readonly cells: readonly Uint32Array[]
}

/** Cells of a sketch. With the words of a language (some 100,000) a rare word shares its cell with one other. */
export const sketchWidth = 1 << 16

/** Cell of a word, from the high half of its hash. */
export const cellOfWord = (high: number): number => (high ^ (high >>> 16)) & (sketchWidth - 1)

/** Calls `found` once for every cell that the words of a row fall into. */
export function eachCell(
  batch: Batch,
  role: Role,
  width: number,
  found: (cell: number, row: number, token: number) => void,
): void {
  const tokens = tokensOf(batch, role)
  const last = new Int32Array(width).fill(-1)
  for (let i = 0; i < batch.size; i++) {
    for (let k = tokens.offsets[i]!; k < tokens.offsets[i + 1]!; k++) {
      const cell = cellOfWord(tokens.high[k]!) & (width - 1)
      if (last[cell] === i) continue
      last[cell] = i
      found(cell, i, k)
    }
  }
}

export default statistic<WordSketchOptions, { cells: Uint32Array[] }, WordSketch>({
  id: 'word-sketch',
  title: 'Rows by hashed word',
  roles: ({ roles }) => roles,
  init: ({ roles }) => ({ cells: roles.map(() => new Uint32Array(sketchWidth)) }),
  add(state, batch, { roles }) {
    roles.forEach((role, r) => {
      const cells = state.cells[r]!
      if (batch.columns.has(role)) eachCell(batch, role, sketchWidth, cell => void cells[cell]!++)
    })
    return state
  },
  merge(a, b) {
    a.cells.forEach((cells, r) => {
      const other = b.cells[r]!
      for (let k = 0; k < cells.length; k++) cells[k]! += other[k]!
    })
    return a
  },
  finish: state => state,
})
