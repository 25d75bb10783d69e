import { type Raster, resized } from './raster.ts'

/** A picture at working size as sums over rectangles of its lightness and of two colour differences free of the light. */
export interface PatchField {
  readonly width: number
  readonly height: number
  /**
   * Sums over the rectangle from the top left, `(width + 1) * (height + 1)` places of four numbers: lightness, the two
   * colour differences, and the squares of all three, which tell how even a rectangle is.
   */
  readonly sums: Int32Array
}

/** Root of the area that pictures are shrunk to, small and large ones: a sticker of 1 % is then five or six pixels wide. */
const largest = 48
const largestOfLarge = 64
/** Root of the area from which a picture is large. */
const large = 128
/** Smaller pictures grow to this, so that a sticker of 1 % is still three pixels wide. */
const smallest = 32
/** Slimmer pictures have no room for a patch and its surroundings. */
const leastSide = 12
/** Keeps colour differences of dark pixels from being noise. */
const darkness = 32
/** Numbers of a place in the sums. */
export const fieldNumbers = 4

/** The sums of a picture, or null where it is too small or too slim. */
export function patchFieldOf(picture: Raster): PatchField | null {
  const { width, height } = picture
  const root = Math.sqrt(width * height)
  const most = root < large ? largest : largestOfLarge
  const scale = root > most ? most / root : root < smallest ? smallest / root : 1
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
  if (Math.min(w, h) < leastSide || Math.min(width, height) < 8) return null
  return summed(scale < 1 ? shrunk(picture, w, h) : resized(picture, w, h))
}

/** Means of whole pixels: three times as fast as exact shares of areas, and patches do not need those. */
function shrunk({ width, height, pixels }: Raster, w: number, h: number): Raster {
  const out = new Uint8Array(w * h * 3)
  const ends = Int32Array.from({ length: w }, (_, x) => Math.ceil(((x + 1) * width) / w))
  const sums = new Int32Array(w * 3)
  for (let v = 0, y = 0; v < h; v++) {
    const below = Math.ceil(((v + 1) * height) / h)
    const rows = below - y
    sums.fill(0)
    for (; y < below; y++) addRow(pixels, y * width * 3, ends, sums)
    for (let u = 0, from = 0; u < w; u++) {
      const area = rows * (ends[u]! - from)
      from = ends[u]!
      for (let c = 0; c < 3; c++) out[(v * w + u) * 3 + c] = sums[u * 3 + c]! / area + 0.5
    }
  }
  return { width: w, height: h, pixels: out }
}

function addRow(pixels: Uint8Array, start: number, ends: Int32Array, sums: Int32Array): void {
  let p = start
  for (let u = 0, x = 0; u < ends.length; u++) {
    let r = 0
    let g = 0
    let b = 0
    for (const end = ends[u]!; x < end; x++, p += 3) {
      r += pixels[p]!
      g += pixels[p + 1]!
      b += pixels[p + 2]!
    }
    sums[u * 3]! += r
    sums[u * 3 + 1]! += g
    sums[u * 3 + 2]! += b
  }
}

/** What a colour difference is multiplied with, by the sum of the picture's samples (red, green twice, blue). */
const lit = Float32Array.from({ length: 1021 }, (_, sum) => 128 / (sum / 4 + darkness))

function summed({ width, height, pixels }: Raster): PatchField {
  const line = (width + 1) * fieldNumbers
  const sums = new Int32Array(line * (height + 1))
  for (let y = 0, p = 0; y < height; y++) {
    let l = 0
    let a = 0
    let b = 0
    let q = 0
    for (let x = 0, at = (y + 1) * line + fieldNumbers; x < width; x++, p += 3, at += fieldNumbers) {
      const red = pixels[p]!
      const green = pixels[p + 1]!
      const blue = pixels[p + 2]!
      const sum = red + 2 * green + blue
      const light = (sum + 2) >> 2
      const first = Math.round((red - green) * lit[sum]!)
      const second = Math.round(((red + green) / 2 - blue) * lit[sum]!)
      l += light
      a += first
      b += second
      q += light * light + first * first + second * second
      sums[at] = sums[at - line]! + l
      sums[at + 1] = sums[at - line + 1]! + a
      sums[at + 2] = sums[at - line + 2]! + b
      sums[at + 3] = sums[at - line + 3]! + q
    }
  }
  return { width, height, sums }
}
