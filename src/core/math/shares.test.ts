import { describe, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { cumulativeShift, logNormalTail, logSameShare } from './shares.ts'

describe('logNormalTail', () => {
  // Two-sided tails from standard tables.
  it.each([
    [0, 1],
    [1, 0.31731050786291415],
    [1.959963984540054, 0.05],
    [3, 0.0026997960632601866],
    [4.5, 6.795346249460121e-6],
    [10, 1.523970604832105e-23],
  ])('of %f is the logarithm of %f', (z, p) => {
    expect(logNormalTail(z)).toBeCloseTo(Math.log(p), 5)
    expect(logNormalTail(-z)).toBeCloseTo(Math.log(p), 5)
  })
})

describe('under one population', () => {
  const draw = (random: () => number, n: number, p: number) => {
    let hits = 0
    for (let i = 0; i < n; i++) if (random() < p) hits++
    return hits
  }
  const level = Math.log(0.05)

  it.each([0.01, 0.2, 0.5])('logSameShare keeps its level at share %f', p => {
    const random = seeded(7)
    let alarms = 0
    for (let trial = 0; trial < 2000; trial++)
      if (logSameShare(draw(random, 200, p), 200, draw(random, 500, p), 500) < level) alarms++
    expect(alarms).toBeLessThan(0.05 * 2000 + 3 * Math.sqrt(0.05 * 0.95 * 2000))
  })

  it('cumulativeShift keeps its level', () => {
    const random = seeded(8)
    const histogram = (n: number) => {
      const counts = new Array<number>(20).fill(0)
      for (let i = 0; i < n; i++) counts[Math.floor(20 * random() ** 2)]!++
      return counts
    }
    let alarms = 0
    for (let trial = 0; trial < 1000; trial++) if (cumulativeShift(histogram(100), histogram(300)).log < level) alarms++
    expect(alarms).toBeLessThan(0.05 * 1000 + 3 * Math.sqrt(0.05 * 0.95 * 1000))
  })
})

it('sees what has moved', () => {
  expect(logSameShare(10, 1000, 60, 1000)).toBeLessThan(Math.log(1e-6))
  expect(cumulativeShift([100, 0], [50, 50])).toEqual({ distance: 0.5, log: expect.closeTo(Math.LN2 - 25, 9) })
  expect(logSameShare(0, 0, 5, 10)).toBe(0)
})
