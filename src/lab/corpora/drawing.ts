import { blank, normal, type Random, type Raster, seeded } from '../../core/index.ts'

/** Red, green and blue from 0 to 255; beyond is cut off when a picture is finished. */
export type Colour = readonly [number, number, number]

/** How far a point lies outside a figure; negative inside. Figures live in a square from -1 to 1. */
export type Shape = (x: number, y: number) => number

/** Many times faster than Math.hypot, whose care for overflow nobody needs here. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y)

export const disc =
  (radius: number): Shape =>
  (x, y) =>
    length(x, y) - radius

export const box =
  (width: number, height: number): Shape =>
  (x, y) =>
    Math.max(Math.abs(x) - width, Math.abs(y) - height)

/** A regular polygon by the distance of its sides from the middle. */
export function polygon(sides: number, inner: number, turn = 0): Shape {
  const normals = Array.from({ length: sides }, (_, k) => turn + (2 * Math.PI * k) / sides)
  const [cos, sin] = [normals.map(Math.cos), normals.map(Math.sin)]
  return (x, y) => {
    let far = -inner
    for (let k = 0; k < sides; k++) far = Math.max(far, x * cos[k]! + y * sin[k]! - inner)
    return far
  }
}

export const star =
  (points: number, outer: number, depth: number): Shape =>
  (x, y) =>
    length(x, y) - outer * (1 - depth * (0.5 + 0.5 * Math.cos(points * Math.atan2(x, y) + Math.PI)))

export const hollow =
  (shape: Shape, width: number): Shape =>
  (x, y) =>
    Math.abs(shape(x, y)) - width / 2

export const moved =
  (shape: Shape, dx: number, dy: number, scale = 1): Shape =>
  (x, y) =>
    shape((x - dx) / scale, (y - dy) / scale) * scale

/** A line through points, with round ends. */
export function stroke(points: readonly (readonly [number, number])[], width: number): Shape {
  return (x, y) => {
    let near = Infinity
    for (let k = 1; k < points.length; k++) near = Math.min(near, fromLine(x, y, points[k - 1]!, points[k]!))
    return near - width / 2
  }
}

function fromLine(
  x: number,
  y: number,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
  return length(x - ax - along * dx, y - ay - along * dy)
}

/** Several figures as one. */
export const together =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) => {
    let near = Infinity
    for (const shape of shapes) near = Math.min(near, shape(x, y))
    return near
  }

/** How much of a pixel of that width a figure covers. */
export const coverOf = (distance: number, pixel: number): number => Math.min(1, Math.max(0, 0.5 - distance / pixel))

const cells = 16

/** Smooth noise of several sizes, as in clouds, leaves and walls: about -1 to 1 at each pixel of a view. */
export type Clouds = (left: number, top: number, pixel: number, width: number, height: number) => Float64Array

/** @param octaves how many cells of each size go into one unit of length */
export function clouds(random: Random, octaves: readonly number[]): Clouds {
  const grid = Float64Array.from({ length: cells * cells }, () => 2 * random() - 1)
  const total = octaves.reduce((sum, _, k) => sum + 0.6 ** k, 0)
  return (left, top, pixel, width, height) => {
    const plane = new Float64Array(width * height)
    octaves.forEach((size, k) => {
      addOctave(
        plane,
        width,
        grid,
        { left: (left + 7) * size, top: (top + 7) * size, pixel: pixel * size },
        0.6 ** k / total,
      )
    })
    return plane
  }
}

interface GridView {
  readonly left: number
  readonly top: number
  readonly pixel: number
}

function addOctave(plane: Float64Array, width: number, grid: Float64Array, view: GridView, weight: number): void {
  const line = new Float64Array(cells)
  for (let at = 0, y = view.top; at < plane.length; at += width, y += view.pixel) {
    const above = (Math.floor(y) & (cells - 1)) * cells
    const below = ((Math.floor(y) + 1) & (cells - 1)) * cells
    const v = ease(y - Math.floor(y))
    for (let k = 0; k < cells; k++) line[k] = weight * (grid[above + k]! * (1 - v) + grid[below + k]! * v)
    for (let i = 0, x = view.left; i < width; i++, x += view.pixel) {
      const cell = Math.floor(x)
      const u = ease(x - cell)
      plane[at + i]! += line[cell & (cells - 1)]! * (1 - u) + line[(cell + 1) & (cells - 1)]! * u
    }
  }
}

const ease = (t: number): number => t * t * (3 - 2 * t)

/** A picture while it is made: RGB as numbers, not yet cut to bytes. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly light: Float64Array
}

export const canvas = (width: number, height: number): Canvas => ({
  width,
  height,
  light: new Float64Array(width * height * 3),
})

/** Softens a picture: a share of each pixel's neighbours, along both sides, so many times. */
export function soften({ width, height, light }: Canvas, times: number): void {
  for (let n = 0; n < times; n++) {
    blurLines(light, width * 3, height, 3)
    blurLines(light, width * 3, height, width * 3)
  }
}

/** One part before, two parts here, one part after, `step` values apart; borders stay. */
function blurLines(light: Float64Array, line: number, height: number, step: number): void {
  const was = light.slice()
  const [left, top] = step === 3 ? [3, 0] : [0, 1]
  for (let y = top; y < height - top; y++)
    for (let i = y * line + left; i < (y + 1) * line - left; i++)
      light[i] = (was[i - step]! + 2 * was[i]! + was[i + step]!) / 4
}

const grains = 65_536
let grain: Float64Array | undefined

/** Takes the photograph: brightness, colour of the light, and noise of the sensor. */
export function developed({ width, height, light }: Canvas, tint: Colour, noise: number, random: Random): Raster {
  const raster = blank(width, height)
  // Drawing a normal number for each sample would take most of the time; lines of one long drawing look no different.
  grain ??= normals(grains)
  for (let y = 0, i = 0; y < height; y++) {
    let at = Math.floor(random() * grains)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, i++, at = (at + 1) & (grains - 1)) {
        const value = light[i]! * tint[c]! + noise * grain[at]!
        raster.pixels[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5
      }
  }
  return raster
}

function normals(count: number): Float64Array {
  const random = seeded(99)
  return Float64Array.from({ length: count }, () => normal(random))
}

/** A colour somewhere near another. */
export const near = ([r, g, b]: Colour, spread: number, random: Random): Colour => {
  const any = () => spread * (2 * random() - 1)
  return [r + any(), g + any(), b + any()]
}
