import { logBinomialTail } from '../../core/index.ts'
import { type Habits, typical } from './habits.ts'
import type { Pool } from './pool.ts'

/** A rater that is of no use alone, and why. */
export interface Single {
  readonly rater: number
  readonly kind: 'inverted' | 'random' | 'constant' | 'fails-gold'
  /** Votes that were compared, those that speak against the rater, and how many of a usual rater's would. */
  readonly votes: number
  readonly against: number
  readonly expected: number
  /** Natural logarithm of the chance for an honest rater, times the raters. */
  readonly logChance: number
}

/** Fewer votes say nothing about a rater. */
const fewest = 10
const clear = 0.7

/** Raters who fail curated ratings, contradict whatever the others say, vote at random, or always say the same. */
export function singlesOf(pool: Pool, habits: Habits, left: ReadonlySet<number>, risk: number): Single[] {
  const tallies = pool.raters.map((_, rater) => (left.has(rater) ? null : tallyOf(pool, habits, left, rater)))
  const sum = (of: (t: Tally) => number) => tallies.reduce((all, t) => all + (t ? of(t) : 0), 0)
  const rate = (sum(t => t.against) + 1) / (sum(t => t.votes) + 4)
  const goldRate = (sum(t => t.goldAgainst) + 1) / (sum(t => t.gold) + 4)
  const chance = 1 - habits.usual.reduce((all, p) => all + p * p, 0)
  const many = Math.log(pool.raters.length)
  const found: Single[] = []
  tallies.forEach((tally, rater) => {
    if (!tally) return
    const { votes, against, opposed, gold, goldAgainst, most } = tally
    const told = (kind: Single['kind'], n: number, k: number, p: number) => {
      const logChance = Math.min(0, logBinomialTail(k, n, p) + many)
      if (logChance < Math.log(risk)) found.push({ rater, kind, votes: n, against: k, expected: p * n, logChance })
      return logChance < Math.log(risk)
    }
    if (gold >= 3 && goldAgainst > 2 * goldRate * gold && told('fails-gold', gold, goldAgainst, goldRate)) return
    if (votes < fewest) return
    if (pool.ordered && opposed > 0.5 * votes && told('inverted', votes, opposed, 0.5)) return
    const own = pool.byRater[rater]!.length
    if (most === own && own >= 2 * fewest && told('constant', own, own, Math.max(...habits.usual))) return
    if (against >= 0.8 * chance * votes) told('random', votes, against, rate)
  })
  return found
}

interface Tally {
  /** Votes on things of which the others clearly say one thing. */
  readonly votes: number
  readonly against: number
  /** Votes on the other side of the middle. */
  readonly opposed: number
  readonly gold: number
  readonly goldAgainst: number
  /** Votes of the level that the rater gives most. */
  readonly most: number
}

function tallyOf(pool: Pool, habits: Habits, leave: ReadonlySet<number>, rater: number): Tally {
  const { size } = habits
  const others = new Float64Array(size)
  const said = new Float64Array(size)
  const levels = new Float64Array(size)
  let [votes, against, opposed, gold, goldAgainst] = [0, 0, 0, 0, 0]
  for (const v of pool.byRater[rater]!) {
    const [m, own] = [pool.item[v]!, pool.level[v]!]
    levels[own]!++
    const truth = pool.gold[m]!
    if (truth >= 0) {
      gold++
      if (Math.abs(own - truth) > (size > 3 && pool.ordered ? 1 : 0)) goldAgainst++
    }
    others.fill(0)
    let total = 0
    for (const w of pool.byItem[m]!) {
      if (w === v || leave.has(pool.rater[w]!)) continue
      others[pool.level[w]!]!++
      total++
    }
    if (total < 2) continue
    typical(others, habits, said)
    const best = said.indexOf(Math.max(...said))
    const [low, high] = sides(said)
    if (size > 2 && pool.ordered ? Math.max(low, high) < clear : said[best]! < clear) continue
    votes++
    if (own !== best) against++
    if (low > high === own > (size - 1) / 2 && own !== (size - 1) / 2) opposed++
  }
  return { votes, against, opposed, gold, goldAgainst, most: Math.max(...levels) }
}

/** How much of what is said lies below and above the middle. */
function sides(said: Float64Array): readonly [number, number] {
  let [low, high] = [0, 0]
  said.forEach((p, l) => {
    if (l < (said.length - 1) / 2) low += p
    if (l > (said.length - 1) / 2) high += p
  })
  return [low, high]
}
