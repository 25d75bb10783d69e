import { area, cosines, side } from './cosines.ts'

/** Pictures that tell how large each cosine usually is. */
const sampled = 400
/** Rounding to whole grey levels alone makes this. */
const leastSpread = 0.3
const clip = 10
/** A picture so flat has no noise of its own to measure by. */
const leastScale = 0.25
const bandEdges = [6, 12, 20]
export const bands = bandEdges.length + 1

/** Band of each cosine: how fine it is. */
export const bandOf = Uint8Array.from({ length: area }, (_, k) => {
  const fineness = Math.hypot(Math.floor(k / side), k % side)
  return bandEdges.filter(edge => fineness >= edge).length
})
const inBand = Float64Array.from({ length: bands }, (_, b) => bandOf.filter(band => band === b).length)

const plane = new Float64Array(area)

/** The cosines of picture `i` in grey, into `out`. */
export function cosinesOf(pixels: Uint8Array, i: number, out: Float64Array): void {
  for (let p = 0, at = i * area * 3; p < area; p++, at += 3)
    plane[p] = 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!
  cosines(plane, out)
}

/** How large each cosine usually is in these pictures: median and spread (1.4826 MAD). */
export interface Usual {
  readonly middle: Float64Array
  readonly spread: Float64Array
}

/** Measures an even sample. */
export function usualOf(pixels: Uint8Array, count: number): Usual {
  const n = Math.min(count, sampled)
  const all = new Float32Array(n * area)
  const one = new Float64Array(area)
  for (let k = 0; k < n; k++) {
    cosinesOf(pixels, Math.floor((k * count) / n), one)
    for (let d = 0; d < area; d++) all[d * n + k] = one[d]!
  }
  const usual = { middle: new Float64Array(area), spread: new Float64Array(area) }
  for (let d = 0; d < area; d++) {
    const column = all.subarray(d * n, (d + 1) * n).sort()
    const middle = column[n >> 1]!
    for (let k = 0; k < n; k++) column[k] = Math.abs(column[k]! - middle)
    usual.middle[d] = middle
    usual.spread[d] = Math.max(leastSpread, 1.4826 * column.sort()[n >> 1]!)
  }
  return usual
}

/**
 * Brings cosines to the scale of noise: minus the usual, by the usual spread, then by the picture's own liveliness in
 * each band, which goes to `scale`.
 */
export function flattened(coefficients: Float64Array, { middle, spread }: Usual, scale: Float64Array): void {
  for (let d = 0; d < area; d++) {
    const z = (coefficients[d]! - middle[d]!) / spread[d]!
    coefficients[d] = Math.max(-clip, Math.min(clip, z))
  }
  levelled(coefficients, scale)
}

const own = new Float64Array(bands)

/** Divides numbers by how lively they are in each band. */
export function levelled(numbers: Float64Array, scale: Float64Array = own): void {
  scale.fill(0)
  for (let d = 0; d < area; d++) scale[bandOf[d]!]! += Math.min(9, numbers[d]! * numbers[d]!)
  for (let b = 0; b < bands; b++) scale[b] = Math.max(leastScale, Math.sqrt(scale[b]! / inBand[b]!))
  for (let d = 0; d < area; d++) numbers[d]! /= scale[bandOf[d]!]!
}
