import { expect, test } from 'vitest'
import { logBinomialTail } from './tails.ts'
import { logBetaBinomialTail, logGamma } from './tails-beta.ts'

test('the gamma function continues the factorial', () => {
  expect(Math.exp(logGamma(6))).toBeCloseTo(120, 8)
  expect(Math.exp(logGamma(0.5)) ** 2).toBeCloseTo(Math.PI, 10)
  expect(Math.exp(logGamma(0.1))).toBeCloseTo(9.513507698668732, 9)
})

test('a uniform rate makes every count equally likely', () => {
  for (const k of [1, 4, 10]) expect(Math.exp(logBetaBinomialTail(k, 10, 0.5, 2))).toBeCloseTo((11 - k) / 11, 10)
})

test('a fixed rate is the binomial, and variation between groups makes extremes likelier', () => {
  expect(logBetaBinomialTail(30, 100, 0.1, 1e8)).toBeCloseTo(logBinomialTail(30, 100, 0.1), 3)
  expect(logBetaBinomialTail(30, 100, 0.1, 30)).toBeGreaterThan(logBinomialTail(30, 100, 0.1) + 5)
  expect(logBetaBinomialTail(11, 10, 0.5, 2)).toBe(-Infinity)
  expect(logBetaBinomialTail(0, 10, 0.5, 2)).toBe(0)
})
