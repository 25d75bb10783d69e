import { logFactorial } from './tails.ts'

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/**
 * Natural logarithm of P(X >= k) for X hypergeometric: of `total` rows `marked` have the label, `drawn` hold the word,
 * and at least `k` of those have the label. Exact up to rounding.
 */
export function logHypergeometricTail(k: number, drawn: number, marked: number, total: number): number {
  const most = Math.min(drawn, marked)
  const least = Math.max(0, drawn + marked - total)
  if (k <= least) return 0
  if (k > most) return -Infinity
  const at = logChoose(marked, k) + logChoose(total - marked, drawn - k) - logChoose(total, drawn)
  const up = (j: number) => ((marked - j) * (drawn - j)) / ((j + 1) * (total - marked - drawn + j + 1))
  if (k > (drawn * marked) / total) {
    let sum = 1
    for (let j = k, term = 1; j < most && term > 1e-17 * sum; j++) sum += term *= up(j)
    return Math.min(0, at + Math.log(sum))
  }
  let below = 0
  for (let j = k - 1, term = 1; j >= least && term > 1e-17 * below; j--) below += term /= up(j)
  return Math.log1p(-Math.min(1 - 1e-16, Math.exp(at) * below))
}

/** Log chance that the product of `n` independent uniform numbers has a logarithm this low (Fisher 1932). */
export function logFisher(n: number, sum: number): number {
  let [term, series] = [1, 1]
  for (let k = 1; k < n; k++) {
    term *= -sum / k
    series += term
  }
  return Math.min(0, sum + Math.log(series))
}

/** Beyond this the plain product of probabilities leaves the range of a double. */
const plainRange = -600

/**
 * Natural logarithm of P(X >= k) where X counts the hits of independent tries, try i a hit with probability p[i]
 * (Poisson-binomial). Exact by convolution where doubles reach, beyond that Chernoff's bound (never too small).
 */
export function logPoissonBinomialTail(k: number, p: ArrayLike<number>): number {
  const n = p.length
  if (k <= 0) return 0
  if (k > n) return -Infinity
  if (k === n) return sumOf(n, i => Math.log(p[i]!))
  const bound = chernoff(k, p)
  if (bound < plainRange || n > 4096) return bound
  const ways = new Float64Array(k + 1)
  ways[0] = 1
  for (let i = 0; i < n; i++) {
    const hit = p[i]!
    // ways[k] gathers everything from k on.
    ways[k] = ways[k]! + ways[k - 1]! * hit
    for (let j = Math.min(k - 1, i + 1); j > 0; j--) ways[j] = ways[j]! * (1 - hit) + ways[j - 1]! * hit
    ways[0] = ways[0]! * (1 - hit)
  }
  return Math.min(0, Math.log(ways[k]!))
}

function sumOf(n: number, term: (i: number) => number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += term(i)
  return sum
}

/** min over t of log E[exp(t(X - k))], by bisection of the tilted mean. */
function chernoff(k: number, p: ArrayLike<number>): number {
  const n = p.length
  const mean = (odds: number) => sumOf(n, i => (p[i]! * odds) / (1 - p[i]! + p[i]! * odds))
  if (mean(1) >= k) return 0
  let [low, high] = [0, 60]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (mean(Math.exp(middle)) < k) low = middle
    else high = middle
  }
  return Math.min(0, sumOf(n, i => Math.log1p(p[i]! * (Math.exp(low) - 1))) - k * low)
}
