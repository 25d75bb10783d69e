import { cosineTransform } from '../../core/index.ts'

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

const [whole, half] = [cosineTransform(side), cosineTransform(colourSide)]

function write({ light, blue, red }: Planes, out: Float64Array): void {
  whole(light, out)
  half(blue, out, points)
  half(red, out, points + colourPoints)
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
const columnSums = new Float64Array(side)
const columnSquares = new Float64Array(side)
const levelled = new Float64Array(points)
const counts = new Map([side, colourSide].map(width => [width, windows(width)]))

/** How many neighbours each place along a side has. */
function windows(width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, x) => Math.min(width - 1, x + reach) - Math.max(0, x - reach) + 1)
}

/** Adds a row to the sums of each column, or takes it away. */
function addRow(plane: Float64Array, row: number, width: number, sign: 1 | -1): void {
  for (let x = 0, at = row * width; x < width; x++, at++) {
    const value = plane[at]!
    columnSums[x]! += sign * value
    columnSquares[x]! += sign * value * value
  }
}

/** Each pixel less the mean of its neighbourhood of five by five, over its contrast, by sums that run along. */
function level(plane: Float64Array, width: number): void {
  columnSums.fill(0, 0, width)
  columnSquares.fill(0, 0, width)
  for (let y = 0; y < reach; y++) addRow(plane, y, width, 1)
  const count = counts.get(width)!
  for (let y = 0; y < width; y++) {
    if (y + reach < width) addRow(plane, y + reach, width, 1)
    if (y > reach) addRow(plane, y - reach - 1, width, -1)
    levelRow(plane, y, width, count)
  }
  plane.set(levelled.subarray(0, width * width))
}

function levelRow(plane: Float64Array, y: number, width: number, count: Float64Array): void {
  let sum = columnSums[0]! + columnSums[1]!
  let square = columnSquares[0]! + columnSquares[1]!
  for (let x = 0, at = y * width; x < width; x++, at++) {
    if (x + reach < width) {
      sum += columnSums[x + reach]!
      square += columnSquares[x + reach]!
    }
    if (x > reach) {
      sum -= columnSums[x - reach - 1]!
      square -= columnSquares[x - reach - 1]!
    }
    const all = count[x]! * count[y]!
    const mean = sum / all
    const variance = square / all - mean * mean
    levelled[at] = (plane[at]! - mean) / ((variance > 0 ? Math.sqrt(variance) : 0) + floor)
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
