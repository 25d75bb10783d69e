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

/** A normal model of two levels: groups differ from each other, and the values of a group from one another. */
export interface TwoLevels {
  /** Mean of the groups. */
  readonly mean: number
  /** Variance among the means of groups, and within one group. */
  readonly between: number
  readonly within: number
}

/** From fewer groups nothing is learnt. */
const leastGroups = 20

/** Learns the model by its moments, from the values of each group. */
export function twoLevels(groups: readonly (readonly number[])[]): TwoLevels {
  if (groups.length < leastGroups) return { mean: 0, between: 1, within: 1 }
  const means = groups.map(own => own.reduce((a, b) => a + b, 0) / own.length)
  const mean = means.reduce((a, b) => a + b, 0) / means.length
  let within = 0
  let free = 0
  groups.forEach((own, g) => {
    for (const x of own) within += (x - means[g]!) ** 2
    free += own.length - 1
  })
  within /= Math.max(1, free)
  const total = means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / (means.length - 1)
  const noise = groups.reduce((sum, own) => sum + within / own.length, 0) / groups.length
  return { mean, between: Math.max(total - noise, 0.05 * total), within }
}

/** Standard errors by which the values of a group lie above what the model expects of one. */
export function excessOf(own: readonly number[], { mean, between, within }: TwoLevels): number {
  const sum = own.reduce((a, b) => a + b, 0)
  return (sum / own.length - mean) / Math.sqrt(between + within / own.length)
}
