import { chanceOf, type Habits, typical } from './habits.ts'
import type { Pool } from './pool.ts'

/** Two raters who may be one voice, with the natural logarithm of the evidence. */
export interface Tie {
  readonly a: number
  readonly b: number
  readonly weight: number
}

/** Shares of the things that two raters may have agreed on beforehand. */
const scripted = [0.03, 0.15, 0.6]
/** Chance that a copy is not made. */
const missed = 0.05
/** Pairs of votes that are compared at most; of things with more votes a share, drawn evenly. */
const mostPairs = 40_000_000
/** Ties kept for each rater. */
const partners = 8
const leastWeight = 1
/** Below this many votes a thing's votes are predicted without both raters of a pair, exactly. */
const few = 30
const steps = 64

/** Weights of agreeing at a chance, by steps of its logarithm, and of not agreeing, for each share. */
function weights(): { readonly agree: Float64Array; readonly differ: Float64Array } {
  const agree = new Float64Array(scripted.length * (steps + 1))
  scripted.forEach((share, s) => {
    for (let k = 0; k <= steps; k++)
      agree[s * (steps + 1) + k] = Math.log(1 - share + share * (missed + (1 - missed) * Math.exp(k / 8)))
  })
  return { agree, differ: Float64Array.from(scripted, share => Math.log(1 - share + share * missed)) }
}

/** Pairs of raters that agree beyond what the other votes about the same things explain, strongest first. */
export function tiesOf(pool: Pool, habits: Habits): Tie[] {
  const most = votesCompared(pool)
  const chance = chances(pool, habits)
  const { agree, differ } = weights()
  const sums = new Float64Array(scripted.length * pool.raters.length)
  const met: number[] = []
  const ties: Tie[] = []
  const compare = (v: number, w: number): void => {
    const [a, b] = [pool.rater[v]!, pool.rater[w]!]
    if (b <= a) return
    if (sums[b * scripted.length] === 0) met.push(b)
    const same = pool.level[v] === pool.level[w]
    const crowded = pool.byItem[pool.item[v]!]!.length > few
    const p = !same ? 1 : crowded ? Math.max(chance[v]!, chance[w]!) : both(pool, habits, v, w)
    const step = Math.min(steps, Math.floor(-8 * Math.log(p)))
    for (let s = 0; s < scripted.length; s++)
      sums[b * scripted.length + s]! += same ? agree[s * (steps + 1) + step]! : differ[s]!
  }
  pool.byRater.forEach((own, a) => {
    for (const v of own) {
      const all = pool.byItem[pool.item[v]!]!
      const stride = Math.max(1, Math.ceil(all.length / most))
      for (let k = 0; k < all.length; k += stride) compare(v, all[k]!)
    }
    gather(ties, a, met, sums)
  })
  return ties.sort((x, y) => y.weight - x.weight || x.a - y.a || x.b - y.b)
}

function gather(ties: Tie[], a: number, met: number[], sums: Float64Array): void {
  const own: Tie[] = []
  for (const b of met) {
    const weight = Math.max(...sums.subarray(b * scripted.length, (b + 1) * scripted.length))
    if (weight > leastWeight) own.push({ a, b, weight })
    sums.fill(0, b * scripted.length, (b + 1) * scripted.length)
  }
  met.length = 0
  own.sort((x, y) => y.weight - x.weight || x.b - y.b)
  ties.push(...own.slice(0, partners))
}

/** Votes of one thing that are compared with each other, so that all things together stay within the bound. */
function votesCompared({ byItem }: Pool): number {
  let most = 4096
  const pairs = () => byItem.reduce((sum, { length: n }) => sum + n * Math.min(n, most), 0)
  while (most > 16 && pairs() > 2 * mostPairs) most /= 2
  return most
}

/** Chance of every vote, given the other votes about the same thing. */
function chances(pool: Pool, habits: Habits): Float64Array {
  const { size } = habits
  const left = new Float64Array(size)
  const said = new Float64Array(size)
  return Float64Array.from(pool.rater, (r, v) => {
    for (let l = 0; l < size; l++) left[l] = pool.counts[pool.item[v]! * size + l]!
    left[pool.level[v]!]!--
    typical(left, habits, said)
    return chanceOf(habits.habit[r]!, said, pool.level[v]!)
  })
}

const left2 = new Float64Array(16)
const said2 = new Float64Array(16)

/** The larger chance of two equal votes, given the votes of others than the two. */
function both(pool: Pool, habits: Habits, v: number, w: number): number {
  const { size } = habits
  const left = left2.subarray(0, size)
  const said = said2.subarray(0, size)
  for (let l = 0; l < size; l++) left[l] = pool.counts[pool.item[v]! * size + l]!
  left[pool.level[v]!]! -= 2
  typical(left, habits, said)
  const level = pool.level[v]!
  const habit = (u: number) => habits.habit[pool.rater[u]!]!
  return Math.max(chanceOf(habit(v), said, level), chanceOf(habit(w), said, level))
}
