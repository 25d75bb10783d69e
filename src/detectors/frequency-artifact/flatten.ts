import { area, cosines, side } from './cosines.ts'

/** Luma and two chromas (JPEG's). */
export const channels = 3
/** Numbers of one picture. */
export const depth = channels * area
/** Pictures that tell how large each cosine usually is. */
const sampled = 600
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

const plane = new Float64Array(area)

/** The cosines of the three channels of picture `i`, into `out`. */
export function cosinesOf(pixels: Uint8Array, i: number, out: Float64Array): void {
  for (let c = 0; c < channels; c++) {
    for (let p = 0, at = i * depth; p < area; p++, at += 3)
      plane[p] = channelOf(c, pixels[at]!, pixels[at + 1]!, pixels[at + 2]!)
    cosines(plane, out, c * area)
  }
}

function channelOf(c: number, r: number, g: number, b: number): number {
  if (c === 0) return 0.299 * r + 0.587 * g + 0.114 * b
  return c === 1 ? -0.168736 * r - 0.331264 * g + 0.5 * b : 0.5 * r - 0.418688 * g - 0.081312 * b
}

/** How large each cosine usually is in these pictures: median and spread (1.4826 MAD). */
export interface Usual {
  readonly middle: Float64Array
  readonly spread: Float64Array
}

/** Measures an even sample. */
export function usualOf(pixels: Uint8Array, count: number): Usual {
  const n = Math.min(count, sampled)
  const all = new Float32Array(n * depth)
  const one = new Float64Array(depth)
  for (let k = 0; k < n; k++) {
    cosinesOf(pixels, Math.floor((k * count) / n), one)
    all.set(one, k * depth)
  }
  const usual = { middle: new Float64Array(depth), spread: new Float64Array(depth) }
  const column = new Float32Array(n)
  for (let d = 0; d < depth; d++) {
    for (let k = 0; k < n; k++) column[k] = all[k * depth + d]!
    const middle = column.sort()[n >> 1]!
    for (let k = 0; k < n; k++) column[k] = Math.abs(column[k]! - middle)
    usual.middle[d] = middle
    usual.spread[d] = Math.max(leastSpread, 1.4826 * column.sort()[n >> 1]!)
  }
  return usual
}

/**
 * Brings cosines to the scale of noise: minus the usual, by the usual spread, then by the picture's own liveliness in
 * each band. Gives the liveliness, `[channel * bands + band]`.
 */
export function flattened(coefficients: Float64Array, { middle, spread }: Usual, scale: Float64Array): void {
  const counts = new Float64Array(channels * bands)
  scale.fill(0)
  for (let d = 0; d < depth; d++) {
    const z = Math.max(-clip, Math.min(clip, (coefficients[d]! - middle[d]!) / spread[d]!))
    coefficients[d] = z
    const band = Math.floor(d / area) * bands + bandOf[d % area]!
    scale[band]! += Math.min(9, z * z)
    counts[band]!++
  }
  for (let b = 0; b < scale.length; b++) scale[b] = Math.max(leastScale, Math.sqrt(scale[b]! / counts[b]!))
  for (let d = 0; d < depth; d++) coefficients[d]! /= scale[Math.floor(d / area) * bands + bandOf[d % area]!]!
}
