import { side } from './views.ts'

const points = side * side
/** Accused pictures leave so little of the variation that pictures like them have at a point which they share. */
export const agrees = 0.3
/** Variance of the three colours that is noise of the camera or the file. */
export const noise = 30
/** Fewer shared points are chance; of more, the firmest are taken. */
const fewest = 6
const most = 64

/** Sums over pictures of the colours at each point and of their squares. */
export interface PointSums {
  readonly sum: Float64Array
  readonly square: Float64Array
  readonly count: number
}

export function sumsOf(pixels: Uint8Array, rows: readonly number[]): PointSums {
  const sum = new Float64Array(points * 3)
  const square = new Float64Array(points)
  for (const row of rows)
    for (let p = 0, k = 0, at = row * points * 3; p < points; p++, k += 3, at += 3) {
      const [r, g, b] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
      sum[k]! += r
      sum[k + 1]! += g
      sum[k + 2]! += b
      square[p]! += r * r + g * g + b * b
    }
  return { sum, square, count: rows.length }
}

/** The sums without those of some of the pictures. */
export const less = (all: PointSums, some: PointSums): PointSums => ({
  sum: all.sum.map((value, k) => value - some.sum[k]!),
  square: all.square.map((value, p) => value - some.square[p]!),
  count: all.count - some.count,
})

/** Variance at each point, over the three colours. */
export function variancesOf({ sum, square, count }: PointSums): Float64Array {
  const own = Math.max(1, count)
  return square.map((value, p) => {
    const [r, g, b] = [sum[3 * p]! / own, sum[3 * p + 1]! / own, sum[3 * p + 2]! / own]
    return Math.max(0, value / own - r * r - g * g - b * b)
  })
}

/** Points at which some pictures agree, and their colours there. */
export interface Shared {
  readonly at: Int32Array
  readonly colours: Float64Array
}

/** The points at which pictures vary far less than pictures that look like them do; null when they are but a few. */
export function sharedPoints(ours: PointSums, theirs: Float64Array): Shared | null {
  const ratio = variancesOf(ours).map((value, p) => (value + noise) / (theirs[p]! + noise))
  let firm = Int32Array.from(ratio.keys()).filter(p => ratio[p]! < agrees)
  if (firm.length < fewest) return null
  if (firm.length > most) firm = firm.sort((a, b) => ratio[a]! - ratio[b]! || a - b).slice(0, most)
  const colours = new Float64Array(firm.length * 3)
  firm.forEach((p, k) => {
    for (let c = 0; c < 3; c++) colours[3 * k + c] = ours.sum[3 * p + c]! / ours.count
  })
  return { at: firm, colours }
}

/** How near a picture comes to the shared colours: less the logarithm of its distance in levels. */
export function nearness(pixels: Uint8Array, row: number, { at, colours }: Shared): number {
  let sum = 0
  for (let k = 0; k < at.length; k++) {
    const from = row * points * 3 + at[k]! * 3
    for (let c = 0; c < 3; c++) sum += (pixels[from + c]! - colours[3 * k + c]!) ** 2
  }
  return -0.5 * Math.log(1 + sum / at.length)
}
