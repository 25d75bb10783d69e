import { transformed } from './cosines.ts'

/** Side of the squares that are compared, and of their colour planes: files halve colours, so more would be empty. */
export const side = 32
const colourSide = side / 2
const points = side * side
const colourPoints = colourSide * colourSide

/** Numbers of one picture in a view. */
export const columns = points + 2 * colourPoints

/** Brightness and two colour differences of one small square. */
interface Planes {
  readonly light: Float64Array
  readonly blue: Float64Array
  readonly red: Float64Array
}

const planes: Planes = {
  light: new Float64Array(points),
  blue: new Float64Array(colourPoints),
  red: new Float64Array(colourPoints),
}

function split(pixels: Uint8Array, start: number): Planes {
  const { light, blue, red } = planes
  blue.fill(0)
  red.fill(0)
  for (let p = 0, at = start; p < points; p++, at += 3) {
    const [r, g, b] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
    light[p] = 0.299 * r + 0.587 * g + 0.114 * b
    const small = ((p >> 6) << 4) + ((p & 31) >> 1)
    blue[small]! += (0.5 * b - 0.169 * r - 0.331 * g) / 4
    red[small]! += (0.5 * r - 0.419 * g - 0.081 * b) / 4
  }
  return planes
}

/** What a picture is turned into before it is compared. */
export interface View {
  readonly id: 'plain' | 'even'
  /** Least spread of a number in the corpus that is not rounding noise. */
  readonly least: number
  /** Numbers beyond so many spreads count as that many: one loud number must not decide. */
  readonly clip: number
  /** Writes the numbers of the picture that begins at `start`. */
  write(pixels: Uint8Array, start: number, out: Float64Array): void
}

function write({ light, blue, red }: Planes, out: Float64Array): void {
  transformed(light, side, out, 0)
  transformed(blue, colourSide, out, points)
  transformed(red, colourSide, out, points + colourPoints)
}

/** As it is: local marks of strong contrast stand out. */
export const plain: View = {
  id: 'plain',
  least: 1,
  clip: 8,
  write: (pixels, start, out) => write(split(pixels, start), out),
}

/** With the contrast of each neighbourhood brought to the same level: what is faint everywhere stands out. */
export const even: View = {
  id: 'even',
  least: 0.05,
  clip: 3,
  write(pixels, start, out) {
    const { light, blue, red } = split(pixels, start)
    level(light, side)
    level(blue, colourSide)
    level(red, colourSide)
    write(planes, out)
  },
}

const reach = 2
/** Contrast below this is noise of the camera or the file. */
const floor = 3
const means = new Float64Array(points)
const squares = new Float64Array(points)
const across = new Float64Array(points)
const counts = new Map([side, colourSide].map(width => [width, windows(width)]))

/** How many neighbours each place along a side has. */
function windows(width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, x) => Math.min(width - 1, x + reach) - Math.max(0, x - reach) + 1)
}

/** Mean of each neighbourhood of five by five, by sums that run along. */
function smooth(plane: Float64Array, width: number, out: Float64Array): void {
  const count = counts.get(width)!
  for (let y = 0; y < width; y++) {
    const line = y * width
    let sum = plane[line]! + plane[line + 1]!
    for (let x = 0; x < width; x++) {
      if (x + reach < width) sum += plane[line + x + reach]!
      if (x > reach) sum -= plane[line + x - reach - 1]!
      across[line + x] = sum / count[x]!
    }
  }
  for (let x = 0; x < width; x++) {
    let sum = across[x]! + across[width + x]!
    for (let y = 0; y < width; y++) {
      if (y + reach < width) sum += across[(y + reach) * width + x]!
      if (y > reach) sum -= across[(y - reach - 1) * width + x]!
      out[y * width + x] = sum / count[y]!
    }
  }
}

/** Each pixel less the mean of its neighbourhood, over its contrast. */
function level(plane: Float64Array, width: number): void {
  const total = width * width
  smooth(plane, width, means)
  for (let p = 0; p < total; p++) squares[p] = plane[p]! * plane[p]!
  smooth(squares, width, squares)
  for (let p = 0; p < total; p++) {
    const spread = Math.sqrt(Math.max(0, squares[p]! - means[p]! * means[p]!))
    plane[p] = (plane[p]! - means[p]!) / (spread + floor)
  }
}

/** Numbers of the coarse look of a picture. */
export const lookColumns = 96
const lookSide = 8

/** How a picture looks from afar: brightness in eight by eight fields and colours in four by four, less their means. */
export function writeLook(pixels: Uint8Array, start: number, out: Float64Array): void {
  const { light, blue, red } = split(pixels, start)
  out.fill(0)
  const colourFields = lookSide / 2
  for (let p = 0; p < points; p++) out[((p >> 7) << 3) + ((p & 31) >> 2)]! += light[p]! / 16
  for (let p = 0; p < colourPoints; p++) {
    const field = 64 + (p >> 6) * colourFields + ((p & 15) >> 2)
    out[field]! += blue[p]! / 16
    out[field + 16]! += red[p]! / 16
  }
  let mean = 0
  for (let k = 0; k < 64; k++) mean += out[k]! / 64
  for (let k = 0; k < 64; k++) out[k]! -= mean
}
