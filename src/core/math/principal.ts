import { seeded } from '../random.ts'
import { addProducts } from './gram.ts'

/** Rows that the directions are learnt from. */
const mostRows = 4000
const rounds = 12

/**
 * The directions in which rows vary most, largest first, by iteration of a subspace (Halko, Martinsson and Tropp 2011).
 * @param values `columns` numbers a row, with means near 0
 * @returns `count` unit vectors of `columns` numbers, one after another
 */
function principalAxes(values: Float32Array, columns: number, count: number): Float64Array {
  const width = Math.min(count, columns)
  const spread = spreadOf(values, columns)
  const random = seeded(columns)
  let basis = Float64Array.from({ length: width * columns }, () => random() - 0.5)
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(basis.length)
    for (let j = 0; j < width; j++) multiply(spread, basis, j * columns, next, columns)
    orthonormal(next, columns)
    basis = next
  }
  return basis
}

/** One vector times the spread. */
function multiply(spread: Float64Array, basis: Float64Array, at: number, out: Float64Array, columns: number): void {
  for (let a = 0; a < columns; a++) {
    let sum = 0
    for (let b = 0; b < columns; b++) sum += spread[a * columns + b]! * basis[at + b]!
    out[at + a] = sum
  }
}

function spreadOf(values: Float32Array, columns: number): Float64Array {
  const rows = values.length / columns
  const used = Math.min(rows, mostRows)
  const spread = new Float64Array(columns * columns)
  const taken = Int32Array.from({ length: used }, (_, k) => Math.floor((k * rows) / used))
  addProducts(spread, values, columns, taken)
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) spread[b * columns + a] = spread[a * columns + b]!
  return spread
}

/** Gram and Schmidt; directions that vanish become zero. */
function orthonormal(basis: Float64Array, columns: number): void {
  for (let j = 0; j < basis.length; j += columns) {
    for (let i = 0; i < j; i += columns) {
      let dot = 0
      for (let k = 0; k < columns; k++) dot += basis[i + k]! * basis[j + k]!
      for (let k = 0; k < columns; k++) basis[j + k]! -= dot * basis[i + k]!
    }
    let square = 0
    for (let k = 0; k < columns; k++) square += basis[j + k]! ** 2
    const scale = square > 1e-12 ? 1 / Math.sqrt(square) : 0
    for (let k = 0; k < columns; k++) basis[j + k]! *= scale
  }
}

/** Rows in the coordinates of the directions in which they vary most, largest first. */
export interface LeadingRows {
  /** `columns` numbers a row. */
  readonly values: Float32Array
  readonly columns: number
}

/** Turns rows into the coordinates of at most `count` directions. */
export function leadingRows(values: Float32Array, columns: number, count: number): LeadingRows {
  const axes = principalAxes(values, columns, count)
  return { values: projected(values, columns, axes), columns: axes.length / columns }
}

/** Rows in the coordinates of some directions. */
function projected(values: Float32Array, columns: number, axes: Float64Array): Float32Array {
  const rows = values.length / columns
  const width = axes.length / columns
  const out = new Float32Array(rows * width)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < width; j++) {
      let sum = 0
      for (let k = 0, a = j * columns, x = i * columns; k < columns; k++) sum += axes[a + k]! * values[x + k]!
      out[i * width + j] = sum
    }
  return out
}
