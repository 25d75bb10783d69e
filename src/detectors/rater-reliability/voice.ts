import { chanceOf, type Habits, typical } from './habits.ts'
import type { Pool } from './pool.ts'

/** Shares of the things about which a group may have a script, and chances that a member does not follow it. */
const shares = [0.02, 0.08, 0.3, 0.9]
export const roughly = [0.03, 0.12, 0.3]
/** With fewer votes about a thing, what is left without the group differs much with every member. */
const few = 60
/** Ratios of chances beyond this say no more. */
const mostRatio = 1e200

/** What a group says of one thing. */
interface Matter {
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

/**
 * Raters as one voice: the evidence that they follow one script in some things, against each voting by its own habit
 * on what the others say of the thing. Each scripted thing costs one surprise; only the members beyond the first count.
 */
export interface Voice {
  readonly members: readonly number[]
  /** Natural logarithm of the likelihood ratio; the best of a few shares and ways of missing. */
  readonly weight: number
  /** What the weight would become with one more member. */
  weightWith(rater: number): number
  add(rater: number): void
  /** The best weight at each chance of missing. */
  weights(): readonly number[]
  /** Things about which members have at least two votes: how many votes, and the likeliest script where it opposes others. */
  matters(): readonly Scripted[]
}

/** What a voice has to do with one thing. */
export interface Scripted {
  readonly item: number
  readonly votes: number
  /** The level that the members seem to have agreed on, -1 where they did not. */
  readonly script: number
}

/** A voice without members, which may miss its script at some of these chances. */
export function voiceOf(pool: Pool, habits: Habits, misses: readonly number[] = roughly): Voice {
  const { size } = habits
  const matters = new Map<number, Matter>()
  const terms = new Float64Array(misses.length * shares.length)
  const members: number[] = []
  const trial = new Float64Array(misses.length * size)
  const first = new Float64Array(size)
  const said = new Float64Array(size)
  const left = new Float64Array(size)
  let common = -1
  // One step on a long scale is what strict raters differ from lenient ones.
  const step = pool.ordered && size > 3 ? 1 : 0
  const spared = (script: number, by: number) => Math.abs(script - by) <= step

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
  /** Fills `trial` and `first` with what they become with one more vote about a thing. */
  const take = (rater: number, m: number, level: number): void => {
    const known = matters.get(m)
    for (let l = 0; l < size; l++) left[l] = pool.counts[m * size + l]! - (known?.counts[l] ?? 0)
    left[level]!--
    common = commonest(left)
    if (!known) {
      typical(left, habits, said)
      for (let s = 0; s < size; s++) first[s] = chanceOf(habits.habit[rater]!, said, s)
    } else first.set(known.first)
    if (known && pool.byItem[m]!.length > few) {
      trial.set(known.ratio)
      multiply(level, outside(rater, level))
      return
    }
    trial.fill(1)
    for (const v of known?.votes ?? []) {
      multiply(pool.level[v]!, outside(pool.rater[v]!, pool.level[v]!))
      left[pool.level[v]!]!++
    }
    multiply(level, outside(rater, level))
  }
  const put = (into: Float64Array, ratio: Float64Array, script: Float64Array, common: number, sign: number): void => {
    if (common < 0) return
    for (let e = 0; e < misses.length; e++) {
      let mean = 0
      for (let s = 0; s < size; s++) mean += script[s]! * (spared(s, common) ? 1 : ratio[e * size + s]!)
      for (let h = 0; h < shares.length; h++)
        into[e * shares.length + h]! += sign * Math.log(1 - shares[h]! + shares[h]! * mean)
    }
  }
  const after = (rater: number): Float64Array => {
    const next = terms.slice()
    for (const v of pool.byRater[rater]!) {
      const m = pool.item[v]!
      const known = matters.get(m)
      take(rater, m, pool.level[v]!)
      if (known) put(next, known.ratio, known.first, known.common, -1)
      put(next, trial, first, common, 1)
    }
    return next
  }
  const scripted = (item: number, { votes, ratio, first, common }: Matter, all: Float64Array): Scripted[] => {
    if (votes.length < 2) return []
    const best = all.indexOf(Math.max(...all))
    const [e, share] = [Math.floor(best / shares.length), shares[best % shares.length]!]
    let script = -1
    let most = (1 - share) / share
    for (let s = 0; s < size; s++) {
      const weight = first[s]! * ratio[e * size + s]!
      if (common >= 0 && !spared(s, common) && weight > most) [script, most] = [s, weight]
    }
    return [{ item, votes: votes.length, script }]
  }
  return {
    members,
    get weight() {
      return Math.max(...terms)
    },
    weights: () => misses.map((_, e) => Math.max(...terms.subarray(e * shares.length, (e + 1) * shares.length))),
    matters: () => [...matters].flatMap(([item, matter]) => scripted(item, matter, terms)),
    weightWith: rater => Math.max(...after(rater)),
    add(rater) {
      terms.set(after(rater))
      members.push(rater)
      for (const v of pool.byRater[rater]!) {
        const m = pool.item[v]!
        take(rater, m, pool.level[v]!)
        const known = matters.get(m)
        known?.ratio.set(trial)
        if (known) known.common = common
        const matter = known ?? {
          votes: [],
          counts: new Float64Array(size),
          ratio: trial.slice(),
          first: first.slice(),
          common,
        }
        if (!known) matters.set(m, matter)
        matter.votes.push(v)
        matter.counts[pool.level[v]!]!++
      }
    },
  }
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
