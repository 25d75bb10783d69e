import { expect, test } from 'vitest'
import { seeded } from '../random.ts'
import { cosineTransform, plainCosineTransform } from './cosines.ts'

test.each([32, 16])('the transform of %d points a side is the sum of its definition', side => {
  const random = seeded(side)
  const square = Float64Array.from({ length: side * side }, () => random() * 255)
  const [out, plain] = [new Float64Array(side * side + 3), new Float64Array(side * side + 3)]
  cosineTransform(side)(square, out, 3)
  plainCosineTransform(side)(square, plain, 3)
  expect(out).toEqual(plain)
  const wave = (u: number, x: number) =>
    Math.sqrt((u ? 2 : 1) / side) * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * side))
  for (const [u, v] of [
    [0, 0],
    [1, 0],
    [0, 3],
    [5, 7],
    [side - 1, side - 2],
  ] as const) {
    let sum = 0
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) sum += square[y * side + x]! * wave(u, x) * wave(v, y)
    expect(out[3 + v * side + u]).toBeCloseTo(sum, 2)
  }
})

test('a side that is no multiple of sixteen is refused', () => {
  expect(() => cosineTransform(20)).toThrow('multiple of 16')
})
