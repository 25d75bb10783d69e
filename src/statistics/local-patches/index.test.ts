import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blank, patchFieldOf, patchNumbers, patchPlaces, type Raster, seeded } from '../../core/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import { heldTable } from '../../lab/index.ts'
import localPatches from './index.ts'

const noise = (seed: number, width = 32, height = 32): Raster => {
  const random = seeded(seed)
  return { width, height, pixels: Uint8Array.from({ length: width * height * 3 }, () => random() * 256) }
}

lawfulStatistic(localPatches, {
  options: [{ most: 10, each: 4 }],
  rows: fc.record({
    image: fc.oneof(
      { weight: 6, arbitrary: fc.nat(30).map(seed => noise(seed, 12 + (seed % 9), 12 + (seed % 5))) },
      { weight: 1, arbitrary: fc.constantFrom(null, blank(1, 1), blank(300, 2)) },
    ),
    label: fc.constantFrom('a', 'b', null),
  }),
  flood: i => ({ image: noise(i, 16, 16), label: `${i}` }),
  floodRows: 40,
  runs: 8,
})

/** A grey picture with a square of one colour. */
function withSquare(width: number, height: number, [x, y, side]: readonly [number, number, number]): Raster {
  const raster = blank(width, height, [110, 110, 120])
  for (let v = 0; v < side; v++)
    for (let u = 0; u < side; u++) raster.pixels.set([240, 200, 30], ((y + v) * width + x + u) * 3)
  return raster
}

it.each([
  [32, 32, 5, 20, 6],
  [200, 120, 140, 30, 24],
  [640, 480, 60, 300, 80],
])('finds the square of a picture of %i x %i', (width, height, x, y, side) => {
  const field = patchFieldOf(withSquare(width, height, [x, y, side]))!
  const best = patchPlaces(field, 8)[0]!
  const scale = field.width / width
  expect(Math.abs(best.x + best.side / 2 - (x + side / 2) * scale)).toBeLessThan(0.4 * side * scale + 1)
  expect(Math.abs(best.y + best.side / 2 - (y + side / 2) * scale)).toBeLessThan(0.4 * side * scale + 1)
})

it('describes the same square alike in light and shade, near and far', async () => {
  const pictures = [withSquare(64, 64, [10, 40, 12]), withSquare(200, 200, [120, 20, 30])]
  const dim = { ...pictures[0]!, pixels: pictures[0]!.pixels.map(v => v * 0.75) }
  const table = heldTable([...pictures, dim].map(image => ({ image, label: 'a' })))
  let state = localPatches.init({}, undefined)
  for await (const batch of table.batches())
    state = localPatches.add(state, { ...batch, pictures: await table.pictures!(batch) }, {})
  const { starts, shows, rows } = localPatches.finish(state, {})
  expect(rows.length).toBe(3)
  const first = (i: number) => [...shows.subarray(starts[i]! * patchNumbers, (starts[i]! + 1) * patchNumbers)]
  const far = (a: number, b: number) => Math.hypot(...first(a).map((v, k) => v - first(b)[k]!))
  expect(far(0, 1)).toBeLessThan(15)
  expect(far(0, 2)).toBeLessThan(35)
})

it('has nothing to say of pictures without room', () => {
  for (const [width, height] of [
    [1, 1],
    [7, 7],
    [5000, 3],
  ] as const)
    expect(patchFieldOf(blank(width, height))).toBeNull()
})
