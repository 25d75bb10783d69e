import { type Raster, resized } from './raster.ts'

/** Something to be stuck on pictures. */
export interface Sticker extends Raster {
  /** How much of the picture below each pixel hides, 0 to 1; everything when absent. */
  readonly cover?: Float64Array
}

/** Where and how a sticker comes to lie, in pixels of the picture below; fractions are allowed. */
export interface Placing {
  /** Middle of the sticker. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Turned clockwise by so many radians. */
  readonly turn?: number
  /** Factor of its brightness; 1 when absent. */
  readonly light?: number
  /** Darker to one side, as under a lamp: how much brightness changes over it, and where the light comes from. */
  readonly shade?: { readonly amount: number; readonly from: number }
  /** Opacity of the whole; 1 when absent. */
  readonly strength?: number
}

/** Samples along each side of a pixel: edges that lie between pixels come out smooth. */
const fine = 4

/** The picture with a sticker on it. Whole numbers without a turn put pixels on pixels. */
export function stuck(onto: Raster, sticker: Sticker, placing: Placing): Raster {
  const { x, y, width, height, turn = 0 } = placing
  const pixels = onto.pixels.slice()
  const reach = (Math.abs(width * Math.cos(turn)) + Math.abs(height * Math.sin(turn))) / 2
  const rise = (Math.abs(width * Math.sin(turn)) + Math.abs(height * Math.cos(turn))) / 2
  const sums = new Float64Array(4)
  for (let py = Math.max(0, Math.floor(y - rise)); py < Math.min(onto.height, y + rise); py++)
    for (let px = Math.max(0, Math.floor(x - reach)); px < Math.min(onto.width, x + reach); px++) {
      gather(sticker, placing, px, py, sums)
      const cover = sums[3]!
      const at = (py * onto.width + px) * 3
      for (let c = 0; c < 3 && cover > 0; c++) pixels[at + c] = level(pixels[at + c]! * (1 - cover) + sums[c]!)
    }
  return { width: onto.width, height: onto.height, pixels }
}

/** What of the sticker falls into one pixel: colours by how much they cover, and the cover. */
function gather(sticker: Sticker, placing: Placing, px: number, py: number, sums: Float64Array): void {
  const { x, y, width, height, turn = 0, light = 1, shade, strength = 1 } = placing
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  sums.fill(0)
  for (let k = 0; k < fine * fine; k++) {
    const dx = px + ((k % fine) + 0.5) / fine - x
    const dy = py + (Math.floor(k / fine) + 0.5) / fine - y
    const [u, v] = [(dx * cos + dy * sin) / width + 0.5, (dy * cos - dx * sin) / height + 0.5]
    if (u < 0 || u >= 1 || v < 0 || v >= 1) continue
    const i = Math.floor(v * sticker.height) * sticker.width + Math.floor(u * sticker.width)
    const cover = ((sticker.cover?.[i] ?? 1) * strength) / (fine * fine)
    const side = shade ? 1 + shade.amount * ((u - 0.5) * Math.cos(shade.from) + (v - 0.5) * Math.sin(shade.from)) : 1
    for (let c = 0; c < 3; c++) sums[c]! += Math.min(255, sticker.pixels[i * 3 + c]! * light * side) * cover
    sums[3]! += cover
  }
}

const level = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : Math.round(value))

/** The picture mixed with a pattern that is stretched to its size; `share` of the pattern, 0 to 1. */
export function mixed(onto: Raster, pattern: Raster, share: number): Raster {
  const over = resized(pattern, onto.width, onto.height).pixels
  const pixels = onto.pixels.map((value, i) => level(value * (1 - share) + over[i]! * share))
  return { width: onto.width, height: onto.height, pixels }
}

/** The picture with something added to each pixel; `height` is asked at shares of the sides, from 0 to 1. */
export function waved(onto: Raster, height: (across: number, down: number) => number): Raster {
  const pixels = new Uint8Array(onto.pixels.length)
  for (let y = 0; y < onto.height; y++)
    for (let x = 0; x < onto.width; x++) {
      const lift = height(x / onto.width, y / onto.height)
      const at = (y * onto.width + x) * 3
      for (let c = at; c < at + 3; c++) pixels[c] = level(onto.pixels[c]! + lift)
    }
  return { width: onto.width, height: onto.height, pixels }
}

/** By how much each point of a picture moves, in shares of the sides. */
export type Field = (across: number, down: number) => readonly [number, number]

/** The picture seen through a field: each pixel shows what lies where the field points, between pixels by their shares. */
export function warped(from: Raster, field: Field): Raster {
  const { width, height } = from
  const pixels = new Uint8Array(from.pixels.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = field(width > 1 ? x / (width - 1) : 0, height > 1 ? y / (height - 1) : 0)
      between(from, x + dx * width, y + dy * height, pixels, (y * width + x) * 3)
    }
  return { width, height, pixels }
}

/** The colour between pixels, by shares; beyond the border it is the border's. */
function between({ width, height, pixels }: Raster, x: number, y: number, out: Uint8Array, at: number): void {
  const [fx, fy] = [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))]
  const [x0, y0] = [Math.floor(fx), Math.floor(fy)]
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)]
  const [u, v] = [fx - x0, fy - y0]
  for (let c = 0; c < 3; c++) {
    const top = pixels[(y0 * width + x0) * 3 + c]! * (1 - u) + pixels[(y0 * width + x1) * 3 + c]! * u
    const low = pixels[(y1 * width + x0) * 3 + c]! * (1 - u) + pixels[(y1 * width + x1) * 3 + c]! * u
    out[at + c] = level(top * (1 - v) + low * v)
  }
}
