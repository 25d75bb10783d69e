import { blank, cropped, type Raster, resized } from '../../core/index.ts'

/** How closely two pictures are looked at. */
interface Scale {
  /** Side of the squares that detail is compared in. */
  readonly side: number
  /** Side of the squares in which the part that a copy kept is looked for. */
  readonly coarse: number
  /** Reach of the mean that detail is measured from, in pixels. */
  readonly reach: number
  readonly tile: number
  /** Pixels that a tile may have moved beside its picture. */
  readonly shift: number
}

const large: Scale = { side: 128, coarse: 48, reach: 3, tile: 16, shift: 2 }
const small: Scale = { side: 32, coarse: 32, reach: 2, tile: 8, shift: 1 }
/** Pictures below the one side are looked at as small ones, below the other not at all. */
const leastLarge = 48
const leastSide = 16
/** Shares of the sides that a copy may have kept. */
const keptShares = [1, 0.97, 0.94, 0.9]
/** Share of the mean power of detail below which a tile says nothing, and the power of noise, in grey levels squared. */
const leastPower = 0.04
const noisePower = 6
/** Correlation from which the detail of two tiles is the same. */
const sameDetail = 0.5

/** Which part of a picture is compared, as shares of its sides. */
interface Part {
  readonly kept: number
  readonly left: number
  readonly top: number
}

/** How two pictures are brought over each other: one of them cropped, the other whole. */
interface Fit {
  readonly part: Part
  readonly second: boolean
}

/**
 * Share of the tiles with any detail in which the detail of two pictures agrees, with some of the rim of one cut off
 * where that fits better. Of copies nearly all do; pages of one layout and frames of one camera agree in what they have
 * in common alone. Null where the pictures are too small or too plain to have such detail.
 */
export function fineLikeness(a: Raster, b: Raster, mirrored: boolean): number | null {
  const shortest = Math.min(a.width, a.height, b.width, b.height)
  if (shortest < leastSide) return null
  const scale = shortest < leastLarge ? small : large
  const { side, coarse } = scale
  const [one, other] = [resized(a, side, side), resized(mirrored ? turned(b) : b, side, side)]
  const { part, second } = bestFit(resized(one, coarse, coarse), resized(other, coarse, coarse), scale)
  return agreeingTiles(
    detailOf(second ? one : partOf(one, part), side, scale),
    detailOf(second ? partOf(other, part) : other, side, scale),
    scale,
  )
}

function bestFit(one: Raster, other: Raster, scale: Scale): Fit {
  const plain = [detailOf(one, scale.coarse, scale), detailOf(other, scale.coarse, scale)] as const
  let best: Fit = { part: { kept: 1, left: 0, top: 0 }, second: true }
  let most = cosine(...plain)
  for (const part of parts())
    for (const second of [true, false]) {
      const detail = detailOf(partOf(second ? other : one, part), scale.coarse, scale)
      const found = cosine(plain[second ? 0 : 1], detail)
      if (found > most) [most, best] = [found, { part, second }]
    }
  return best
}

function* parts(): Iterable<Part> {
  for (const kept of keptShares.slice(1))
    for (const left of [0, 0.5, 1]) for (const top of [0, 0.5, 1]) yield { kept, left, top }
}

function partOf(raster: Raster, { kept, left, top }: Part): Raster {
  const size = Math.round(raster.width * kept)
  const rest = raster.width - size
  const part = cropped(raster, Math.round(rest * left), Math.round(rest * top), size, size)
  return part ? resized(part, raster.width, raster.height) : raster
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

/** Brightness of each pixel of a square less the mean around it. */
function detailOf({ pixels }: Raster, side: number, { reach }: Scale): Float64Array {
  const light = new Float64Array(side * side)
  for (let p = 0, q = 0; p < light.length; p++, q += 3)
    light[p] = 0.299 * pixels[q]! + 0.587 * pixels[q + 1]! + 0.114 * pixels[q + 2]!
  const mean = meansAlong(meansAlong(light, side, reach, 1), side, reach, side)
  for (let p = 0; p < light.length; p++) light[p]! -= mean[p]!
  return light
}

/** Means over a line of pixels around each, along the lines whose neighbours are `step` apart. */
function meansAlong(values: Float64Array, side: number, reach: number, step: number): Float64Array {
  const across = step === 1 ? side : 1
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

/** Of the tiles in which either picture has detail, the share that agrees. */
function agreeingTiles(a: Float64Array, b: Float64Array, scale: Scale): number | null {
  const { side, tile } = scale
  const powers = [a, b].map(detail => detail.reduce((sum, x) => sum + x * x, 0) / detail.length)
  const least = tile * tile * Math.max(noisePower, leastPower * Math.max(...powers))
  let [used, agreeing] = [0, 0]
  for (let y = 0; y < side; y += tile)
    for (let x = 0; x < side; x += tile) {
      const [own, others] = [a, b].map(detail => tileProduct(detail, detail, y * side + x, 0, scale))
      if (Math.max(own!, others!) < least) continue
      used++
      if (tileLikeness(a, b, y, x, scale) >= sameDetail) agreeing++
    }
  return used > 0 ? agreeing / used : null
}

/** The correlation of a tile with the other picture, at the place near by where it is highest. */
function tileLikeness(a: Float64Array, b: Float64Array, y: number, x: number, scale: Scale): number {
  const { side, tile, shift } = scale
  let best = -1
  for (let dy = -shift; dy <= shift; dy++)
    for (let dx = -shift; dx <= shift; dx++) {
      if (y + dy < 0 || x + dx < 0 || y + dy + tile > side || x + dx + tile > side) continue
      const [at, by] = [y * side + x, dy * side + dx]
      const powers = tileProduct(a, a, at, 0, scale) * tileProduct(b, b, at + by, 0, scale)
      best = Math.max(best, tileProduct(a, b, at, by, scale) / (Math.sqrt(powers) || 1))
    }
  return best
}

function tileProduct(a: Float64Array, b: Float64Array, at: number, by: number, { side, tile }: Scale): number {
  let sum = 0
  for (let y = 0; y < tile; y++) for (let x = 0, p = at + y * side; x < tile; x++, p++) sum += a[p]! * b[p + by]!
  return sum
}
