import { appearanceSide, leadingAppearances } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'

/** What is odd about a picture. */
export type Oddity = 'blank' | 'noise' | 'shape' | 'unlike'

export interface Odd {
  /** Place in the thumbnails. */
  readonly nth: number
  readonly oddity: Oddity
  /** How far it is from the others, in robust deviations. */
  readonly score: number
}

/** Deviation of the samples below which a picture shows nothing. */
const blankBelow = 2.5
/** Neighbouring samples of pictures are alike; those of noise differ as much as any two: this share of it. */
const noiseAbove = 0.85
/** Sides that differ by this factor, as a power of two, more than usual deviations allow. */
const leastShape = 2
/** Directions in which appearances are compared: fewer than pictures, more than kinds. */
const kept = 20
/** Fewer pictures tell nothing of what is usual. */
const fewest = 50

/** Pictures unlike all others, most unlike first; one that shows nothing is told as such. */
export function oddPictures(seen: Thumbnails, deviations: number): Odd[] {
  const found = new Map<number, Odd>()
  const put = (odd: Odd) => void (found.has(odd.nth) || found.set(odd.nth, odd))
  for (let i = 0; i < seen.rows.length; i++) {
    const { spread, rough } = textureOf(seen.pixels, i)
    if (spread < blankBelow) put({ nth: i, oddity: 'blank', score: blankBelow - spread })
    else if (rough > noiseAbove && spread > 20) put({ nth: i, oddity: 'noise', score: rough })
  }
  if (seen.rows.length >= fewest) {
    for (const [nth, score] of oddShapes(seen, deviations)) put({ nth, oddity: 'shape', score })
    for (const [nth, score] of unlike(seen, deviations)) put({ nth, oddity: 'unlike', score })
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.nth - b.nth)
}

/** Deviation of the light of a square, and how much neighbours differ beside any two samples. */
function textureOf(pixels: Uint8Array, nth: number): { spread: number; rough: number } {
  const side = appearanceSide
  const from = nth * side * side * 3
  let [sum, square, steps] = [0, 0, 0]
  for (let p = 0, q = from, left = 0; p < side * side; p++, q += 3) {
    const y = pixels[q]! + pixels[q + 1]! + pixels[q + 2]!
    sum += y
    square += y * y
    if (p % side > 0) steps += (y - left) * (y - left)
    left = y
  }
  const n = side * side
  const variance = Math.max(0, square / n - (sum / n) ** 2)
  return { spread: Math.sqrt(variance) / 3, rough: variance > 0 ? steps / (n - side) / (2 * variance) : 0 }
}

/** Pictures far longer or higher, larger or smaller than the others. */
function oddShapes({ sizes }: Thumbnails, deviations: number): [number, number][] {
  const count = sizes.length / 2
  const shape = Float64Array.from({ length: count }, (_, i) => Math.log2(sizes[2 * i]! / sizes[2 * i + 1]!))
  const size = Float64Array.from({ length: count }, (_, i) => Math.log2(sizes[2 * i]! * sizes[2 * i + 1]!) / 2)
  return [shape, size].flatMap(values => {
    const { middle, spread } = robust(values)
    const limit = Math.max(leastShape, deviations * spread)
    return Array.from(values, (x, i): [number, number] => [i, Math.abs(x - middle) / Math.max(0.2, spread)]).filter(
      ([i]) => Math.abs(values[i]! - middle) > limit,
    )
  })
}

/** Pictures far from the middle of their label in the directions in which pictures vary, and from that of all. */
function unlike(seen: Thumbnails, deviations: number): [number, number][] {
  const { values, columns } = leadingAppearances(seen)
  const away = new Float64Array(seen.rows.length)
  for (let k = 0; k < Math.min(kept, columns); k++) {
    const column = Float64Array.from(away, (_, i) => values[i * columns + k]!)
    const { middle, spread } = robust(column)
    for (let i = 0; i < away.length; i++) away[i]! += Math.min(100, ((column[i]! - middle) / (spread || 1)) ** 2)
  }
  const logs = away.map(x => Math.log(x + 1e-3))
  const { middle, spread } = robust(logs)
  return Array.from(logs, (x, i): [number, number] => [i, (x - middle) / (spread || 1)]).filter(
    ([, z]) => z > deviations,
  )
}

function robust(values: Float64Array): { middle: number; spread: number } {
  const middleOf = (of: Float64Array) => of.slice().sort()[of.length >> 1] ?? 0
  const middle = middleOf(values)
  return { middle, spread: 1.4826 * middleOf(values.map(x => Math.abs(x - middle))) }
}
