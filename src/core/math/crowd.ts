/** Share of a crowd from which its tail is learnt. */
const tailShare = 0.05
const leastTail = 20
/** A chance is extended no further below the smallest that can be counted, on a log scale. */
const furthest = 5

/**
 * Log chance that one of a crowd would measure so much: counted, and beyond the whole crowd by an exponential tail
 * fitted to its upper twentieth (with its slope's upper 95 % limit).
 * @param crowd measures of the crowd, falling
 */
export function logShareAbove(crowd: Float64Array, own: number): number {
  let above = 0
  while (above < crowd.length && crowd[above]! >= own) above++
  const counted = Math.log((above + 1) / (crowd.length + 1))
  const tail = Math.floor(tailShare * crowd.length)
  if (above > 0 || tail < leastTail) return counted
  const from = crowd[tail]!
  let slope = 0
  for (let k = 0; k < tail; k++) slope += (crowd[k]! - from) / tail
  slope *= 1 + 2 / Math.sqrt(tail)
  if (slope <= 0) return counted
  const fitted = Math.log(tail / crowd.length) - (own - from) / slope
  return Math.max(counted - furthest, Math.min(counted, fitted))
}
