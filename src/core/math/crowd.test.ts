import { describe, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { excessOf, logShareAbove, twoLevels } from './crowd.ts'

const falling = (n: number, of: (share: number) => number) =>
  Float64Array.from({ length: n }, (_, k) => of((k + 0.5) / n))
/** Quantiles of an exponential law, largest first. */
const exponential = falling(1000, share => -Math.log(share))

describe('logShareAbove', () => {
  it('counts within the crowd, ties as above', () => {
    const crowd = Float64Array.from([5, 4, 4, 3, 1])
    expect(logShareAbove(crowd, 4)).toBeCloseTo(Math.log(4 / 6))
    expect(logShareAbove(crowd, 3.5)).toBeCloseTo(Math.log(4 / 6))
    expect(logShareAbove(crowd, 0)).toBeCloseTo(0)
  })

  it('says nothing below what a small or an even crowd can show', () => {
    expect(
      logShareAbove(
        falling(100, share => 1 - share),
        1e9,
      ),
    ).toBeCloseTo(Math.log(1 / 101))
    expect(logShareAbove(new Float64Array(1000).fill(2), 1e9)).toBeCloseTo(Math.log(1 / 1001))
    expect(logShareAbove(new Float64Array(0), 1)).toBeCloseTo(0)
  })

  it('goes on beyond the crowd as its tail falls, on the safe side, and not for ever', () => {
    const counted = Math.log(1 / 1001)
    const at = (own: number) => logShareAbove(exponential, own)
    // The law itself would say exactly -10.
    expect(at(10)).toBeLessThan(counted)
    expect(at(10)).toBeGreaterThan(-10)
    expect(at(1e6)).toBeCloseTo(counted - 5)
  })

  it('never rises with the measure', () => {
    const shares = Array.from({ length: 200 }, (_, k) => logShareAbove(exponential, k / 10))
    expect(shares.every((share, k) => k === 0 || share <= shares[k - 1]!)).toBe(true)
    expect(shares.every(share => share <= 0)).toBe(true)
  })
})

const random = seeded(1)
/** Uniform with mean 0 and that variance. */
const drawn = (variance: number): number => (random() - 0.5) * Math.sqrt(12 * variance)

describe('twoLevels', () => {
  it('finds the variances that groups were drawn with', () => {
    const groups = Array.from({ length: 2000 }, () => {
      const own = 3 + drawn(2)
      return Array.from({ length: 5 }, () => own + drawn(0.5))
    })
    const { mean, between, within } = twoLevels(groups)
    expect(mean).toBeCloseTo(3, 0)
    expect(between).toBeCloseTo(2, 0)
    expect(within).toBeCloseTo(0.5, 1)
  })
  it('learns nothing from a few groups', () => {
    expect(twoLevels([[1, 2], [3]])).toEqual({ mean: 0, between: 1, within: 1 })
  })
})

describe('excessOf', () => {
  it('counts in standard errors, fewer of them where fewer values tell', () => {
    const model = { mean: 1, between: 1, within: 3 }
    expect(excessOf([3], model)).toBeCloseTo(1, 10)
    expect(excessOf([2, 4, 3], model)).toBeCloseTo(2 / Math.SQRT2, 10)
    expect(excessOf([1, 1], model)).toBe(0)
  })
})
