import { chanceOf, type Habits, typical } from './habits.ts'
import type { Pool } from './pool.ts'

/** With fewer votes about a thing, what is left without the group differs much with every member. */
const few = 60
/** Ratios of chances beyond this say no more. */
const mostRatio = 1e200

/** What a group says of one thing. */
export interface Matter {
  readonly votes: number[]
  /** Votes of the group by level. */
  readonly counts: Float64Array
  /** Ratio of the chance under a script to that under the votes of others: for each way of missing, each scripted level. */
  readonly ratio: Float64Array
  /** What the first member would say, by level: what the script is as likely to be. */
  readonly first: Float64Array
  /** What most others say; a script that says the same harms nobody and counts for nothing. -1 when few others voted. */
  common: number
}

/** What becomes of a matter with one more vote. `trial` and `first` are overwritten by every vote taken. */
export interface Ballot {
  readonly trial: Float64Array
  readonly first: Float64Array
  /** Takes a vote about thing `m`, of which `known` is what the group says so far; returns what most others say. */
  take(known: Matter | undefined, rater: number, m: number, level: number): number
}

/** Counts the votes of a group about one thing after another. */
export function ballotOf(pool: Pool, habits: Habits, misses: readonly number[]): Ballot {
  const { size } = habits
  const trial = new Float64Array(misses.length * size)
  const first = new Float64Array(size)
  const said = new Float64Array(size)
  const left = new Float64Array(size)
  /** Chance of a member's vote, given those of others than the group and what members said before. */
  const outside = (rater: number, level: number): number => {
    typical(left, habits, said)
    return chanceOf(habits.habit[rater]!, said, level)
  }
  const multiply = (level: number, p: number): void => {
    for (let e = 0; e < misses.length; e++)
      for (let s = 0; s < size; s++) {
        const followed = s === level ? 1 - misses[e]! : misses[e]! / (size - 1)
        trial[e * size + s] = Math.min(mostRatio, (trial[e * size + s]! * followed) / p)
      }
  }
  const take = (known: Matter | undefined, rater: number, m: number, level: number): number => {
    for (let l = 0; l < size; l++) left[l] = pool.counts[m * size + l]! - (known?.counts[l] ?? 0)
    left[level]!--
    const common = commonest(left)
    if (!known) {
      typical(left, habits, said)
      for (let s = 0; s < size; s++) first[s] = chanceOf(habits.habit[rater]!, said, s)
    } else first.set(known.first)
    if (known && pool.byItem[m]!.length > few) {
      trial.set(known.ratio)
      multiply(level, outside(rater, level))
      return common
    }
    trial.fill(1)
    for (const v of known?.votes ?? []) {
      multiply(pool.level[v]!, outside(pool.rater[v]!, pool.level[v]!))
      left[pool.level[v]!]!++
    }
    multiply(level, outside(rater, level))
    return common
  }
  return { trial, first, take }
}

/** The level that most of at least two votes have; the first one of several, -1 with fewer votes. */
function commonest(counts: Float64Array): number {
  let total = 0
  let best = 0
  for (let l = 0; l < counts.length; l++) {
    total += counts[l]!
    if (counts[l]! > counts[best]!) best = l
  }
  return total < 2 ? -1 : best
}
