import { logFisher, type Trace } from '../../core/index.ts'
import type { Held } from './held.ts'
import { defiance, type Testimony } from './witness.ts'

/** A piece of text under suspicion, and what speaks against it. */
export interface Case {
  /** The rows in which it was found. */
  readonly held: Held
  readonly trace: Trace
  readonly testimony: Testimony
  /** Class that it leans to. */
  readonly label: number
  /** Rows of the whole table that hold the gram it was found by, and those with the label. */
  readonly rows: number
  readonly agreeing: number
  readonly kind: number
  /** Smallest lean (log odds added to what the rest says) that its labels allow. */
  readonly lean: number
  /** Log chance of its labels if it were an honest word of little lean. */
  readonly against: number
  /** Log chance that a natural piece leaves texts that read so well without it, and is as long as often. */
  readonly inserted: number
  /** Log chance that the rests of so many rows drawn from the whole table would speak so little for the label. */
  readonly displaced: number
  /** Log chance that a natural word, about as frequent, is spelt so unlike the words of the table. */
  readonly strange: number
}

export interface Scored extends Case {
  /** Log chance of its labels if it were as strong as the strongest honest words of the table. */
  readonly defiance: number
  /** Two witnesses or three together: log chance of so small a product. */
  readonly score: number
  /** The same where the spelling may be one more witness: it adds a quarter to the chance. */
  readonly near: number
}

/** Kind of a case whose words stand apart. */
export const COMBINED = -1

/** Row ids of a case. */
export const idsOf = ({ held, trace }: Pick<Case, 'held' | 'trace'>): number[] => trace.rows.map(i => held.ids[i]!)

/** A lean is called shown when a smaller one would be this unlikely. */
const shown = Math.log(0.05)

/** The lean at which the labels of a piece are just not surprising. */
export function leanOf(testimony: Testimony): number {
  let [low, high] = [-4, 10]
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (defiance(testimony, middle) < shown) low = middle
    else high = middle
  }
  return low
}

/** Pieces of one attack may be among the strongest: so many of them do not raise the ceiling. */
const setAside = 8
/** Honest words lean at least this much, even where few were seen. */
const leastCeiling = 0.5

/**
 * How strongly honest words lean to a label in this table, learnt from the table: the lean of the strongest piece but
 * eight, no two of them from the same rows. Swear words in a table of insults lean far; in reviews words lean less.
 */
export function ceilingOf(cases: readonly Case[], label: number): number {
  const apart: Set<number>[] = []
  const sorted = cases.filter(c => c.label === label).sort((a, b) => b.lean - a.lean)
  for (const one of sorted) {
    const { lean } = one
    const own = new Set(idsOf(one))
    if (apart.some(other => overlap(own, other) > 0.5)) continue
    if (apart.length === setAside) return Math.max(leastCeiling, lean)
    apart.push(own)
  }
  return leastCeiling
}

/** Share of the smaller set that is in the other. */
export function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let both = 0
  for (const x of small) if (large.has(x)) both++
  return small.size === 0 ? 0 : both / small.size
}

/** Scores a case under the ceiling of its label: with two witnesses, or with all three, whichever says more. */
export function scored(own: Case, ceiling: number): Scored {
  const against = defiance(own.testimony, ceiling)
  const two = against + own.inserted
  const three = two + own.displaced
  const score = Math.min(0, Math.LN2 + Math.min(logFisher(2, two), logFisher(3, three)))
  const spelt = 3 * Math.LN2 + Math.min(logFisher(3, two + own.strange), logFisher(4, three + own.strange))
  return { ...own, defiance: against, score, near: Math.min(score, spelt) }
}

/**
 * Log of the line under which one false alarm comes in `1 / budget` tables. Only pieces that could reach the line with
 * every row agreeing are tests (Tarone 1990); `further` tests were made besides.
 * @param rows rows that hold each piece, falling
 */
export function lineOf(rows: readonly number[], perRow: number, budget: number, further = 0): number {
  let tests = rows.length
  for (let step = 0; step < 20; step++) {
    const line = Math.log(budget / Math.max(1, tests + further))
    const reaching = rows.findIndex(n => n * perRow > line)
    const next = reaching < 0 ? rows.length : Math.max(1, reaching)
    if (next === tests) break
    tests = next
  }
  return Math.log(budget / Math.max(1, tests + further))
}
