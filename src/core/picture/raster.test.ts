import { describe, expect, it } from 'vitest'
import { blank, cropped, isRaster, resized } from './raster.ts'

const checkered = { width: 2, height: 2, pixels: Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]) }

describe('rasters', () => {
  it('average over areas where they shrink', () => {
    expect([...resized(checkered, 1, 1).pixels]).toEqual([128, 128, 128])
    const striped = { width: 3, height: 1, pixels: Uint8Array.from([0, 0, 0, 90, 90, 90, 240, 240, 240]) }
    expect([...resized(striped, 2, 1).pixels]).toEqual([30, 30, 30, 190, 190, 190])
  })
  it('keep flat colours in every size', () => {
    for (const [width, height] of [
      [1, 1],
      [7, 3],
      [64, 80],
    ] as const)
      expect(new Set(resized(blank(5, 9, [7, 7, 7]), width, height).pixels)).toEqual(new Set([7]))
  })
  it('interpolate where they grow, without leaving the range', () => {
    const grown = resized(checkered, 8, 8)
    expect(grown.pixels.length).toBe(8 * 8 * 3)
    expect([grown.pixels[0], grown.pixels[7 * 3]]).toEqual([0, 255])
  })
  it('are cropped to what is there', () => {
    expect(cropped(checkered, 1, 0, 5, 1)).toEqual({ width: 1, height: 1, pixels: Uint8Array.from([255, 255, 255]) })
    expect(cropped(checkered, 2, 2, 4, 4)).toBeNull()
  })
  it('are told from other cells', () => {
    expect(isRaster(checkered)).toBe(true)
    expect(isRaster({ ...checkered, width: 3 })).toBe(false)
    expect(isRaster({ pixels: 'x' })).toBe(false)
  })
})
