import type { Cell } from '../table.ts'
import { timeOf } from '../time.ts'
import { firstAtLeast } from './sorted.ts'
import { logBinomialTail, logFactorial } from './tails.ts'

/** Senders that together may stand for one sender with several names. */
const mostSenders = 5

/** The few values that a group's rows have more often than the table's rows do. */
export interface Concentration {
  readonly values: readonly string[]
  readonly share: number
  readonly expectedShare: number
  /** Natural logarithm of the chance that any so few values would fill the group so much. */
  readonly logChance: number
}

/** Counts of values. */
export function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/**
 * Whether few senders fill a group. The chance is a binomial tail with the senders' share of the other rows, times the
 * number of ways to choose so many senders.
 */
export function fewSenders(own: readonly string[], table: ReadonlyMap<string, number>): Concentration | null {
  const counts = [...tally(own)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const all = [...table.values()].reduce((sum, n) => sum + n, 0)
  const distinct = Math.max(table.size, counts.length)
  let best: Concentration | null = null
  let rows = 0
  let share = 0
  for (let j = 1; j <= Math.min(mostSenders, counts.length); j++) {
    const [value, n] = counts[j - 1]!
    rows += n
    share += Math.max(0, (table.get(value) ?? 0) - n) + 1
    const expectedShare = Math.min(1, share / Math.max(share, all - own.length + distinct))
    const ways = logFactorial(distinct) - logFactorial(j) - logFactorial(Math.max(0, distinct - j))
    const logChance = Math.min(0, logBinomialTail(rows, own.length, expectedShare) + ways)
    const values = counts.slice(0, j).map(([v]) => v)
    if (!best || logChance < best.logChance) best = { values, share: rows / own.length, expectedShare, logChance }
  }
  return best
}

/** A short time in which most of a group's rows were made. */
export interface Burst {
  readonly from: number
  readonly to: number
  readonly share: number
  readonly expectedShare: number
  readonly logChance: number
}

const inBurst = 0.8

/** The shortest time with four fifths of a group, against the table's share of rows in it. `all` is ascending. */
export function burst(cells: readonly (Cell | undefined)[], all: Float64Array): Burst | null {
  const times = cells.map(timeOf).filter(t => t !== null)
  times.sort((a, b) => a - b)
  const count = Math.ceil(inBurst * times.length)
  if (count < 3 || all.length === 0) return null
  let first = 0
  for (let k = 0; k + count <= times.length; k++)
    if (times[k + count - 1]! - times[k]! < times[first + count - 1]! - times[first]!) first = k
  const [from, to] = [times[first]!, times[first + count - 1]!]
  const others = Math.max(0, firstAtLeast(all, to + 1) - firstAtLeast(all, from) - count)
  const expectedShare = Math.min(1, (others + 1) / Math.max(1, all.length - times.length + 1))
  const tail = logBinomialTail(count, times.length, expectedShare)
  return { from, to, share: count / times.length, expectedShare, logChance: Math.min(0, tail + Math.log(times.length)) }
}
