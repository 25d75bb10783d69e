import { ballotOf, type Matter } from './ballot.ts'
import type { Habits } from './habits.ts'
import type { Pool } from './pool.ts'

/** Shares of the things about which a group may have a script, and chances that a member does not follow it. */
const shares = [0.02, 0.08, 0.3, 0.9]
export const roughly = [0.03, 0.12, 0.3]

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

/** How members may slip, and which scripts harm nobody. */
interface Rules {
  readonly misses: readonly number[]
  spared(script: number, common: number): boolean
}

/** A voice without members, which may miss its script at some of these chances. */
export function voiceOf(pool: Pool, habits: Habits, misses: readonly number[] = roughly): Voice {
  // One step on a long scale is what strict raters differ from lenient ones.
  const step = pool.ordered && habits.size > 3 ? 1 : 0
  const rules: Rules = { misses, spared: (script, common) => Math.abs(script - common) <= step }
  const matters = new Map<number, Matter>()
  const terms = new Float64Array(misses.length * shares.length)
  const members: number[] = []
  const { trial, first, take } = ballotOf(pool, habits, misses)
  const after = (rater: number): Float64Array => {
    const next = terms.slice()
    for (const v of pool.byRater[rater]!) {
      const known = matters.get(pool.item[v]!)
      const common = take(known, rater, pool.item[v]!, pool.level[v]!)
      if (known) put(rules, next, known, -1)
      put(rules, next, { ratio: trial, first, common }, 1)
    }
    return next
  }
  const settle = (rater: number, v: number): void => {
    const m = pool.item[v]!
    const known = matters.get(m)
    const common = take(known, rater, m, pool.level[v]!)
    const fresh = {
      votes: [],
      counts: new Float64Array(habits.size),
      ratio: trial.slice(),
      first: first.slice(),
      common,
    }
    const matter: Matter = known ?? fresh
    matter.ratio.set(trial)
    matter.common = common
    matter.votes.push(v)
    matter.counts[pool.level[v]!]!++
    matters.set(m, matter)
  }
  return {
    members,
    get weight() {
      return Math.max(...terms)
    },
    weights: () => misses.map((_, e) => Math.max(...terms.subarray(e * shares.length, (e + 1) * shares.length))),
    matters: () => [...matters].flatMap(([item, matter]) => scripted(rules, item, matter, terms)),
    weightWith: rater => Math.max(...after(rater)),
    add(rater) {
      terms.set(after(rater))
      members.push(rater)
      for (const v of pool.byRater[rater]!) settle(rater, v)
    },
  }
}

/** Adds what a thing says for each share of scripted things and chance of a slip, or takes it away again. */
function put(
  { misses, spared }: Rules,
  into: Float64Array,
  { ratio, first, common }: Pick<Matter, 'ratio' | 'first' | 'common'>,
  sign: number,
): void {
  if (common < 0) return
  const size = first.length
  for (let e = 0; e < misses.length; e++) {
    let mean = 0
    for (let s = 0; s < size; s++) mean += first[s]! * (spared(s, common) ? 1 : ratio[e * size + s]!)
    for (let h = 0; h < shares.length; h++)
      into[e * shares.length + h]! += sign * Math.log(1 - shares[h]! + shares[h]! * mean)
  }
}

/** What the members seem to have agreed on about one thing; empty when they have one vote. */
function scripted(
  { spared }: Rules,
  item: number,
  { votes, ratio, first, common }: Matter,
  all: Float64Array,
): Scripted[] {
  if (votes.length < 2) return []
  const size = first.length
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
