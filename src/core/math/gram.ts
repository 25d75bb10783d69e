/** Rows whose products are added together, so that each sum is loaded and stored once for all of them. */
const together = 4

/**
 * Adds the products of the numbers of some rows with each other: `sums[a * columns + b]` for b at most a. The order of
 * the additions is that of the rows.
 * @param values `columns` numbers a row
 * @param rows which rows, each as often as it stands there
 */
export function addProducts(
  sums: Float64Array,
  values: Float32Array | Float64Array,
  columns: number,
  rows: ArrayLike<number>,
): void {
  const whole = rows.length - (rows.length % together)
  for (let k = 0; k < whole; k += together) {
    const starts = [rows[k]!, rows[k + 1]!, rows[k + 2]!, rows[k + 3]!].map(row => row * columns)
    addFour(sums, values, columns, starts as [number, number, number, number])
  }
  for (let k = whole; k < rows.length; k++) addOne(sums, values, columns, rows[k]! * columns)
}

function addFour(
  sums: Float64Array,
  values: Float32Array | Float64Array,
  columns: number,
  [p, q, r, s]: readonly [number, number, number, number],
): void {
  for (let a = 0; a < columns; a++) {
    const [v, w, x, y] = [values[p + a]!, values[q + a]!, values[r + a]!, values[s + a]!]
    for (let b = 0, at = a * columns; b <= a; b++, at++) {
      const sum = sums[at]! + v * values[p + b]! + w * values[q + b]!
      sums[at] = sum + x * values[r + b]! + y * values[s + b]!
    }
  }
}

function addOne(sums: Float64Array, values: Float32Array | Float64Array, columns: number, at: number): void {
  for (let a = 0; a < columns; a++) {
    const own = values[at + a]!
    for (let b = 0; b <= a; b++) sums[a * columns + b]! += own * values[at + b]!
  }
}
