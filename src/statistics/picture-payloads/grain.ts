import type { Raster } from '../../core/index.ts'

/** Differences of neighbours that are counted: odd ones, for of two such samples exactly one is even. */
const steps = [1, 3, 5]
const values = 256
/** Counts of one channel of one band: how many neighbours lie at v and v + step, for each step. */
const perChannel = steps.length * values
/** The part of the rows that a message written from the beginning would fill first. */
const firstShare = 0.25
/** Pixels of each band that are read at most. */
const mostPixels = 131_072
/** Fewer places in the comb, all steps together, tell nothing. */
const leastPlaces = 20
/** Neighbouring terms of the sum share counts: its variance is so many times that of independent terms. */
const tied = 1 + 2 * (2 / 3 + 1 / 6)

/** How much the lowest bits of a picture look replaced, and how much the bits of the same picture moved by one do. */
export interface Grain {
  readonly replaced: number
  readonly moved: number
}

/** Counts of [band][channel][step][lower sample]. */
const counts = new Uint32Array(2 * 3 * perChannel)
const pooled = new Float64Array(perChannel)

/**
 * A message in the lowest bits makes 2k and 2k + 1 equally frequent and leaves 2k + 1 and 2k + 2 apart. So neighbours
 * that differ by an odd number have an even lower sample more often than an odd one, at every level of light alike; in a
 * picture that nobody wrote in, which of them is even is chance. We measure this comb in deviations, in all samples, in
 * each channel and in the first rows, and take the largest, for a message may fill a part. With the samples moved by one
 * the comb turns its sign: `moved` is what chance alone brings. Null where too few neighbours tell.
 */
export function grainOf(raster: Raster): Grain | null {
  counts.fill(0)
  const first = Math.ceil(raster.height * firstShare)
  count(raster, 0, first, 0)
  count(raster, first, raster.height, 3 * perChannel)
  const views = [
    [0, 1, 2, 3, 4, 5],
    [0, 3],
    [1, 4],
    [2, 5],
    [0, 1, 2],
  ]
  const combs = views.map(combOf).filter(comb => comb !== null)
  return combs.length === 0 ? null : { replaced: Math.max(...combs), moved: -Math.min(...combs) }
}

function count({ width, height, pixels }: Raster, from: number, to: number, base: number): void {
  const bottom = Math.min(to, from + Math.max(1, Math.floor(mostPixels / width)))
  const [line, last] = [width * 3, Math.min(width, mostPixels) * 3]
  for (let y = from; y < bottom; y++)
    for (let x = 0, k = y * line, at = base; x < last; x++, k++) {
      const own = pixels[k]!
      if (x + 3 < last) put(own, pixels[k + 3]!, at)
      if (y + 1 < height) put(own, pixels[k + line]!, at)
      at = at === base + 2 * perChannel ? base : at + perChannel
    }
}

function put(a: number, b: number, at: number): void {
  const step = Math.abs(a - b)
  if (step === 1 || step === 3 || step === 5) counts[at + (step >> 1) * values + Math.min(a, b)]!++
}

/** The comb in some of the counts, in deviations. */
function combOf(view: readonly number[]): number | null {
  pooled.fill(0)
  for (const part of view) for (let k = 0; k < perChannel; k++) pooled[k]! += counts[part * perChannel + k]!
  let [sum, square, places] = [0, 0, 0]
  for (let s = 0; s < steps.length; s++)
    // Ends of the scale have lost samples to clipping.
    for (let v = 2; v < values - 4; v++) {
      const k = s * values + v
      const around = (pooled[k - 1]! + pooled[k + 1]!) / 2
      const own = pooled[k]!
      if (own + around === 0) continue
      const term = (own - around) / Math.sqrt(own + around)
      sum += v % 2 === 0 ? term : -term
      square += term * term
      places++
    }
  return places < leastPlaces || square === 0 ? null : sum / Math.sqrt(tied * square)
}
