/** The lowest of many numbers, up to a bound: shards merge to what one pass would have kept. */
export interface Lowest {
  kept: number[]
  /** Numbers from this on are out; Infinity while nothing had to go. */
  limit: number
}

export const emptyLowest = (): Lowest => ({ kept: [], limit: Infinity })

/** Puts a number in. Trims now and then, at twice the bound. */
export function putLowest(to: Lowest, value: number, most: number): void {
  if (value >= to.limit) return
  to.kept.push(value)
  if (to.kept.length > 2 * most + 16) trimLowest(to, most)
}

/** Leaves the `most` lowest, ascending. */
export function trimLowest(to: Lowest, most: number): Lowest {
  const sorted = Float64Array.from(to.kept).sort()
  if (sorted.length > most) to.limit = Math.min(to.limit, sorted[most]!)
  to.kept = Array.from(sorted.subarray(0, most)).filter(value => value < to.limit)
  return to
}

/** The lowest of both. May change and return `a`. */
export function mergeLowest(a: Lowest, b: Lowest, most: number): Lowest {
  a.limit = Math.min(a.limit, b.limit)
  for (const value of b.kept) putLowest(a, value, most)
  return trimLowest(a, most)
}
