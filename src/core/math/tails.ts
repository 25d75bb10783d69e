const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680]
const small: number[] = [0, 0]

/** Natural logarithm of n!. */
export function logFactorial(n: number): number {
  if (n < 256) {
    for (let k = small.length; k <= n; k++) small.push(small[k - 1]! + Math.log(k))
    return small[n]!
  }
  const x = n + 1
  const series = stirling.reduce((sum, c, k) => sum + c / x ** (2 * k + 1), 0)
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}

/**
 * Natural logarithm of P(X >= k) for X ~ Binomial(n, p): the chance that at least `k` of `n` are hits when each is one
 * with probability `p`. Exact up to rounding.
 */
export function logBinomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 0
  if (k > n || p <= 0) return -Infinity
  if (p >= 1) return 0
  const odds = p / (1 - p)
  const at = logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p)
  if (k > n * p) {
    let sum = 1
    for (let j = k, term = 1; j < n && term > 1e-17 * sum; j++) sum += term *= ((n - j) / (j + 1)) * odds
    return Math.min(0, at + Math.log(sum))
  }
  let below = 0
  for (let j = k, term = 1; j > 0 && term > 1e-17 * (below + 1e-300); j--) below += term *= j / ((n - j + 1) * odds)
  return Math.log1p(-Math.min(1 - 1e-16, Math.exp(at + Math.log(below))))
}
