import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logFactorial } from './tails.ts'
import { logFisher, logHypergeometricTail, logPoissonBinomialTail } from './tails-exact.ts'

const choose = (n: number, k: number) => Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k))

describe('logHypergeometricTail', () => {
  it('equals the plain sum on both sides of the mean', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), fc.nat(30), fc.nat(31), (total, m, d, k) => {
        const [marked, drawn] = [Math.min(m, total), Math.min(d, total)]
        let sum = 0
        for (let j = k; j <= Math.min(drawn, marked); j++)
          if (drawn - j <= total - marked)
            sum += (choose(marked, j) * choose(total - marked, drawn - j)) / choose(total, drawn)
        expect(Math.exp(logHypergeometricTail(k, drawn, marked, total))).toBeCloseTo(sum, 8)
      }),
    )
  })
})

describe('logPoissonBinomialTail', () => {
  it('equals the sum over all outcomes', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { maxLength: 9 }), fc.nat(10), (p, k) => {
        let sum = 0
        for (let bits = 0; bits < 2 ** p.length; bits++) {
          const hits = p.filter((_, i) => (bits >> i) & 1).length
          if (hits >= k) sum += p.reduce((product, q, i) => product * ((bits >> i) & 1 ? q : 1 - q), 1)
        }
        expect(Math.exp(logPoissonBinomialTail(k, p))).toBeCloseTo(sum, 9)
      }),
    )
  })

  it('stays finite and above the truth in far tails', () => {
    const p = new Float64Array(2000).fill(0.001)
    const found = logPoissonBinomialTail(1990, p)
    expect(found).toBeGreaterThan(2000 * Math.log(0.001))
    expect(found).toBeLessThan(1900 * Math.log(0.001))
  })
})

describe('logFisher', () => {
  it('is the law of a product of uniform numbers', () => {
    expect(logFisher(1, -3)).toBeCloseTo(-3, 10)
    expect(logFisher(2, -5)).toBeCloseTo(-5 + Math.log(6), 10)
    expect(logFisher(3, -5)).toBeCloseTo(-5 + Math.log(18.5), 10)
  })
})
