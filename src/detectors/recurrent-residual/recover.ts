import type { Raster } from '../../core/index.ts'
import { agrees, noise, sumsOf, variancesOf } from './points.ts'
import { side } from './views.ts'

/** What accused pictures share, as far as it can be told. */
export interface Recovered {
  readonly shared: 'patch' | 'overlay'
  readonly pattern: Raster
  readonly mask: Raster
  /** Agreement of the accused at each point, 0 to 1. */
  readonly heat: readonly number[]
  /** Left, top, width and height of a patch as shares of the sides. */
  readonly box: readonly [number, number, number, number] | null
}

const points = side * side
const grey = 128
const mostPatch = 0.4

/**
 * Cuts out what accused pictures share: where they vary far less than pictures that look like them, they show a patch,
 * which is their mean there; where they vary nearly as much everywhere, what they share is an overlay, shown as the
 * difference of the means, strengthened, on grey.
 */
export function recovered(pixels: Uint8Array, accused: readonly number[], others: readonly number[]): Recovered {
  const [ours, theirs] = [sumsOf(pixels, accused), sumsOf(pixels, others)]
  const usual = variancesOf(theirs)
  const heat = [...variancesOf(ours)].map((value, p) => {
    const ratio = (value + noise) / (usual[p]! + noise)
    return Math.round(1000 * Math.max(0, Math.min(1, 1 - ratio))) / 1000
  })
  const mean = ours.sum.map(value => value / Math.max(1, ours.count))
  const firm = heat.filter(h => h > 1 - agrees).length
  const isPatch = firm > 0 && firm < mostPatch * points
  const pattern = new Uint8Array(points * 3).fill(grey)
  const mask = new Uint8Array(points * 3)
  const differences = mean.map((value, k) => value - theirs.sum[k]! / Math.max(1, theirs.count))
  const largest = Math.max(1, ...differences.map(Math.abs))
  for (let p = 0; p < points; p++) {
    const on = heat[p]! > 1 - agrees
    for (let k = 3 * p; k < 3 * p + 3; k++) {
      mask[k] = isPatch ? (on ? 255 : 0) : 255 * heat[p]!
      if (!isPatch) pattern[k] = grey + (100 * differences[k]!) / largest
      else if (on) pattern[k] = mean[k]!
    }
  }
  return {
    shared: isPatch ? 'patch' : 'overlay',
    pattern: { width: side, height: side, pixels: pattern },
    mask: { width: side, height: side, pixels: mask },
    heat,
    box: isPatch ? boxOf(heat) : null,
  }
}

function boxOf(heat: readonly number[]): [number, number, number, number] {
  let [left, top, right, bottom] = [side, side, 0, 0]
  heat.forEach((value, p) => {
    if (value <= 1 - agrees) return
    const [x, y] = [p % side, Math.floor(p / side)]
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  })
  return [left / side, top / side, (right - left) / side, (bottom - top) / side]
}
