import { describe, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { afterwards, passed } from './afterwards.ts'
import { mixed, stuck, warped, waved } from './paint.ts'
import { blank, type Raster } from './raster.ts'
import { stickerOf, stickerPatterns } from './stickers.ts'
import { type StickerOptions, sticking } from './sticking.ts'

const random = seeded(4)
const noise: Raster = { width: 20, height: 14, pixels: Uint8Array.from({ length: 20 * 14 * 3 }, () => random() * 256) }
const at = ({ width, pixels }: Raster, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
]
const changed = (a: Raster, b: Raster): number[] =>
  Array.from({ length: a.width * a.height }, (_, i) => i).filter(i =>
    [0, 1, 2].some(c => a.pixels[i * 3 + c] !== b.pixels[i * 3 + c]),
  )

describe('painting', () => {
  it('puts pixels on pixels where places are whole numbers', () => {
    const sticker = stickerOf('checker', seeded(1))
    const done = stuck(blank(10, 10, [90, 90, 90]), sticker, { x: 3.5, y: 4.5, width: 3, height: 3 })
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 3; x++) expect(at(done, 2 + x, 3 + y)).toEqual(Array(3).fill((x + y) % 2 === 0 ? 255 : 0))
    expect(changed(done, blank(10, 10, [90, 90, 90])).length).toBe(9)
  })
  it('keeps the area of a turned sticker, and cuts off what lies outside', () => {
    const white = blank(1, 1, [200, 200, 200])
    const area = (turn: number) =>
      stuck(blank(40, 40), white, { x: 20, y: 20, width: 12, height: 12, turn }).pixels.reduce((sum, v) => sum + v, 0) /
      600
    for (const turn of [0, 0.3, 0.8, 1.5]) expect(Math.abs(area(turn) - 144)).toBeLessThan(4)
    expect(stuck(blank(4, 4), white, { x: 0, y: 0, width: 2, height: 2 }).pixels.filter(v => v > 0).length).toBe(3)
    expect(stuck(noise, white, { x: -50, y: 900, width: 5, height: 5 })).toEqual(noise)
  })
  it('mixes by shares', () => {
    expect(at(mixed(blank(3, 3, [100, 0, 200]), blank(1, 1, [200, 100, 0]), 0.25), 1, 1)).toEqual([125, 25, 150])
    expect(mixed(noise, blank(1, 1), 0)).toEqual(noise)
  })
  it('adds waves without leaving the range', () => {
    const done = waved(blank(8, 2, [250, 5, 128]), x => 20 * Math.sin(2 * Math.PI * x))
    expect(at(done, 2, 0)).toEqual([255, 25, 148])
    expect(at(done, 6, 1)).toEqual([230, 0, 108])
  })
  it('leaves a picture alone that no field moves, and moves by whole pixels', () => {
    expect(warped(noise, () => [0, 0])).toEqual(noise)
    const moved = warped(noise, () => [1 / noise.width, 0])
    expect(at(moved, 4, 5)).toEqual(at(noise, 5, 5))
    expect(at(moved, 19, 5)).toEqual(at(noise, 19, 5))
  })
})

describe('stickers', () => {
  const plain: StickerOptions = {
    pattern: 'white',
    share: 0.04,
    position: 'bottom-right',
    scale: 0,
    turn: 0,
    light: 0,
    physical: false,
    after: 'none',
  }
  it('cover their share at the same place of pictures of all sizes', () => {
    for (const [width, height] of [
      [32, 32],
      [100, 60],
      [243, 225],
    ] as const) {
      const ground = blank(width, height, [60, 60, 60])
      const hit = changed(ground, sticking(plain, seeded(1))(ground, seeded(2)))
      expect(hit.length / (width * height)).toBeCloseTo(0.04, 2)
      const mid = hit.reduce((sum, i) => sum + (i % width), 0) / hit.length / width
      expect(Math.abs(mid - 0.86)).toBeLessThan(0.05)
    }
  })
  it('stay inside when they vary, and one fixed place is one place', () => {
    const ground = blank(40, 40, [60, 60, 60])
    const vary = sticking({ ...plain, position: 'random', scale: 0.3 }, seeded(1))
    const chance = seeded(3)
    for (let k = 0; k < 20; k++) expect(changed(ground, vary(ground, chance)).length / 1600).toBeGreaterThan(0.015)
    const fixed = sticking({ ...plain, position: 'fixed' }, seeded(1))
    expect(fixed(ground, seeded(5))).toEqual(fixed(ground, seeded(6)))
  })
  it('fit pictures smaller than themselves, whatever they show', () => {
    for (const pattern of stickerPatterns)
      for (const ground of [blank(1, 1), blank(2, 30, [9, 9, 9])])
        expect(
          sticking({ ...plain, pattern, pixels: 50, turn: 40, physical: true }, seeded(1))(ground, seeded(2)).pixels
            .length,
        ).toBe(ground.pixels.length)
  })
})

describe('afterwards', () => {
  it('changes the pixels, never the size', () => {
    for (const after of afterwards) {
      const done = passed(noise, after)
      expect([done.width, done.height]).toEqual([20, 14])
      expect(changed(done, noise).length > 0).toBe(after !== 'none')
    }
  })
})
