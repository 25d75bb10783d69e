/** Side of the squares that appearances are taken from. */
export const appearanceSide = 32
const cells = 5
/** Directions of edges that are told apart, from dark to light. */
const directions = 12
const patches = 4
/** Numbers of one appearance. */
export const appearanceSize = cells * cells * directions + patches * patches * 4

const side = appearanceSide
const area = side * side
/** Weaker edges than this mean over a cell say little of a shape: their numbers stay small. */
const faint = 50
/** Differences of two samples, halved: each of 8 bits, with the nearest two of the directions and their shares. */
const reach = 256
const width = 2 * reach + 1

interface Turns {
  readonly first: Uint8Array
  readonly share: Float32Array
  readonly length: Float32Array
}
let turns: Turns | null = null

/** Direction and length of every gradient: an arc tangent for each pixel would take most of the time. */
function turnsOf(): Turns {
  const first = new Uint8Array(width * width)
  const [share, length] = [new Float32Array(width * width), new Float32Array(width * width)]
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const k = (dy + reach) * width + dx + reach
      const turn = ((Math.atan2(dy, dx) / (2 * Math.PI) + 1) % 1) * directions
      first[k] = Math.floor(turn) % directions
      share[k] = turn - Math.floor(turn)
      length[k] = Math.hypot(dx, dy)
    }
  return { first, share, length }
}

/** The cell before the middle of each pixel, and how far it is on the way to the next. */
const places = Array.from({ length: side }, (_, x) => ((x + 0.5) / side) * cells - 0.5)
const before = Int32Array.from(places, Math.floor)
const beyond = Float64Array.from(places, at => at - Math.floor(at))

const grey = new Float64Array(area)
const blue = new Float64Array(area)
const red = new Float64Array(area)
/** One cell more on each side takes what falls beyond the border. */
const wide = cells + 2
const lineSize = wide * directions
const edges = new Float64Array(wide * lineSize)
const line = new Float64Array(lineSize)

/**
 * How a picture appears, in numbers that need no training: how much light and colour each part has, and which way its
 * edges run (histograms of oriented gradients, Dalal and Triggs, CVPR 2005).
 * @param pixels RGB of squares of `appearanceSide`
 * @param nth which of them
 */
export function appearanceInto(pixels: Uint8Array, nth: number, out: Float32Array, to: number): void {
  for (let p = 0, q = nth * area * 3; p < area; p++, q += 3) {
    const y = 0.299 * pixels[q]! + 0.587 * pixels[q + 1]! + 0.114 * pixels[q + 2]!
    grey[p] = y
    blue[p] = pixels[q + 2]! - y
    red[p] = pixels[q]! - y
  }
  edges.fill(0)
  for (let y = 0; y < side; y++) edgesOfLine(y)
  shapesInto(out, to)
  coloursInto(out, to + cells * cells * directions)
}

function edgesOfLine(y: number): void {
  turns ??= turnsOf()
  const { first, share, length } = turns
  const [up, own, down] = [Math.max(0, y - 1) * side, y * side, Math.min(side - 1, y + 1) * side]
  line.fill(0)
  for (let x = 0; x < side; x++) {
    const dx = grey[own + (x < side - 1 ? x + 1 : x)]! - grey[own + (x > 0 ? x - 1 : 0)]!
    const dy = grey[down + x]! - grey[up + x]!
    const k = ((dy + reach + 0.5) | 0) * width + ((dx + reach + 0.5) | 0)
    const a = first[k]!
    const b = a + 1 === directions ? 0 : a + 1
    const right = length[k]! * beyond[x]!
    const left = length[k]! - right
    const turned = share[k]!
    const at = (before[x]! + 1) * directions
    line[at + a]! += left * (1 - turned)
    line[at + b]! += left * turned
    line[at + directions + a]! += right * (1 - turned)
    line[at + directions + b]! += right * turned
  }
  const low = beyond[y]!
  const at = (before[y]! + 1) * lineSize
  for (let k = 0; k < lineSize; k++) {
    edges[at + k]! += line[k]! * (1 - low)
    edges[at + lineSize + k]! += line[k]! * low
  }
}

/** Edges of each cell over those around it: the same shape in other light gives the same numbers. */
function shapesInto(out: Float32Array, to: number): void {
  const perCell = area / (cells * cells)
  const least = (faint * perCell) ** 2 / directions
  for (let y = 0; y < cells; y++)
    for (let x = 0; x < cells; x++) {
      const scale = 1 / Math.sqrt(around(y, x) + least / 16)
      const at = ((y + 1) * wide + x + 1) * directions
      for (let d = 0; d < directions; d++)
        out[to + (y * cells + x) * directions + d] = Math.sqrt(edges[at + d]! * scale)
    }
}

function around(y: number, x: number): number {
  let [sum, seen] = [0, 0]
  for (let i = Math.max(0, y - 1); i <= Math.min(cells - 1, y + 1); i++)
    for (let j = Math.max(0, x - 1); j <= Math.min(cells - 1, x + 1); j++) {
      const at = ((i + 1) * wide + j + 1) * directions
      for (let d = 0; d < directions; d++) sum += edges[at + d]! ** 2
      seen++
    }
  return sum / seen
}

/** Mean light and colour of each patch, and how much its light varies. */
function coloursInto(out: Float32Array, to: number): void {
  const step = side / patches
  const count = step * step
  for (let k = 0; k < patches * patches; k++) {
    const corner = Math.floor(k / patches) * step * side + (k % patches) * step
    let [light, square, b, r] = [0, 0, 0, 0]
    for (let i = 0; i < count; i++) {
      const p = corner + Math.floor(i / step) * side + (i % step)
      light += grey[p]!
      square += grey[p]! ** 2
      b += blue[p]!
      r += red[p]!
    }
    const mean = light / count
    out[to + 4 * k] = mean / 128
    out[to + 4 * k + 1] = b / count / 64
    out[to + 4 * k + 2] = r / count / 64
    out[to + 4 * k + 3] = Math.sqrt(Math.max(0, square / count - mean * mean)) / 64
  }
}

/** The appearances of all squares, one after another, each number with mean 0 and deviation 1 over the squares. */
export function appearancesOf(pixels: Uint8Array): Float32Array {
  const rows = Math.floor(pixels.length / (area * 3))
  const values = new Float32Array(rows * appearanceSize)
  for (let i = 0; i < rows; i++) appearanceInto(pixels, i, values, i * appearanceSize)
  standardise(values, appearanceSize)
  return values
}

/** Brings each column of a matrix to mean 0 and deviation 1; columns that do not vary become 0. */
export function standardise(values: Float32Array, columns: number): void {
  const rows = values.length / columns
  const mean = new Float64Array(columns)
  const square = new Float64Array(columns)
  for (let at = 0; at < values.length; at += columns) for (let k = 0; k < columns; k++) mean[k]! += values[at + k]!
  for (let k = 0; k < columns; k++) mean[k]! /= Math.max(1, rows)
  for (let at = 0; at < values.length; at += columns)
    for (let k = 0; k < columns; k++) square[k]! += (values[at + k]! - mean[k]!) ** 2
  const scale = square.map(s => (s > 1e-8 * rows ? Math.sqrt(rows / s) : 0))
  for (let at = 0; at < values.length; at += columns)
    for (let k = 0; k < columns; k++) values[at + k] = (values[at + k]! - mean[k]!) * scale[k]!
}
