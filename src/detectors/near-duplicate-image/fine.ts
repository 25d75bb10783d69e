import { blank, cropped, type Raster, resized } from '../../core/index.ts'

/** Side of the squares that fine detail is compared in; smaller pictures have none beyond their thumbnails. */
const side = 64
const leastSide = 48
/** Reach of the mean that detail is measured from, in pixels. */
const reach = 3
/** Shares of the sides that a copy may have kept. */
const keptShares = [1, 0.97, 0.94, 0.9]

/**
 * How well the fine detail of two pictures agrees, -1 to 1, with the second as it is or with some of its rim cut off, or
 * that of the first: pages of one layout and frames of one camera look alike from afar, copies also near by. Null where
 * a picture is too small to have such detail.
 */
export function fineLikeness(a: Raster, b: Raster, mirrored: boolean): number | null {
  if (Math.min(a.width, a.height, b.width, b.height) < leastSide) return null
  const [one, other] = [resized(a, side, side), resized(mirrored ? turned(b) : b, side, side)]
  const [plainOne, plainOther] = [detailOf(one), detailOf(other)]
  let best = -1
  for (const part of partsOf(other)) best = Math.max(best, cosine(plainOne, detailOf(part)))
  for (const part of partsOf(one)) best = Math.max(best, cosine(detailOf(part), plainOther))
  return best
}

function* partsOf(raster: Raster): Iterable<Raster> {
  for (const share of keptShares) {
    const kept = Math.round(side * share)
    const rest = side - kept
    for (const left of new Set([0, rest >> 1, rest]))
      for (const top of new Set([0, rest >> 1, rest])) {
        const part = cropped(raster, left, top, kept, kept)
        if (part) yield resized(part, side, side)
      }
  }
}

function turned({ width, height, pixels }: Raster): Raster {
  const mirror = blank(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3
      mirror.pixels.set(pixels.subarray(from, from + 3), (y * width + width - 1 - x) * 3)
    }
  return mirror
}

/** Brightness of each pixel less the mean around it, and less what its whole line and column share: rows of text do. */
function detailOf({ pixels }: Raster): Float64Array {
  const light = Float64Array.from(
    { length: side * side },
    (_, p) => 0.299 * pixels[3 * p]! + 0.587 * pixels[3 * p + 1]! + 0.114 * pixels[3 * p + 2]!,
  )
  const mean = meansAlong(meansAlong(light, 1, side), side, 1)
  const detail = light.map((value, p) => value - mean[p]!)
  for (const [along, across] of [
    [1, side],
    [side, 1],
  ] as const)
    level(detail, along, across)
  return detail
}

/** Takes its mean from each line. */
function level(values: Float64Array, step: number, across: number): void {
  for (let line = 0; line < side; line++) {
    let sum = 0
    for (let k = 0; k < side; k++) sum += values[line * across + k * step]!
    for (let k = 0; k < side; k++) values[line * across + k * step]! -= sum / side
  }
}

/** Means over a line of pixels around each, along the lines whose neighbours are `step` apart. */
function meansAlong(values: Float64Array, step: number, across: number): Float64Array {
  const means = new Float64Array(values.length)
  for (let line = 0; line < side; line++)
    for (let at = 0; at < side; at++) {
      const [from, to] = [Math.max(0, at - reach), Math.min(side - 1, at + reach)]
      let sum = 0
      for (let k = from; k <= to; k++) sum += values[line * across + k * step]!
      means[line * across + at * step] = sum / (to - from + 1)
    }
  return means
}

function cosine(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0]
  for (let k = 0; k < a.length; k++) {
    ab += a[k]! * b[k]!
    aa += a[k]! * a[k]!
    bb += b[k]! * b[k]!
  }
  return ab / (Math.sqrt(aa * bb) || 1)
}
