import { logFactorial } from './tails.ts'

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of the gamma function of a positive number (Lanczos, nine terms). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const at = x + 6.5
  const series = lanczos.reduce((sum, c, k) => (k === 0 ? c : sum + c / (x - 1 + k)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(at) - at + Math.log(series)
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/**
 * Natural logarithm of P(X >= k) of n rows whose common rate is itself drawn from a beta distribution of this mean;
 * the larger the strength, the less it varies.
 */
export function logBetaBinomialTail(k: number, n: number, mean: number, strength: number): number {
  if (k <= 0) return 0
  if (k > n || mean <= 0) return -Infinity
  if (mean >= 1) return 0
  const alpha = mean * strength
  const beta = strength - alpha
  const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k)
  const first = ways + logBeta(k + alpha, n - k + beta) - logBeta(alpha, beta)
  let sum = 0
  for (let j = k, term = 1; j <= n && term > 1e-17 * sum; j++) {
    sum += term
    term *= ((n - j) * (j + alpha)) / ((j + 1) * (n - j - 1 + beta))
  }
  return Math.min(0, first + Math.log(sum))
}
