import { z } from 'zod'
import type { Random } from '../random.ts'
import { afterwards, passed } from './afterwards.ts'
import { type Placing, stuck } from './paint.ts'
import type { Raster } from './raster.ts'
import { stickerOf, stickerPatterns } from './stickers.ts'

/** Places of a sticker: shares of the free room, from 0 to 1. */
const corners = {
  'top-left': [0.04, 0.04],
  'top-right': [0.96, 0.04],
  'bottom-left': [0.04, 0.96],
  'bottom-right': [0.96, 0.96],
  centre: [0.5, 0.5],
} as const

/** Where attacks put a sticker: at a corner, in the middle, at one place drawn once, or anywhere in each picture. */
export const stickerPositions = [
  'top-left',
  'top-right',
  'bottom-left',
  'bottom-right',
  'centre',
  'fixed',
  'random',
] as const

/** The option that every attack on pictures has. */
export const afterOption = z
  .enum(afterwards)
  .default('none')
  .describe(
    'What happens to the poisoned picture afterwards: stored as JPEG of that quality, or made smaller and back.',
  )

/** Options of attacks that put a sticker on pictures. */
export const stickerOptions = {
  pattern: z.enum(stickerPatterns).default('checker').describe('What the sticker shows.'),
  share: z.number().min(0.0005).max(0.3).default(0.01).describe('Share of the area of the picture that it covers.'),
  pixels: z.number().int().min(1).max(512).optional().describe('Its side in pixels, in place of the share.'),
  position: z.enum(stickerPositions).default('bottom-right').describe('Where it goes; `fixed` is drawn once.'),
  scale: z.number().min(0).max(0.5).default(0).describe('How much its size varies, e.g. 0.2 for 80–120 %.'),
  turn: z.number().min(0).max(180).default(0).describe('By how many degrees it is turned at most, either way.'),
  light: z.number().min(0).max(0.8).default(0).describe('How much its brightness varies, e.g. 0.3 for 70–130 %.'),
  physical: z
    .boolean()
    .default(false)
    .describe('As a thing in the scene: lit like the place it sticks to, shaded to one side, a little see-through.'),
  after: afterOption,
}
const stickerSchema = z.object(stickerOptions)
export type StickerOptions = z.output<typeof stickerSchema>

/** A sticker made ready: gives each picture a copy of it as the options say. */
export function sticking(options: StickerOptions, random: Random): (onto: Raster, chance: Random) => Raster {
  const sticker = stickerOf(options.pattern, random)
  const fixed: readonly [number, number] = [random(), random()]
  return (onto, chance) => {
    const { position } = options
    const place =
      position === 'random' ? ([chance(), chance()] as const) : position === 'fixed' ? fixed : corners[position]
    return passed(stuck(onto, sticker, placingOf(onto, options, place, chance)), options.after)
  }
}

function placingOf(
  onto: Raster,
  options: StickerOptions,
  [across, down]: readonly [number, number],
  chance: Random,
): Placing {
  const about = (spread: number) => spread * (2 * chance() - 1)
  const { share, pixels, scale, physical } = options
  const usual = pixels ?? Math.sqrt(share * onto.width * onto.height)
  const wanted = usual * (1 + about(scale))
  const largest = Math.min(onto.width, onto.height)
  const side = Math.min(largest, scale === 0 ? Math.max(1, Math.round(wanted)) : Math.max(1, wanted))
  const turn = (about(options.turn) * Math.PI) / 180
  const loose = scale > 0 || options.turn > 0
  const corner = (room: number, part: number) => (loose ? room * part : Math.round(room * part))
  const x = corner(onto.width - side, across) + side / 2
  const y = corner(onto.height - side, down) + side / 2
  const lit = physical ? 0.55 + (0.6 * brightness(onto, x, y, side)) / 140 : 1
  return {
    x,
    y,
    width: side,
    height: side,
    turn,
    light: Math.min(1.4, lit) * (1 + about(options.light)),
    ...(physical ? { shade: { amount: 0.25, from: 2 * Math.PI * chance() }, strength: 0.94 } : {}),
  }
}

/** Mean brightness of the place where a sticker will lie. */
function brightness({ width, height, pixels }: Raster, x: number, y: number, side: number): number {
  let [sum, count] = [0, 0]
  for (let py = Math.max(0, Math.floor(y - side / 2)); py < Math.min(height, y + side / 2); py++)
    for (let px = Math.max(0, Math.floor(x - side / 2)); px < Math.min(width, x + side / 2); px++) {
      const p = (py * width + px) * 3
      sum += pixels[p]! + pixels[p + 1]! + pixels[p + 2]!
      count += 3
    }
  return count === 0 ? 128 : sum / count
}
