import { describe, expect, it } from 'vitest'
import { type Random, seeded } from '../random.ts'
import { pictureCopies } from './copies.ts'
import { blank, type Raster, resized } from './raster.ts'

/** A picture of some coloured discs, unlike any other. */
function scene(random: Random, side = 48): Raster {
  const picture = blank(side, side, [random() * 255, random() * 255, random() * 255])
  for (let n = 0; n < 9; n++) {
    const [cx, cy, r] = [random() * side, random() * side, (0.06 + random() * 0.2) * side]
    const colour = [random() * 255, random() * 255, random() * 255]
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if ((x - cx) ** 2 + (y - cy) ** 2 < r * r) picture.pixels.set(colour, (y * side + x) * 3)
  }
  return picture
}

const shaded = ({ width, height, pixels }: Raster, gain: number): Raster => ({
  width,
  height,
  pixels: pixels.map(v => Math.min(255, v * gain + 6)),
})

function mirror({ width, height, pixels }: Raster): Raster {
  const turned = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      turned.set(pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), (y * width + width - 1 - x) * 3)
  return { width, height, pixels: turned }
}

const squares = (pictures: readonly Raster[]) => {
  const pixels = new Uint8Array(pictures.length * 3072)
  pictures.forEach((p, i) => void pixels.set(resized(p, 32, 32).pixels, i * 3072))
  return { side: 32, pixels }
}

describe('pictureCopies', () => {
  const random = seeded(4)
  const scenes = Array.from({ length: 600 }, () => scene(random))
  it('makes nothing of pictures that are unlike', () => {
    const { centre } = pictureCopies(squares(scenes), { least: 0.93 })
    expect(centre.filter((c, i) => c !== i)).toHaveLength(0)
  })
  it('finds copies in another size, another light and the mirror', () => {
    const copies = scenes.slice(0, 50).flatMap(s => [resized(s, 21, 26), shaded(s, 0.8), mirror(s)])
    const { centre, mirrored, likeness } = pictureCopies(squares([...scenes, ...copies]), { least: 0.93 })
    const right = copies.filter((_, k) => centre[600 + k] === Math.floor(k / 3)).length
    expect(right).toBeGreaterThanOrEqual(147)
    expect([...mirrored.subarray(600)].filter((m, k) => m === Number(k % 3 === 2)).length).toBeGreaterThanOrEqual(147)
    expect(likeness[602]).toBeGreaterThan(0.99)
  })
  it('groups flat pictures with nothing', () => {
    const flat = Array.from({ length: 40 }, (_, k) => blank(32, 32, [k, k, 200]))
    const { centre } = pictureCopies(squares([...flat, ...scenes.slice(0, 40)]), { least: 0.93 })
    expect(centre.filter((c, i) => c !== i)).toHaveLength(0)
  })
  it('calls no two pictures alike that have nothing in common but what all of the set have', () => {
    const frame = scene(seeded(9))
    const framed = scenes.slice(0, 300).map(s => {
      const picture = resized(frame, 48, 48)
      const inner = resized(s, 20, 20)
      const pixels = picture.pixels.slice()
      for (let y = 0; y < 20; y++) pixels.set(inner.pixels.subarray(y * 60, (y + 1) * 60), ((y + 14) * 48 + 14) * 3)
      return { width: 48, height: 48, pixels }
    })
    const { centre } = pictureCopies(squares(framed), { least: 0.93 })
    expect(centre.filter((c, i) => c !== i)).toHaveLength(0)
  })
  it('gives an answer for none, one and equal pictures', () => {
    expect(pictureCopies(squares([]), { least: 0.9 }).centre).toHaveLength(0)
    expect([...pictureCopies(squares(scenes.slice(0, 1)), { least: 0.9 }).centre]).toEqual([0])
    expect([...pictureCopies(squares(Array(5).fill(scenes[0]!)), { least: 0.9 }).centre]).toEqual([0, 0, 0, 0, 0])
  })
})
