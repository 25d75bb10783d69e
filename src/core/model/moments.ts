import { elementsOf, type Numbers } from './numbers.ts'
import type { Tensor } from './tensors.ts'

/** Numbers that are read at once. */
export const pieceNumbers = 1 << 15

/** What many numbers are like. Moments are of the finite ones. */
export interface Moments {
  readonly count: number
  readonly nan: number
  readonly infinite: number
  readonly zeros: number
  readonly mean: number
  readonly deviation: number
  /** Root of the mean square. */
  readonly size: number
  /** Fourth moment by the squared second one: 3 for normal numbers. */
  readonly kurtosis: number
  readonly largest: number
  /** Finite numbers larger than any that training gives. */
  readonly absurd: number
  /** Numbers that are neither finite nor the negative infinity of masks. */
  readonly worst: number | null
}

/** Beyond this no weight, statistic or scale of a network that was trained in 32 bits can be: its square overflows. */
export const absurdSize = 1e15

/** Starts of pieces of `size` numbers, all of them or evenly spaced ones that hold at most `most` numbers together. */
export function* piecesOf(count: number, size: number, most: number): Generator<readonly [number, number]> {
  const pieces = Math.ceil(count / size)
  const read = Math.min(pieces, Math.max(1, Math.floor(most / size)))
  for (let k = 0; k < read; k++) {
    const start = Math.floor((k * pieces) / read) * size
    yield [start, Math.min(count, start + size)]
  }
}

/** Measures numbers piece by piece; at most about `most` of them. */
export function momentsOf(numbers: Numbers, most = Number.POSITIVE_INFINITY): Moments {
  let [count, nan, infinite, zeros, absurd, largest] = [0, 0, 0, 0, 0, 0]
  let [s1, s2, s3, s4] = [0, 0, 0, 0]
  let worst: number | null = null
  for (const [start, end] of piecesOf(numbers.count, pieceNumbers, most)) {
    const piece = numbers.read(start, end)
    count += piece.length
    for (let k = 0; k < piece.length; k++) {
      const x = piece[k]!
      const size = Math.abs(x)
      if (!(size <= absurdSize)) {
        if (worst === null && x !== Number.NEGATIVE_INFINITY) worst = start + k
        if (Number.isNaN(x)) nan++
        else if (size === Number.POSITIVE_INFINITY) infinite++
        else absurd++
        continue
      }
      if (size > largest) largest = size
      if (x === 0) zeros++
      const square = x * x
      s1 += x
      s2 += square
      s3 += square * x
      s4 += square * square
    }
  }
  const n = Math.max(1, count - nan - infinite - absurd)
  const [mean, second] = [s1 / n, s2 / n]
  const variance = Math.max(0, second - mean * mean)
  const fourth = s4 / n - (4 * mean * s3) / n + 6 * mean * mean * second - 3 * mean ** 4
  const kurtosis = variance > second * 1e-12 ? fourth / (variance * variance) : 0
  const deviation = Math.sqrt(variance)
  return { count, nan, infinite, zeros, mean, deviation, size: Math.sqrt(second), kurtosis, largest, absurd, worst }
}

/** A tensor as a matrix: its first dimension by all others; null for what has no rows. */
export function matrixOf({ shape }: Pick<Tensor, 'shape'>): { readonly rows: number; readonly columns: number } | null {
  const [rows = 0, ...rest] = shape
  const columns = elementsOf(rest)
  return rest.length === 0 || rows < 2 || columns === null || columns < 2 ? null : { rows, columns }
}
