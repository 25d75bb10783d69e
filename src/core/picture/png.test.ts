import { describe, expect, it } from 'vitest'
import { canLookAtPictures, seePicture } from '../../sources/index.ts'
import { seeded } from '../random.ts'
import { isPicture } from './picture.ts'
import { pngOf, rasterOfPng } from './png.ts'

const decodes = await canLookAtPictures()

describe('PNG files', () => {
  it.skipIf(!decodes)('hold the pixels they were made of', async () => {
    const random = seeded(3)
    for (const [width, height] of [
      [1, 1],
      [5, 3],
      [64, 31],
    ] as const) {
      const pixels = Uint8Array.from({ length: width * height * 3 }, () => random() * 256)
      const seen = await seePicture(pngOf({ width, height, pixels }))
      expect(isPicture(seen) && [seen.width, seen.height, seen.exact]).toEqual([width, height, true])
      expect(isPicture(seen) && seen.pixels).toEqual(pixels)
    }
  })
  it('are read again, and refused when they are others', () => {
    const raster = { width: 3, height: 2, pixels: Uint8Array.from({ length: 18 }, (_, i) => (i * 37) % 256) }
    const png = pngOf(raster)
    expect(rasterOfPng(png)).toEqual(raster)
    expect(rasterOfPng(png.subarray(0, 40))).toBeNull()
    expect(rasterOfPng(Uint8Array.from(png, (byte, i) => (i === 19 ? byte + 1 : byte)))).toBeNull()
    expect(rasterOfPng(new Uint8Array(200))).toBeNull()
  })
})
