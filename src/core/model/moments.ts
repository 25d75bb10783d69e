import { elementsOf, type Numbers } from './numbers.ts'
import type { Tensor } from './tensors.ts'

/** Numbers that are read at once. */
export const pieceNumbers = 1 << 15

/** What many numbers are like. Moments are of the finite ones, and of large tensors of evenly spaced ones. */
export interface Moments {
  /** Numbers that were looked at. */
  readonly count: number
  /** Finite numbers that the moments, zeros and the largest are of. */
  readonly weighed: number
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

/** Sums over pieces. */
interface Sums {
  readonly power: Float64Array
  nan: number
  infinite: number
  absurd: number
  zeros: number
  largest: number
  worst: number | null
}

/** So many numbers, spread over the tensor, tell moments to within a percent. */
const weighedNumbers = 1 << 15
/** Of each piece at least so many are weighed, if it has them. */
const leastOfPiece = 1 << 10

/** Measures numbers piece by piece; at most about `most` of them. */
export function momentsOf(numbers: Numbers, most = Number.POSITIVE_INFINITY): Moments {
  const sums: Sums = { power: new Float64Array(4), nan: 0, infinite: 0, absurd: 0, zeros: 0, largest: 0, worst: null }
  let [count, weighed] = [0, 0]
  const pieces = Math.ceil(Math.min(most, numbers.count) / pieceNumbers)
  const share = Math.max(leastOfPiece, Math.ceil(weighedNumbers / Math.max(1, pieces)))
  for (const [start, end] of piecesOf(numbers.count, pieceNumbers, most)) {
    count += end - start
    if (!numbers.sound?.(start, end)) addStrange(numbers.read(start, end), start, sums)
    weighed += addSound(numbers.read(start, Math.min(end, start + share)), sums)
  }
  const { nan, infinite, absurd, zeros, largest, worst } = sums
  const n = Math.max(1, weighed)
  const [mean, second, third, fourth] = [...sums.power].map(sum => sum / n) as [number, number, number, number]
  const variance = Math.max(0, second - mean * mean)
  const central = fourth - 4 * mean * third + 6 * mean * mean * second - 3 * mean ** 4
  const kurtosis = variance > second * 1e-12 ? central / (variance * variance) : 0
  const [deviation, size] = [Math.sqrt(variance), Math.sqrt(second)]
  return { count, weighed, nan, infinite, zeros, mean, deviation, size, kurtosis, largest, absurd, worst }
}

/** Adds the numbers that may be weights; gives how many they were. */
function addSound(piece: Float64Array, sums: Sums): number {
  let { largest, zeros } = sums
  let [s1, s2, s3, s4, sound] = [0, 0, 0, 0, 0]
  for (let k = 0; k < piece.length; k++) {
    const x = piece[k]!
    const size = Math.abs(x)
    if (size <= absurdSize) {
      const square = x * x
      if (size > largest) largest = size
      if (x === 0) zeros++
      s1 += x
      s2 += square
      s3 += square * x
      s4 += square * square
      sound++
    }
  }
  const { power } = sums
  power[0]! += s1
  power[1]! += s2
  power[2]! += s3
  power[3]! += s4
  Object.assign(sums, { largest, zeros })
  return sound
}

/** Counts the numbers that no weight can be. */
function addStrange(piece: Float64Array, start: number, sums: Sums): void {
  for (let k = 0; k < piece.length; k++) {
    const x = piece[k]!
    if (Math.abs(x) <= absurdSize) continue
    if (sums.worst === null && x !== Number.NEGATIVE_INFINITY) sums.worst = start + k
    if (Number.isNaN(x)) sums.nan++
    else if (Number.isFinite(x)) sums.absurd++
    else sums.infinite++
  }
}

/** A tensor as a matrix: its first dimension by all others; null for what has no rows. */
export function matrixOf({ shape }: Pick<Tensor, 'shape'>): { readonly rows: number; readonly columns: number } | null {
  const [rows = 0, ...rest] = shape
  const columns = elementsOf(rest)
  return rest.length === 0 || rows < 2 || columns === null || columns < 2 ? null : { rows, columns }
}
