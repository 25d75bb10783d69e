/** Side of the squares that are judged, in pixels. */
export const side = 32
/** Pixels of a square. */
export const area = side * side

/** `basis[u * side + x]`: the orthonormal cosines (DCT-II). */
const basis = Float64Array.from({ length: area }, (_, k) => {
  const [u, x] = [Math.floor(k / side), k % side]
  return Math.sqrt((u === 0 ? 1 : 2) / side) * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * side))
})
const half = side / 2
const between = new Float64Array(area)
const line = new Float64Array(side)

/** Writes the cosine transform of a square to `out` at `to`. The same code goes both ways along rows and columns. */
export function cosines(square: Float64Array, out: Float64Array): void {
  for (let y = 0; y < side; y++) transformLine(square, y * side, 1, between, y, side)
  for (let u = 0; u < side; u++) transformLine(between, u * side, 1, out, u, side)
}

/** One line; sums of mirrored samples feed even cosines and differences odd ones, which halves the work. */
function transformLine(from: Float64Array, at: number, step: number, out: Float64Array, to: number, by: number): void {
  for (let x = 0; x < half; x++) {
    const [a, b] = [from[at + x * step]!, from[at + (side - 1 - x) * step]!]
    line[x] = a + b
    line[half + x] = a - b
  }
  for (let u = 0; u < side; u++) {
    const odd = (u & 1) * half
    let sum = 0
    for (let x = 0; x < half; x++) sum += line[odd + x]! * basis[u * side + x]!
    out[to + u * by] = sum
  }
}

/** The cosine transform of one line. */
export function lineTransform(values: Float64Array): Float64Array {
  const out = new Float64Array(side)
  transformLine(values, 0, 1, out, 0, 1)
  return out
}

/** The square that has these cosines. */
export function fromCosines(coefficients: Float64Array, out: Float64Array): void {
  for (let v = 0; v < side; v++)
    for (let x = 0; x < side; x++) between[x * side + v] = lineBack(coefficients, v * side, x)
  for (let x = 0; x < side; x++) for (let y = 0; y < side; y++) out[y * side + x] = lineBack(between, x * side, y)
}

function lineBack(from: Float64Array, at: number, x: number): number {
  let sum = 0
  for (let u = 0; u < side; u++) sum += from[at + u]! * basis[u * side + x]!
  return sum
}
