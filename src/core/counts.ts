import { hashString } from './hash.ts'
import { shortened } from './ranked.ts'

/**
 * How often each value occurs, for a bounded number of values: when there are more, those with the smallest hashes
 * stay. A value that is left has been left in every shard, so its count is exact and shards merge to one answer.
 */
export interface BoundedCounts {
  counts: Map<string, number>
  /** Values that hash to this or above are out; 2^32 while nothing had to go. */
  limit: number
}

const everything = 2 ** 32
export const emptyCounts = (): BoundedCounts => ({ counts: new Map(), limit: everything })
/** True when some values were left out. */
export const overflows = ({ limit }: BoundedCounts): boolean => limit < everything

const rankOf = (value: string): number => hashString(value, 0x5eed) >>> 0
const mostUnits = 200

/** The value as a key of bounded length: longer ones are told apart by a hash of the whole. */
export function valueKey(value: string): string {
  if (value.length <= mostUnits) return value
  const named = [0, 1].map(seed => (hashString(value, seed) >>> 0).toString(16).padStart(8, '0'))
  return `${shortened(value, mostUnits - 20)}…${named.join('')}`
}

/** Counts `n` more rows of a value. */
export function countValue(to: BoundedCounts, value: string, n: number, most: number): void {
  const seen = to.counts.get(value)
  if (seen !== undefined) return void to.counts.set(value, seen + n)
  if (to.limit < everything && rankOf(value) >= to.limit) return
  to.counts.set(value, n)
  if (to.counts.size > 2 * most) trimCounts(to, most)
}

/** Leaves the `most` values of smallest hash. */
export function trimCounts(to: BoundedCounts, most: number): BoundedCounts {
  if (to.counts.size <= most) return to
  const ranks = Float64Array.from(to.counts.keys(), rankOf).sort()
  to.limit = Math.min(to.limit, ranks[most]!)
  for (const value of to.counts.keys()) if (rankOf(value) >= to.limit) to.counts.delete(value)
  return to
}

/** Adds the counts of `b` to `a`. */
export function mergeCounts(a: BoundedCounts, b: BoundedCounts, most: number): BoundedCounts {
  if (b.limit < a.limit) {
    a.limit = b.limit
    for (const value of a.counts.keys()) if (rankOf(value) >= a.limit) a.counts.delete(value)
  }
  for (const [value, n] of b.counts) countValue(a, value, n, most)
  return trimCounts(a, most)
}

/** The values by falling count, then by name. */
export const sortedCounts = ({ counts }: BoundedCounts): [string, number][] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
