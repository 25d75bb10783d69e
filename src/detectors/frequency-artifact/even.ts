import { area, fromCosines, side } from './cosines.ts'
import type { Usual } from './flatten.ts'
import { fitTwo, flatWave, type Wave } from './wave.ts'

const half = side / 2

/**
 * How alike a wave is in the four quarters of what pictures have in common: the least part of the fitted wave, in its
 * height and angle, that a quarter shows. A wave that somebody added is the same everywhere; an object ends somewhere.
 */
export function evennessOf(wave: Wave, numbers: Float64Array, usual: Usual, gains: Float64Array): number {
  const both = flatWave(wave.down, wave.right, usual, gains)
  const [seen, even, odd] = [numbers, both.subarray(0, area), both.subarray(area)].map(cosines => {
    const square = new Float64Array(area)
    fromCosines(Float64Array.from(cosines), square)
    return square
  }) as [Float64Array, Float64Array, Float64Array]
  const height = Math.hypot(wave.even, wave.odd) || 1
  const shares = [0, half].flatMap(top =>
    [0, half].map(left => {
      const own = [seen, even, odd].map(square => quarter(square, top, left)) as [number[], number[], number[]]
      const [e, o] = fitTwo(own[0], Float64Array.from([...own[1], ...own[2]]))
      return (e * wave.even + o * wave.odd) / height ** 2
    }),
  )
  return Math.min(...shares)
}

function quarter(square: Float64Array, top: number, left: number): number[] {
  return Array.from({ length: half * half }, (_, k) => square[(top + Math.floor(k / half)) * side + left + (k % half)]!)
}
