/** `odd[size]`: what the odd outputs of a cosine transform of that size are of the differences of its mirrored inputs. */
function oddTable(size: number): Float64Array {
  const half = size / 2
  const table = new Float64Array(half * half)
  for (let k = 0; k < half; k++)
    for (let x = 0; x < half; x++) table[k * half + x] = Math.cos(((2 * x + 1) * (2 * k + 1) * Math.PI) / (2 * size))
  return table
}

const tables = new Map<number, Float64Array>([32, 16, 8, 4, 2].map(size => [size, oddTable(size)]))
const most = 32
const sums = new Float64Array(2 * most)
const differences = new Float64Array(most / 2)

/**
 * The cosine transform of one line, without its scale. The even outputs of a line are the outputs of the sums of its
 * mirrored inputs, so each halving leaves half of a table to multiply with.
 */
function line(from: Float64Array, start: number, side: number, out: Float64Array, at: number, step: number): void {
  let [source, begin, size, stride] = [from, start, side, step]
  let free = 0
  while (size > 1) {
    const half = size / 2
    const table = tables.get(size)!
    for (let x = 0; x < half; x++) {
      const [one, other] = [source[begin + x]!, source[begin + size - 1 - x]!]
      differences[x] = one - other
      sums[free + x] = one + other
    }
    for (let k = 0, t = 0; k < half; k++) {
      let sum = 0
      for (let x = 0; x < half; x++, t++) sum += differences[x]! * table[t]!
      out[at + (2 * k + 1) * stride] = sum
    }
    source = sums
    begin = free
    free += half
    size = half
    stride *= 2
  }
  out[at] = source[begin]!
}

const scratch = new Float64Array(most * most)

/**
 * The two-dimensional cosine transform (type II, orthonormal) of a square of 32 or 16 points a side;
 * `out[at + v * side + u]`.
 */
export function transformed(plane: Float64Array, side: number, out: Float64Array, at: number): void {
  for (let y = 0; y < side; y++) line(plane, y * side, side, scratch, y, side)
  for (let u = 0; u < side; u++) line(scratch, u * side, side, out, at + u, side)
  const scale = 2 / side
  for (let k = 0; k < side * side; k++) out[at + k]! *= scale
  for (let k = 0; k < side; k++) {
    out[at + k]! *= Math.SQRT1_2
    out[at + k * side]! *= Math.SQRT1_2
  }
}
