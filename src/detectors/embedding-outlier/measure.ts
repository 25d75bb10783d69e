import { absurdSize, type Numbers, pieceNumbers } from '../../core/index.ts'

/** Rows that tell where the middle of all is. */
const sampledRows = 4096
/** Sums of the coordinates whose number leaves the same rest: a short sign of a row. */
export const sums = 16

/** What is measured of each row of a matrix that was read. */
export interface RowMeasures {
  /** The rows that were read, rising. */
  readonly rows: Int32Array
  readonly length: Float64Array
  /** Distance from the mean of all rows. */
  readonly away: Float64Array
  /** How far it reaches along the mean direction, less what is usual. */
  readonly along: Float64Array
  /** `sums` numbers a row; in units in which rows without a pattern have 1. */
  readonly signs: Float32Array
  /** The mean of all rows. */
  readonly mean: Float64Array
}

/** Numbers of the rows of a matrix that may be read: all of them, or evenly spaced ones. */
export function rowsWithin(rows: number, bytesPerRow: number, budget: number): Int32Array {
  const read = Math.max(2, Math.min(rows, Math.floor(budget / bytesPerRow)))
  return Int32Array.from({ length: read }, (_, k) => Math.floor((k * rows) / read))
}

/** Reads rows, neighbours together, and hands them out one by one. */
export function eachRow(
  numbers: Numbers,
  columns: number,
  rows: Int32Array,
  take: (data: Float64Array, at: number, nth: number) => void,
): void {
  const together = Math.max(1, Math.floor(pieceNumbers / columns))
  for (let k = 0; k < rows.length; ) {
    let end = k + 1
    while (end < rows.length && end - k < together && rows[end] === rows[end - 1]! + 1) end++
    const data = numbers.read(rows[k]! * columns, (rows[end - 1]! + 1) * columns)
    for (let nth = k; nth < end; nth++) take(data, (nth - k) * columns, nth)
    k = end
  }
}

/** Measures the rows of a matrix in two readings: a sample for the middle, then all. */
export function measured(numbers: Numbers, rows: number, columns: number, budget: number): RowMeasures {
  const mean = middleOf(numbers, rows, columns)
  const read = rowsWithin(rows, columns * numbers.itemBytes, budget)
  const [length, away, along] = [0, 0, 0].map(() => new Float64Array(read.length)) as Trio
  const signs = new Float32Array(read.length * sums)
  const meanLength = Math.sqrt(mean.reduce((sum, x) => sum + x * x, 0)) || 1
  const partial = new Float64Array(sums)
  eachRow(numbers, columns, read, (data, at, nth) => {
    let [square, centred, product] = [0, 0, 0]
    partial.fill(0)
    for (let d = 0; d < columns; d++) {
      const x = data[at + d]!
      const c = x - mean[d]!
      square += x * x
      centred += c * c
      product += x * mean[d]!
      partial[d % sums]! += c
    }
    length[nth] = finite(Math.sqrt(square))
    away[nth] = finite(Math.sqrt(centred))
    along[nth] = finite(product / meanLength)
    const unit = Math.sqrt(sums) / (away[nth] || 1)
    for (let s = 0; s < sums; s++) signs[nth * sums + s] = partial[s]! * unit
  })
  const usual = Float64Array.from(along).sort()[along.length >> 1]!
  for (let k = 0; k < along.length; k++) along[k] = Math.abs(along[k]! - usual)
  return { rows: read, length, away, along, signs, mean }
}

type Trio = [Float64Array, Float64Array, Float64Array]
const finite = (x: number): number => (Number.isFinite(x) ? x : 0)

/** The mean row of a sample. */
function middleOf(numbers: Numbers, rows: number, columns: number): Float64Array {
  const sample = rowsWithin(rows, 1, sampledRows)
  const mean = new Float64Array(columns)
  let taken = 0
  eachRow(numbers, columns, sample, (data, at) => {
    for (let d = 0; d < columns; d++) if (!(Math.abs(data[at + d]!) < absurdSize)) return
    taken++
    for (let d = 0; d < columns; d++) mean[d]! += data[at + d]!
  })
  for (let d = 0; d < columns; d++) mean[d]! /= Math.max(1, taken)
  return mean
}
