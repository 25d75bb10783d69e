/** Cosine transform along one side: the mirror symmetry of cosines halves the products. */
function cosines(side: number): Float64Array {
  const table = new Float64Array((side * side) / 2)
  for (let u = 0; u < side; u++)
    for (let x = 0; x < side / 2; x++)
      table[(u * side) / 2 + x] = Math.sqrt((u ? 2 : 1) / side) * Math.cos(((2 * x + 1) * u * Math.PI) / 2 / side)
  return table
}

const tables = new Map<number, Float64Array>()
const scratch = new Map<number, Float64Array>()

/** The two-dimensional cosine transform (type II, orthonormal) of a square; `out[at + v * side + u]`. */
export function transformed(plane: Float64Array, side: number, out: Float64Array, at: number): void {
  let table = tables.get(side)
  if (!table) tables.set(side, (table = cosines(side)))
  let half = scratch.get(side)
  if (!half) scratch.set(side, (half = new Float64Array(side * side)))
  along(plane, 0, side, table, half, 0)
  along(half, 0, side, table, out, at)
}

/** Transforms each line, and writes it as a column: twice makes both directions. */
function along(from: Float64Array, start: number, side: number, table: Float64Array, out: Float64Array, at: number) {
  const mid = side / 2
  const even = new Float64Array(mid)
  const odd = new Float64Array(mid)
  for (let y = 0; y < side; y++) {
    const line = start + y * side
    for (let x = 0; x < mid; x++) {
      even[x] = from[line + x]! + from[line + side - 1 - x]!
      odd[x] = from[line + x]! - from[line + side - 1 - x]!
    }
    for (let u = 0; u < side; u++) {
      const sums = u % 2 === 0 ? even : odd
      let sum = 0
      for (let x = 0, t = u * mid; x < mid; x++, t++) sum += sums[x]! * table[t]!
      out[at + u * side + y] = sum
    }
  }
}
