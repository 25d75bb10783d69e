import { describe, expect, it } from 'vitest'
import { canLookAtPictures } from '../../sources/index.ts'
import { seeded } from '../random.ts'
import { jpegLoss } from './jpeg-loss.ts'
import { blank, type Raster } from './raster.ts'

const decodes = await canLookAtPictures()

/** Smooth shading, an edge, and some noise. */
function scene(width: number, height: number, seed: number): Raster {
  const random = seeded(seed)
  const raster = blank(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const p = (y * width + x) * 3
      const edge = x + y > (width + height) / 2 ? 90 : 0
      for (let c = 0; c < 3; c++)
        raster.pixels[p + c] =
          40 + edge * (c === 1 ? 0.3 : 1) + (60 * x) / width + 30 * Math.sin(y / 5 + c) + 30 * random()
    }
  return raster
}

const apart = (a: Raster, b: Raster): number =>
  a.pixels.reduce((sum, value, i) => sum + Math.abs(value - b.pixels[i]!), 0) / a.pixels.length

describe('the loss of JPEG', () => {
  it.skipIf(!decodes)('is that of a real encoder', async () => {
    const sharp = (await import('sharp')).default
    for (const [width, height, quality] of [
      [32, 32, 90],
      [32, 32, 75],
      [47, 61, 90],
      [47, 61, 75],
      [96, 33, 40],
    ] as const) {
      const original = scene(width, height, width + quality)
      const file = await sharp(original.pixels, { raw: { width, height, channels: 3 } })
        .jpeg({ quality })
        .toBuffer()
      const pixels = new Uint8Array(await sharp(file).raw().toBuffer())
      const real = { width, height, pixels }
      const ours = jpegLoss(original, quality)
      expect(apart(ours, real), `${width}x${height} at ${quality}`).toBeLessThan(1)
      expect(apart(original, real)).toBeGreaterThan(2)
    }
  })
  it('keeps what is flat, and loses more at lower quality', () => {
    expect(jpegLoss(blank(9, 17, [90, 90, 90]), 50)).toEqual(blank(9, 17, [90, 90, 90]))
    const original = scene(40, 40, 1)
    const losses = [100, 90, 75, 30].map(quality => apart(jpegLoss(original, quality), original))
    expect(losses).toEqual([...losses].sort((a, b) => a - b))
    expect(jpegLoss(blank(1, 1, [1, 2, 3]), 75).pixels.length).toBe(3)
  })
})
