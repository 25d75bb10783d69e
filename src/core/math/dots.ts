import { dotRoutine } from './dot-wasm.ts'
import { bound, type Kernel } from './wasm.ts'

/** Rows of 8-bit numbers, `columns` to a row. */
export interface ByteRows {
  readonly columns: number
  readonly cells: Int8Array
}

/** Takes the dot products of row `one` with the rows `first`, `first + 1`, … of a chosen few. */
export type TakeDots = (one: number, first: number, dots: Int32Array) => void

/** Rows that are compared with all others while they stay in the processor's cache. */
const tile = 48
/**
 * Dot products between chosen rows, each pair once or twice: for every tile of rows, of each row up to the tile's end
 * with the rows of the tile. Sums of products of 8-bit numbers, exact for up to 100,000 columns.
 * @param plain without the kernel: the same answers, ten times slower
 */
export function eachDot(rows: ByteRows, chosen: Int32Array, take: TakeDots, plain = false): void {
  const { columns, dots, out } = loaded(rows, chosen, tile, plain)
  for (let first = 0; first < chosen.length; first += tile) {
    const count = Math.min(tile, chosen.length - first)
    for (let one = 0; one < first + count; one++) {
      dots(one * columns * 2, first * columns * 2, Math.ceil(count / 4) * 4, columns * 2, out.byteOffset)
      take(one, first, out.subarray(0, count))
    }
  }
}

/** Largest weight of a template in whole numbers: sums stay exact for up to 8,000 columns. */
const largestWeight = 2047

/**
 * Dot products of chosen rows with weights, many times over: the rows are laid out once. Weights are rounded to a 2047th
 * of the largest; the answers are in units of the weights.
 */
export function dotScorer(rows: ByteRows, chosen: Int32Array, plain = false): (weights: Float64Array) => Float64Array {
  const { columns, dots, out, wide } = loaded(rows, chosen, chosen.length + 4, plain)
  const spare = Math.ceil(chosen.length / 4) * 4
  return weights => {
    let largest = 0
    for (let k = 0; k < weights.length; k++) largest = Math.max(largest, Math.abs(weights[k]!))
    const unit = (largest || 1) / largestWeight
    for (let k = 0; k < rows.columns; k++) wide[spare * columns + k] = Math.round(weights[k]! / unit)
    dots(spare * columns * 2, 0, spare, columns * 2, out.byteOffset)
    const scores = new Float64Array(chosen.length)
    for (let k = 0; k < scores.length; k++) scores[k] = out[k]! * unit
    return scores
  }
}

/** Chosen rows in 16 bits, with four rows to spare and room for answers, where the kernel can reach them. */
function loaded(rows: ByteRows, chosen: Int32Array, answers: number, plain: boolean) {
  const columns = Math.ceil(rows.columns / 8) * 8
  const padded = Math.ceil(chosen.length / 4) * 4 + 4
  const { memory, run } = bound(dotRoutine, padded * columns * 2 + answers * 4)
  const wide = new Int16Array(memory, 0, padded * columns)
  chosen.forEach((row, k) => {
    wide.set(rows.cells.subarray(row * rows.columns, (row + 1) * rows.columns), k * columns)
  })
  const out = new Int32Array(memory, padded * columns * 2, answers)
  const dots = run && !plain ? run : plainKernel(wide, out)
  return { columns, wide, out, dots }
}

function plainKernel(wide: Int16Array, out: Int32Array): Kernel {
  return (one = 0, many = 0, rows = 0, bytes = 0) => {
    for (let r = 0; r < rows; r++) {
      const [a, b] = [one / 2, (many + r * bytes) / 2]
      let sum = 0
      for (let k = 0; k < bytes / 2; k++) sum += wide[a + k]! * wide[b + k]!
      out[r] = sum
    }
  }
}
