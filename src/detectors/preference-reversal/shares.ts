/** Share of a crowd from which its tail is learnt. */
const tailShare = 0.05
const leastTail = 12
/** A chance is extended no further below the smallest that can be counted, on a log scale. */
const furthest = 6

/**
 * Log chance that one of a crowd would measure so much: counted, and beyond the whole crowd by an exponential tail
 * fitted to its upper twentieth (with the upper 95 % limit of its slope).
 * @param crowd measures of the crowd, falling, the own one among them
 */
export function logShareAbove(crowd: Float64Array, own: number): number {
  let [low, high] = [0, crowd.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (crowd[middle]! >= own) low = middle + 1
    else high = middle
  }
  const above = Math.max(0, low - 1)
  const counted = Math.log((above + 1) / (crowd.length + 1))
  const tail = Math.floor(tailShare * crowd.length)
  if (tail < leastTail || above > 0) return counted
  const from = crowd[tail]!
  let slope = 0
  for (let k = 1; k < tail; k++) slope += (crowd[k]! - from) / (tail - 1)
  slope *= 1 + 2 / Math.sqrt(tail)
  if (slope <= 0) return counted
  const fitted = Math.log(tail / crowd.length) - (own - from) / slope
  return Math.max(counted - furthest, Math.min(counted, fitted))
}

/** Measures of a crowd, falling. */
export const falling = (measures: readonly number[]): Float64Array => Float64Array.from(measures).sort().reverse()
