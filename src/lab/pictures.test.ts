import { describe, expect, it } from 'vitest'
import { isRaster, type Raster, type Row } from '../core/index.ts'
import { inventedPictures } from './index.ts'

const bytesOf = (rows: readonly Row[]) => Buffer.concat(rows.map(row => (row.image as Raster).pixels))
const shapeOf = ({ width, height }: Raster) => [width, height]

describe('invented pictures', () => {
  for (const [id, make] of Object.entries(inventedPictures)) {
    it(`${id}: the same seed gives the same pictures, another others`, () => {
      const rows = make(60, 5)
      expect(rows.length).toBe(60)
      expect(rows.every(row => isRaster(row.image))).toBe(true)
      expect(bytesOf(make(60, 5)).equals(bytesOf(rows))).toBe(true)
      expect(bytesOf(make(60, 6)).equals(bytesOf(rows))).toBe(false)
      expect(new Set(rows.map(row => row.id)).size).toBe(60)
    })
    it(`${id}: pictures differ in light and content`, () => {
      const means = make(200, 3).map(({ image }) => {
        const { pixels } = image as Raster
        return pixels.reduce((sum, value) => sum + value, 0) / pixels.length
      })
      expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(60)
    })
  }
  it('signs come in tracks of rising size', () => {
    const rows = inventedPictures.signs!(300, 3)
    const first = rows.filter(row => String(row.id).includes('/00000_'))
    const sides = first.map(row => shapeOf(row.image as Raster)[0]!)
    expect(first.length).toBeGreaterThan(2)
    expect(sides.at(-1)!).toBeGreaterThan(sides[0]!)
    expect(new Set(rows.map(row => row.label)).size).toBeGreaterThanOrEqual(12)
    for (const side of rows.map(row => shapeOf(row.image as Raster)[0]!)) {
      expect(side).toBeGreaterThanOrEqual(28)
      expect(side).toBeLessThanOrEqual(96)
    }
  })
})
