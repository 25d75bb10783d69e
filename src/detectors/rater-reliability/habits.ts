import type { Pool } from './pool.ts'

/** How raters vote as a rule: what a usual one would say of a thing, and how each differs from that. */
export interface Habits {
  /** Levels. */
  readonly size: number
  /** Shares of the levels among all votes. */
  readonly usual: Float64Array
  /** What another rater says (column) of a thing of which one rater said (row). */
  readonly echo: Float64Array
  /** Votes that the echo is worth beside the votes about the thing itself. */
  readonly trust: number
  /** For each rater what it says (column) where a usual rater says (row). */
  readonly habit: readonly Float64Array[]
}

const trusts = [0.5, 1, 2, 4, 8, 16, 32]
/** Votes that a rater is believed to have cast as others do before its own are counted, for each level. */
const priorVotes = 4
const slip = 0.1
const rounds = 4
/** Votes by which the trust is chosen. */
const mostTried = 40_000

/** Learns the habits of a pool. */
export function habitsOf(pool: Pool): Habits {
  const size = pool.levels.length
  const usual = new Float64Array(size).fill(1)
  for (const level of pool.level) usual[level]!++
  const all = usual.reduce((a, b) => a + b, 0)
  for (let l = 0; l < size; l++) usual[l]! /= all
  const echo = echoOf(pool, usual)
  const trust = trustOf(pool, { size, usual, echo })
  const early = { size, usual, echo, trust, habit: [] as Float64Array[] }
  early.habit = pool.raters.map((_, r) => habitOf(pool, early, r))
  return early
}

function echoOf({ byItem, counts, level, levels: { length: size } }: Pool, usual: Float64Array): Float64Array {
  const echo = new Float64Array(size * size)
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) echo[a * size + b] = 2 * usual[b]!
  byItem.forEach((votes, m) => {
    if (votes.length < 2) return
    for (const v of votes)
      for (let b = 0; b < size; b++) {
        const a = level[v]!
        const others = counts[m * size + b]! - (a === b ? 1 : 0)
        echo[a * size + b]! += others / (votes.length - 1)
      }
  })
  for (let a = 0; a < size; a++) {
    let sum = 0
    for (let b = 0; b < size; b++) sum += echo[a * size + b]!
    for (let b = 0; b < size; b++) echo[a * size + b]! /= sum
  }
  return echo
}

type Learnt = Pick<Habits, 'size' | 'usual' | 'echo'>

function trustOf(pool: Pool, learnt: Learnt): number {
  const step = Math.max(1, Math.floor(pool.rater.length / mostTried))
  const likely = trusts.map(trust => {
    const into = new Float64Array(learnt.size)
    const left = new Float64Array(learnt.size)
    let sum = 0
    for (let v = 0; v < pool.rater.length; v += step) {
      const m = pool.item[v]!
      if (pool.byItem[m]!.length < 2) continue
      for (let l = 0; l < learnt.size; l++) left[l] = pool.counts[m * learnt.size + l]!
      left[pool.level[v]!]!--
      typical(left, { ...learnt, trust }, into)
      sum += Math.log(into[pool.level[v]!]!)
    }
    return sum
  })
  return trusts[likely.indexOf(Math.max(...likely))]!
}

/** Fills `into` with what a usual rater would say of a thing of which others said `counts`. */
export function typical(
  counts: ArrayLike<number>,
  { size, usual, echo, trust }: Learnt & Pick<Habits, 'trust'>,
  into: Float64Array,
): void {
  let total = 0
  for (let l = 0; l < size; l++) total += counts[l]!
  for (let b = 0; b < size; b++) {
    let base = total > 0 ? 0 : usual[b]!
    if (total > 0) for (let a = 0; a < size; a++) base += (counts[a]! / total) * echo[a * size + b]!
    into[b] = (counts[b]! + trust * base) / (total + trust)
  }
}

function habitOf(pool: Pool, learnt: Habits, rater: number): Float64Array {
  const { size } = learnt
  const prior = new Float64Array(size * size)
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++)
      prior[a * size + b] = priorVotes * ((a === b ? 1 - slip : 0) + slip * learnt.usual[b]!)
  let habit = Float64Array.from(prior, p => p / priorVotes)
  const said = new Float64Array(size)
  const left = new Float64Array(size)
  for (let round = 0; round < rounds; round++) {
    const next = prior.slice()
    for (const v of pool.byRater[rater]!) {
      const [m, own] = [pool.item[v]!, pool.level[v]!]
      for (let l = 0; l < size; l++) left[l] = pool.counts[m * size + l]!
      left[own]!--
      typical(left, learnt, said)
      let sum = 0
      for (let a = 0; a < size; a++) sum += said[a]! * habit[a * size + own]!
      for (let a = 0; a < size; a++) next[a * size + own]! += (said[a]! * habit[a * size + own]!) / sum
    }
    habit = next
    for (let a = 0; a < size; a++) {
      let sum = 0
      for (let b = 0; b < size; b++) sum += habit[a * size + b]!
      for (let b = 0; b < size; b++) habit[a * size + b]! /= sum
    }
  }
  return habit
}

/** Chance that this rater says `level` where a usual one would say levels as often as in `said`. */
export function chanceOf(habit: Float64Array, said: Float64Array, level: number): number {
  const size = said.length
  let p = 0
  for (let a = 0; a < size; a++) p += said[a]! * habit[a * size + level]!
  return p
}
