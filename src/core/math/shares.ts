/** Natural logarithm of P(|Z| >= z) for a standard normal Z. Relative error below 1e-6, also far out. */
export function logNormalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  if (x > 3) {
    // Continued fraction of erfc (DLMF 7.9.1), from the far end.
    let fraction = 0
    for (let k = 60; k >= 1; k--) fraction = k / 2 / (x + fraction)
    return -x * x - Math.log(x + fraction) - 0.5 * Math.log(Math.PI)
  }
  let sum = x
  for (let k = 1, term = x; k < 120 && Math.abs(term) > 1e-18; k++) {
    term *= (-x * x) / k
    sum += term / (2 * k + 1)
  }
  return Math.log1p(-Math.min(1, (2 / Math.sqrt(Math.PI)) * sum))
}

/**
 * Natural logarithm of the chance that two draws from one population differ as much as `a` of `n` and `b` of `m`:
 * two proportions with Yates' correction, which errs on the side of no difference.
 */
export function logSameShare(a: number, n: number, b: number, m: number): number {
  if (n === 0 || m === 0) return 0
  const share = (a + b) / (n + m)
  const spread = share * (1 - share) * (1 / n + 1 / m)
  if (spread <= 0) return 0
  const difference = Math.abs(a / n - b / m) - (1 / n + 1 / m) / 2
  return difference <= 0 ? 0 : logNormalTail(difference / Math.sqrt(spread))
}

/**
 * Largest difference of two cumulative histograms, and the logarithm of a bound on its chance when both were drawn
 * from one population (Smirnov's limit; for steps instead of a curve it errs on the side of no difference).
 */
export function cumulativeShift(
  before: readonly number[],
  after: readonly number[],
): { distance: number; log: number } {
  const n = before.reduce((sum, k) => sum + k, 0)
  const m = after.reduce((sum, k) => sum + k, 0)
  if (n === 0 || m === 0) return { distance: 0, log: 0 }
  let [low, high, distance] = [0, 0, 0]
  for (let k = 0; k < before.length; k++) {
    low += before[k]! / n
    high += (after[k] ?? 0) / m
    distance = Math.max(distance, Math.abs(low - high))
  }
  return { distance, log: Math.min(0, Math.LN2 - 2 * ((n * m) / (n + m)) * distance * distance) }
}
