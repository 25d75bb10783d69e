/** Values that stand clear of the tail of their crowd, largest first. */
export interface StandOut {
  readonly index: number
  readonly value: number
  /** How many times the first value that belongs to the crowd. */
  readonly times: number
  /** Chance that a crowd with this tail has so many values so large. */
  readonly chance: number
}

export interface StandOutOptions {
  /** Values that may be no part of the crowd. */
  readonly most: number
  /** Chance of naming any value of an honest crowd. */
  readonly risk: number
}

/** Share of the values that counts as their tail, and how many are enough to know it. */
const tailShare = 0.02
const tailBounds = [40, 2000] as const

/**
 * Which of the largest values are no part of the crowd's tail. The tail is taken for a power law, heavier than any that
 * sound weights have, whose index the crowd itself gives: Hill's estimator over the values below the `most` largest.
 * By Rényi's representation the i-th largest of those exceeds the largest of the crowd `y` times with a chance of at
 * most C(most, i)·(1 + i·ln y/(σ m))^-m for an index σ that m values told.
 */
export function standOut(values: Float64Array, { most, risk }: StandOutOptions): StandOut[] {
  const tail = Math.min(tailBounds[1], Math.max(tailBounds[0], Math.floor(values.length * tailShare)))
  if (values.length < most + tail + 1) return []
  const top = largest(values, most + tail + 1)
  const edge = values[top[most]!]!
  const end = values[top[most + tail]!]!
  if (!(end > 0) || !Number.isFinite(edge)) return []
  // The largest are only known to be no smaller than the edge.
  let sum = most * Math.log(edge / end)
  for (let i = most; i < most + tail; i++) sum += Math.log(values[top[i]!]! / end)
  // Equal values would make every difference certain; rounding alone spreads them so far.
  const spread = Math.max(sum / tail, 1e-4)
  const chances = top.slice(0, most).map((index, k) => {
    const excess = Math.log(values[index]! / edge)
    const all = -tail * Math.log1p(((k + 1) * excess) / spread / tail)
    // The shares 1/(i(i + 1)) of the risk add up to one.
    return Math.min(1, (k + 1) * (k + 2) * Math.exp(logChoose(most, k + 1) + all))
  })
  const last = chances.findLastIndex(chance => chance < risk)
  return top.slice(0, last + 1).map((index, k) => {
    const value = values[index]!
    return { index, value, times: value / edge, chance: Math.min(...chances.slice(k, last + 1)) }
  })
}

/** Places of the largest values, largest first; of equal values the first one. */
function largest(values: Float64Array, count: number): number[] {
  const least = Float64Array.from(values).sort()[values.length - count]!
  const places: number[] = []
  for (let k = 0; k < values.length; k++) if (values[k]! >= least) places.push(k)
  return places.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, count)
}

function logChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i)
  return sum
}
