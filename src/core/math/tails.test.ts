import { expect, test } from 'vitest'
import { logBinomialTail, logFactorial } from './tails.ts'

test('factorials agree with their product on both sides of the series', () => {
  expect(Math.exp(logFactorial(10))).toBeCloseTo(3628800, 3)
  expect(logFactorial(256) - logFactorial(255)).toBeCloseTo(Math.log(256), 10)
  expect(logFactorial(1e6) - logFactorial(1e6 - 1)).toBeCloseTo(Math.log(1e6), 6)
})

test.each([
  [3, 10, 0.2],
  [1, 10, 0.2],
  [9, 10, 0.9],
  [40, 60, 0.5],
])('P(X >= %i | %i, %f) equals the plain sum', (k, n, p) => {
  let sum = 0
  for (let j = k; j <= n; j++)
    sum += Math.exp(logFactorial(n) - logFactorial(j) - logFactorial(n - j)) * p ** j * (1 - p) ** (n - j)
  expect(logBinomialTail(k, n, p)).toBeCloseTo(Math.log(sum), 9)
})

test('far tails stay finite and edges are exact', () => {
  expect(logBinomialTail(1000, 1000, 1e-6)).toBeCloseTo(1000 * Math.log(1e-6), 3)
  expect(logBinomialTail(0, 5, 0.1)).toBe(0)
  expect(logBinomialTail(6, 5, 0.1)).toBe(-Infinity)
})
