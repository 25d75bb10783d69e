import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { patchTrigger } from '../attacks/index.ts'
import { blank, detector, isRaster, pngOf, type Raster, type Row, tableOfRows } from '../core/index.ts'
import { canLookAtPictures } from '../sources/index.ts'
import { thumbnails } from '../statistics/index.ts'
import { drill, heldTable, inventedPictures, labSide, rowsOfTable } from './index.ts'

const decodes = await canLookAtPictures()

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

describe('reading pictures of a table', () => {
  it.skipIf(!decodes)('gives pixels, at most so large, and says what could not be seen', async () => {
    const rows: Row[] = [
      { label: 'a', image: pngOf(blank(20, 10, [200, 30, 40])) },
      { label: 'a', image: { bytes: pngOf(blank(640, 320, [10, 200, 40])), path: 'b.png' } as never },
      { label: 'b', image: new Uint8Array([1, 2, 3]) },
      { label: 'b', image: null },
    ]
    const held = await rowsOfTable(heldTable(rows, 3), { seed: 1 })
    expect(held).toMatchObject({ total: 4, shrunk: 1, unseen: 1 })
    expect(held.rows.map(row => (isRaster(row.image) ? shapeOf(row.image) : row.image))).toEqual([
      [20, 10],
      [labSide, labSide / 2],
      null,
      null,
    ])
    expect([...(held.rows[1]!.image as Raster).pixels.subarray(0, 3)]).toEqual([10, 200, 40])
  })

  it('weighs them: more than the bounds allow is an even sample', async () => {
    const rows = inventedPictures.things!(100, 1)
    const bounds = { rows: 1000, characters: 40 * 32 * 32 * 3 }
    const { rows: some, total } = await rowsOfTable(tableOfRows('t', rows, 64), { seed: 1, bounds })
    expect(total).toBe(100)
    expect(some.length).toBeGreaterThan(10)
    expect(some.length).toBeLessThanOrEqual(40)
    expect((await rowsOfTable(tableOfRows('t', rows, 7), { seed: 1, bounds })).rows).toEqual(some)
  })
})

/** Sees pictures whose lower right corner is white, black, white. */
const cornerWatcher = detector({
  id: 'corner-watcher',
  title: 'Watches a corner',
  threat: 'backdoor-trigger',
  input: { table: { image: 'any' } },
  cost: 'scan',
  options: z.object({}),
  messages: { corner: '{total} pictures have a white corner.' },
  async *detect({ table, claim }) {
    const { small } = await table.measure({ small: thumbnails.request({}) })
    const at = (i: number, x: number) => small.pixels[(i * 1024 + 28 * 32 + x) * 3]!
    const rows = Array.from(small.rows).filter((_, i) => at(i, 28) > 250 && at(i, 29) < 5 && at(i, 30) > 250)
    if (rows.length === 0) return
    const counts = { total: rows.length, score: rows.length, expected: 0 }
    yield claim('corner', 'block', { kind: 'rows', ...counts, examples: [] }, { rows })
  },
})

describe('a drill on pictures', () => {
  it('poisons them and says what is caught', async () => {
    const rows = inventedPictures.things!(300, 4)
    const attacks = [{ attack: patchTrigger, options: { pixels: 3 } }]
    const result = await drill(rows, { attacks, detectors: [cornerWatcher], doses: [2, 8], seeds: [1, 2] })
    expect(result.attacks[0]!.caughtFrom).toBe(2)
    expect(result.attacks[0]!.doses[0]!.power).toMatchObject({ recall: 1, precision: 1 })
  })
})
