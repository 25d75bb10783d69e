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

/**
 * Natural logarithm of P(X >= k) for X beta-binomial: `n` tries whose chance of a hit is itself drawn anew for each
 * series of tries, with mean `mean` and `strength` = alpha + beta (small strength: series differ much).
 */
export function logBetaBinomialTail(k: number, n: number, mean: number, strength: number): number {
  if (k <= 0) return 0
  if (k > n) return -Infinity
  const alpha = mean * strength
  const beta = strength - alpha
  let most = -Infinity
  const terms: number[] = []
  for (let j = k; j <= n; j++) {
    const term = logChoose(n, j) + logBeta(j + alpha, n - j + beta) - logBeta(alpha, beta)
    terms.push(term)
    most = Math.max(most, term)
  }
  return Math.min(0, most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0)))
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Natural logarithm of the gamma function for x > 0 (Stirling's series, shifted up to where it is exact). */
export function logGamma(x: number): number {
  let shift = 0
  let z = x
  for (; z < 10; z++) shift -= Math.log(z)
  const square = 1 / (z * z)
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / z
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series
}

/** Benjamini and Hochberg 1995: which of the tests may be called at a share `rate` of false ones. */
export function falseDiscoveries(logP: ArrayLike<number>, tests: number, rate: number): boolean[] {
  const order = Array.from({ length: logP.length }, (_, i) => i).sort((a, b) => logP[a]! - logP[b]!)
  let called = 0
  order.forEach((i, rank) => {
    if (logP[i]! <= Math.log((rate * (rank + 1)) / tests)) called = rank + 1
  })
  const out = new Array<boolean>(logP.length).fill(false)
  for (const i of order.slice(0, called)) out[i] = true
  return out
}
