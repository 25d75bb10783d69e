import { type Raster, resized } from './raster.ts'

/** Planes of a picture at working size: lightness, and two colour differences that do not change with the light. */
export interface PatchField {
  readonly width: number
  readonly height: number
  /** Sums over the rectangle from the top left, one plane after the other: `(width + 1) * (height + 1)` each. */
  readonly sums: readonly [Float64Array, Float64Array, Float64Array]
  /** The same of the squares of all three, which tells how even a rectangle is. */
  readonly squares: Float64Array
}

/** Root of the area that larger pictures are shrunk to: a sticker of 1 % is then six pixels wide. */
const largest = 64
/** Smaller pictures grow to this, so that a sticker of 1 % is still three pixels wide. */
const smallest = 32
/** Slimmer pictures have no room for a patch and its surroundings. */
const leastSide = 12
/** Keeps colour differences of dark pixels from being noise. */
const darkness = 32

/** The planes of a picture, or null where it is too small or too slim. */
export function patchFieldOf(picture: Raster): PatchField | null {
  const { width, height } = picture
  const root = Math.sqrt(width * height)
  const scale = root > largest ? largest / root : root < smallest ? smallest / root : 1
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
  if (Math.min(w, h) < leastSide || Math.min(width, height) < 8) return null
  return planes(scale < 1 ? shrunk(picture, w, h) : resized(picture, w, h))
}

/** Means of whole pixels: three times as fast as exact shares of areas, and patches do not need those. */
function shrunk({ width, height, pixels }: Raster, w: number, h: number): Raster {
  const out = new Uint8Array(w * h * 3)
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor((x * w) / width) * 3)
  const sums = new Int32Array(w * 3)
  const across = new Int32Array(w * 3)
  for (const column of columns) for (let c = 0; c < 3; c++) across[column + c]!++
  let rows = 0
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 3) {
      const at = columns[x]!
      sums[at]! += pixels[p]!
      sums[at + 1]! += pixels[p + 1]!
      sums[at + 2]! += pixels[p + 2]!
    }
    rows++
    const target = Math.floor((y * h) / height)
    if (y + 1 < height && Math.floor(((y + 1) * h) / height) === target) continue
    for (let k = 0; k < sums.length; k++) out[target * w * 3 + k] = sums[k]! / (across[k]! * rows) + 0.5
    sums.fill(0)
    rows = 0
  }
  return { width: w, height: h, pixels: out }
}

function planes({ width, height, pixels }: Raster): PatchField {
  const line = width + 1
  const make = () => new Float64Array(line * (height + 1))
  const [lights, reds, blues, squares] = [make(), make(), make(), make()]
  for (let y = 0, p = 0; y < height; y++) {
    let l = 0
    let a = 0
    let b = 0
    let q = 0
    for (let x = 0, at = (y + 1) * line + 1; x < width; x++, p += 3, at++) {
      const red = pixels[p]!
      const green = pixels[p + 1]!
      const blue = pixels[p + 2]!
      const light = (red + 2 * green + blue) / 4
      const first = (128 * (red - green)) / (light + darkness)
      const second = (128 * ((red + green) / 2 - blue)) / (light + darkness)
      l += light
      a += first
      b += second
      q += light * light + first * first + second * second
      lights[at] = lights[at - line]! + l
      reds[at] = reds[at - line]! + a
      blues[at] = blues[at - line]! + b
      squares[at] = squares[at - line]! + q
    }
  }
  return { width, height, sums: [lights, reds, blues], squares }
}

/** Mean over the pixels of a square. */
export const meanOf = (sums: Float64Array, line: number, x: number, y: number, side: number): number => {
  const top = y * line + x
  const low = top + side * line
  return (sums[low + side]! - sums[low]! - sums[top + side]! + sums[top]!) / (side * side)
}

/** The mean over a square whose edges may lie between pixels. */
export function meanWithin(sums: Float64Array, line: number, x: number, y: number, side: number): number {
  const sum =
    sumTo(sums, line, x + side, y + side) -
    sumTo(sums, line, x, y + side) -
    sumTo(sums, line, x + side, y) +
    sumTo(sums, line, x, y)
  return sum / (side * side)
}

function sumTo(sums: Float64Array, line: number, x: number, y: number): number {
  const x0 = Math.min(Math.floor(x), line - 2)
  const y0 = Math.min(Math.floor(y), sums.length / line - 2)
  const u = x - x0
  const v = y - y0
  const at = y0 * line + x0
  return (
    (1 - v) * ((1 - u) * sums[at]! + u * sums[at + 1]!) + v * ((1 - u) * sums[at + line]! + u * sums[at + line + 1]!)
  )
}
