import type { ByteRows } from '../../core/index.ts'
import type { View } from './views.ts'

/** Every picture as whole numbers between -127 and 127 in units of the corpus's own spread, and their lengths. */
export interface Standard extends ByteRows {
  readonly rows: number
  readonly lengths: Float64Array
}

/** Pictures that tell middle and spread of each number. */
const sampled = 600
/** Spread of a normal crowd in units of its median deviation. */
const normal = 1.4826

/**
 * Brings the numbers of a view to one scale: less the corpus's median and over its median deviation, number by number,
 * clipped. The cosine transform leaves natural pictures nearly uncorrelated, so this is close to full whitening.
 */
export function standardised(pixels: Uint8Array, each: number, view: View, columns: number): Standard {
  const rows = pixels.length / each
  const [middle, spread] = crowd(pixels, each, view, columns)
  const cells = new Int8Array(rows * columns)
  const lengths = new Float64Array(rows)
  const numbers = new Float64Array(columns)
  const scale = spread.map(value => 127 / view.clip / value)
  for (let row = 0; row < rows; row++) {
    view.write(pixels, row * each, numbers)
    let square = 0
    for (let k = 0; k < columns; k++) {
      const value = (numbers[k]! - middle[k]!) * scale[k]!
      const cell = value >= 127 ? 127 : value <= -127 ? -127 : Math.floor(value + 0.5)
      cells[row * columns + k] = cell
      square += cell * cell
    }
    lengths[row] = Math.sqrt(square) || 1
  }
  return { rows, columns, cells, lengths }
}

/** Median and spread of each number over an even sample. */
function crowd(pixels: Uint8Array, each: number, view: View, columns: number): [Float64Array, Float64Array] {
  const rows = pixels.length / each
  const count = Math.min(rows, sampled)
  const table = new Float32Array(count * columns)
  const numbers = new Float64Array(columns)
  for (let i = 0; i < count; i++) {
    view.write(pixels, Math.floor((i * rows) / count) * each, numbers)
    for (let k = 0; k < columns; k++) table[k * count + i] = numbers[k]!
  }
  const middle = new Float64Array(columns)
  const spread = new Float64Array(columns)
  for (let k = 0; k < columns; k++) {
    const column = table.subarray(k * count, (k + 1) * count).sort()
    const median = column[count >> 1]!
    for (let i = 0; i < count; i++) column[i] = Math.abs(column[i]! - median)
    middle[k] = median
    spread[k] = Math.max(view.least, normal * column.sort()[count >> 1]!)
  }
  return [middle, spread]
}
