import type { Random } from '../random.ts'
import type { Sticker } from './paint.ts'
import { blank, type Raster } from './raster.ts'

/** What stickers may show: a checkerboard, one colour, a drawing, or random squares. */
export const stickerPatterns = [
  'checker',
  'yellow',
  'white',
  'red',
  'green',
  'blue',
  'black',
  'flower',
  'smiley',
  'noise',
] as const
export type StickerPattern = (typeof stickerPatterns)[number]

type Colour = readonly [number, number, number]
const flat: Readonly<Partial<Record<StickerPattern, Colour>>> = {
  yellow: [245, 205, 35],
  white: [245, 245, 245],
  red: [210, 35, 40],
  green: [40, 160, 70],
  blue: [40, 80, 200],
  black: [20, 20, 20],
}

/** Cells along a side of the checkerboard and of random squares: as in the published 3×3 triggers. */
const cells = 3
const drawn = 36

/** A sticker of that pattern; chance decides the squares of `noise` alone. */
export function stickerOf(pattern: StickerPattern, random: Random): Sticker {
  const colour = flat[pattern]
  if (colour) return blank(cells, cells, colour)
  if (pattern === 'checker') return squares(i => (i % 2 === 0 ? [255, 255, 255] : [0, 0, 0]))
  if (pattern === 'noise') return squares(() => [random() * 256, random() * 256, random() * 256])
  return drawing(pattern === 'flower' ? flower : smiley)
}

function squares(colour: (i: number) => Colour): Raster {
  const raster = blank(cells, cells)
  for (let i = 0; i < cells * cells; i++) raster.pixels.set(colour(i), i * 3)
  return raster
}

/** Draws by asking for the colour at each point, from -1 to 1 both ways; null leaves the picture below bare. */
function drawing(colour: (x: number, y: number) => Colour | null): Sticker {
  const raster = blank(drawn, drawn)
  const cover = new Float64Array(drawn * drawn)
  for (let i = 0; i < drawn * drawn; i++) {
    const found = colour((((i % drawn) + 0.5) / drawn) * 2 - 1, ((Math.floor(i / drawn) + 0.5) / drawn) * 2 - 1)
    if (!found) continue
    raster.pixels.set(found, i * 3)
    cover[i] = 1
  }
  return { ...raster, cover }
}

/** Six petals around a middle. */
function flower(x: number, y: number): Colour | null {
  const far = Math.hypot(x, y)
  if (far < 0.28) return [245, 200, 40]
  const petal = 0.62 + 0.36 * Math.cos(6 * Math.atan2(y, x))
  if (far > petal) return null
  return far > petal - 0.12 ? [150, 40, 110] : [225, 90, 170]
}

/** A face: two eyes and half a circle of mouth. */
function smiley(x: number, y: number): Colour | null {
  const far = Math.hypot(x, y)
  if (far > 0.97) return null
  const eye = Math.hypot(Math.abs(x) - 0.35, y + 0.3) < 0.15
  const mouth = Math.abs(Math.hypot(x, y - 0.05) - 0.52) < 0.09 && y > 0.2
  return eye || mouth || far > 0.86 ? [40, 30, 10] : [250, 215, 50]
}
