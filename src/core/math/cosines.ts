import { productRoutine } from './product-wasm.ts'
import { bound, type Kernel } from './wasm.ts'

/** Writes the cosine transform of a square, row by row: `out[at + v * side + u]`. */
export type CosineTransform = (square: ArrayLike<number>, out: Float64Array, at?: number) => void

const known = new Map<number, CosineTransform>()

/**
 * The two-dimensional cosine transform (type II, orthonormal) of squares of so many points a side, a multiple of 16, in
 * 32-bit fractions: two products with the matrix of cosines.
 */
export function cosineTransform(side: number): CosineTransform {
  let found = known.get(side)
  if (!found) known.set(side, (found = made(side, false)))
  return found
}

/** The same without the kernel, and not remembered: the same answers, slower. */
export const plainCosineTransform = (side: number): CosineTransform => made(side, true)

function made(side: number, plain: boolean): CosineTransform {
  if (side % 16 !== 0) throw new RangeError(`a side is a multiple of 16, not ${side}`)
  const area = side * side
  const { memory, run } = bound(productRoutine, 5 * area * 4)
  const parts = Array.from({ length: 5 }, (_, k) => new Float32Array(memory, k * area * 4, area))
  const [waves, turned, from, between, to] = parts as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  for (let u = 0; u < side; u++)
    for (let x = 0; x < side; x++) {
      const wave = Math.sqrt((u === 0 ? 1 : 2) / side) * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * side))
      waves[u * side + x] = wave
      turned[x * side + u] = wave
    }
  const product = run && !plain ? run : plainProduct(new Float32Array(memory))
  const bytes = side * 4
  return (square, out, at = 0) => {
    from.set(square)
    product(waves.byteOffset, from.byteOffset, between.byteOffset, side, bytes, bytes)
    product(between.byteOffset, turned.byteOffset, to.byteOffset, side, bytes, bytes)
    out.set(to, at)
  }
}

function plainProduct(all: Float32Array): Kernel {
  return (a = 0, b = 0, out = 0, rows = 0, aBytes = 0, bBytes = 0) => {
    const [inner, columns] = [aBytes / 4, bBytes / 4]
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        let sum = 0
        for (let k = 0; k < inner; k++)
          sum = Math.fround(sum + Math.fround(all[a / 4 + row * inner + k]! * all[b / 4 + k * columns + column]!))
        all[out / 4 + row * columns + column] = sum
      }
  }
}
