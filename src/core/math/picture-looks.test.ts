import { describe, expect, it } from 'vitest'
import { looksApart } from '../looks.ts'
import { looksSide, pictureBits } from './picture-looks.ts'

const drawn = (at: (x: number, y: number) => number) =>
  Float64Array.from({ length: looksSide ** 2 }, (_, i) => at(i % looksSide, Math.floor(i / looksSide)))
const scene = (x: number, y: number) =>
  128 + 60 * Math.sin(x / 5) * Math.cos(y / 7) + (x > 12 && x < 24 && y > 8 && y < 20 ? 50 : 0) + 2 * y
const apart = (a: Float64Array, b: Float64Array) =>
  looksApart({ of: 'picture', bits: pictureBits(a)! }, { of: 'picture', bits: pictureBits(b)! })!

describe('pictureBits', () => {
  const picture = drawn(scene)
  it('is a fixed name: what a lock recorded must be found again by later versions', () => {
    expect(pictureBits(picture)!.toString(16).padStart(16, '0')).toMatchInlineSnapshot(`"2387e187f111dd5a"`)
  })
  it('sets half of the bits in every picture', () => {
    expect(apart(picture, picture)).toBe(0)
    expect([...pictureBits(picture)!.toString(2)].filter(bit => bit === '1')).toHaveLength(32)
  })
  it('does not see brightness and contrast', () => {
    expect(
      apart(
        picture,
        drawn((x, y) => scene(x, y) * 0.7 + 20),
      ),
    ).toBe(0)
  })
  it('hardly sees fine noise', () => {
    expect(
      apart(
        picture,
        drawn((x, y) => scene(x, y) + ((x * 7 + y * 13) % 5) - 2),
      ),
    ).toBeLessThanOrEqual(8)
  })
  it('sees another picture and a turned one', () => {
    expect(
      apart(
        picture,
        drawn((x, y) => scene(y, x)),
      ),
    ).toBeGreaterThan(12)
    expect(
      apart(
        picture,
        drawn((x, y) => 128 + 90 * Math.cos(x / 3 + y / 4)),
      ),
    ).toBeGreaterThan(12)
  })
  it('says nothing of flat pictures, which would all look alike', () => {
    expect(pictureBits(drawn(() => 0))).toBeNull()
    expect(pictureBits(drawn(() => 255))).toBeNull()
    expect(pictureBits(drawn((x, y) => 200 + ((x + y) % 2) * 0.4))).toBeNull()
  })
})
