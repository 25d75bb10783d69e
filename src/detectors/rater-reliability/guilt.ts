import { clarityOf, compared, honestGroups } from './copies.ts'
import type { Habits } from './habits.ts'
import type { Pool } from './pool.ts'
import { voiceOf } from './voice.ts'

/** What tells a ring from people of one taste, who differ from the others together but each with the usual noise. */
export interface Guilt {
  /** Natural logarithm of how much likelier votes by a script are than one opinion held with the usual noise. */
  readonly alike: number
  /** The same from how the votes split about all things, against honest groups who differ as much. */
  readonly copied: number
  /** Share of members' votes that do not follow the group where it opposes the others; at the likeliest. */
  readonly miss: number
  /** The same share for raters outside and what the others say. */
  readonly usual: number
  /** Agreement of two outsiders about the group's things beyond chance, as a share of what is usual in the pool. */
  readonly settled: number
  /** How much the members agree with outsiders beyond chance, as a share of how much outsiders do. */
  readonly bond: number
  /** Things where the group says something else than the others, and what it says. */
  readonly disputed: ReadonlyMap<number, number>
}

/** Chances of a slip that are told apart, each a third above the one before. */
const misses = Array.from({ length: 16 }, (_, k) => 0.004 * 1.36 ** k)
/** By how much honest raters differ in how often they slip, and how well the usual chance is known; both as a share. */
const variety = 0.5
const doubt = 0.12
const sureShares = [0.3, 0.6, 0.9, 0.98]
const mostItems = 5000
/** Draws of votes about one thing. */
const mostDraws = 8

/** Compares a group's differences within itself with those of the pool. */
export function guiltOf(pool: Pool, habits: Habits, members: readonly number[], suspects: ReadonlySet<number>): Guilt {
  const voice = voiceOf(pool, habits, misses)
  for (const member of members) voice.add(member)
  const weights = voice.weights()
  const matters = voice.matters()
  const inside = new Set(members)
  const disputed = new Map(matters.flatMap(({ item, script }) => (script < 0 ? [] : [[item, script] as const])))
  const sizes = matters.map(({ votes }) => votes)
  const usual = usualMiss(pool, habits, inside, sizes)
  const alike = likelier(weights, usual, members.length)
  const miss = misses[weights.indexOf(Math.max(...weights))]!
  const clarity = clarityOf(honestGroups(pool, habits, suspects, members.length))
  const copied = compared(pool, habits, inside, clarity).alike
  const settled = settledOf(pool, habits, matters, inside)
  return { alike, copied, miss, usual, settled, bond: bondOf(pool, habits, inside), disputed }
}

/**
 * Log of the chance of the votes when members copy, any chance of a slip below the usual one being as likely as another,
 * over that when they slip as honest raters do: as the mean of so many.
 */
function likelier(weights: readonly number[], usual: number, members: number): number {
  const spread = Math.hypot(variety / Math.sqrt(members), doubt)
  const copied = misses.map(miss => (miss <= usual ? 1 : 0))
  const honest = misses.map(miss => Math.exp(-0.5 * (Math.log(miss / usual) / spread) ** 2))
  return logMean(weights, copied) - logMean(weights, honest)
}

/** Log of the mean of exponentials under some weights. */
function logMean(logs: readonly number[], weights: readonly number[]): number {
  const most = Math.max(...logs)
  const all = weights.reduce((sum, w) => sum + w, 0)
  return (
    most +
    Math.log(logs.reduce((sum, log, k) => sum + weights[k]! * Math.exp(log - most), 1e-300) / Math.max(1e-300, all))
  )
}

/** How often honest raters slip, found as for a group: from as many votes about each thing, easy and hard ones. */
function usualMiss(pool: Pool, { usual }: Habits, inside: ReadonlySet<number>, sizes: readonly number[]): number {
  const sums = new Float64Array(misses.length * sureShares.length)
  const step = Math.max(1, Math.floor(pool.items / mostItems))
  let seen = 0
  for (let m = 0; m < pool.items; m += step) {
    const wanted = sizes.length > 0 ? sizes[seen % sizes.length]! : 3
    const votes = [...pool.byItem[m]!].filter(v => !inside.has(pool.rater[v]!))
    if (votes.length < Math.max(2, wanted)) continue
    seen++
    for (let from = 0; from < Math.min(mostDraws, Math.floor(votes.length / wanted)); from++)
      addDraw(
        sums,
        votes.slice(from * wanted, (from + 1) * wanted).map(v => pool.level[v]!),
        usual,
      )
  }
  return misses[Math.floor(sums.indexOf(Math.max(...sums)) / sureShares.length)]!
}

/** Adds what some votes about one thing say for each chance of a slip. */
function addDraw(sums: Float64Array, levels: readonly number[], usual: Float64Array): void {
  const size = usual.length
  misses.forEach((miss, e) => {
    let mean = 0
    for (let s = 0; s < size; s++) {
      let ratio = usual[s]!
      for (const level of levels) ratio *= (level === s ? 1 - miss : miss / (size - 1)) / usual[level]!
      mean += ratio
    }
    sureShares.forEach((share, h) => void (sums[e * sureShares.length + h]! += Math.log(1 - share + share * mean)))
  })
}

/** How much outsiders agree about the group's things, beyond chance and beside how much raters agree elsewhere. */
function settledOf(
  pool: Pool,
  { size, usual }: Habits,
  matters: readonly { readonly item: number; readonly votes: number }[],
  inside: ReadonlySet<number>,
): number {
  const here = { agree: 0, pairs: 0 }
  const all = { agree: 0, pairs: 0 }
  const weights = new Map(matters.map(({ item, votes }) => [item, votes - 1]))
  const left = new Float64Array(size)
  for (let m = 0; m < pool.items; m++) {
    left.fill(0)
    let total = 0
    for (const v of pool.byItem[m]!) {
      if (inside.has(pool.rater[v]!)) continue
      left[pool.level[v]!]!++
      total++
    }
    if (total < 2) continue
    const share = left.reduce((sum, n) => sum + n * (n - 1), 0) / (total * (total - 1))
    const weight = weights.get(m) ?? 0
    all.agree += share
    all.pairs++
    here.agree += weight * share
    here.pairs += weight
  }
  const chance = usual.reduce((sum, p) => sum + p * p, 0)
  if (all.pairs === 0 || here.pairs === 0) return 0
  return (here.agree / here.pairs - chance) / Math.max(1e-9, all.agree / all.pairs - chance)
}

/** Agreement of members with outsiders over that of outsiders with each other, both beyond chance. */
function bondOf(pool: Pool, { size, usual }: Habits, inside: ReadonlySet<number>): number {
  const sums = { mixed: 0, mixedPairs: 0, outer: 0, outerPairs: 0 }
  const own = new Float64Array(size)
  const others = new Float64Array(size)
  for (let m = 0; m < pool.items; m++) {
    own.fill(0)
    others.fill(0)
    let [n, k] = [0, 0]
    for (const v of pool.byItem[m]!) {
      const member = inside.has(pool.rater[v]!)
      ;(member ? own : others)[pool.level[v]!]!++
      if (member) k++
      else n++
    }
    if (k === 0 || n < 2) continue
    // Each thing counts as often as members rated it, once for every pair of raters drawn there.
    sums.mixed += own.reduce((sum, mine, l) => sum + mine * others[l]!, 0) / n
    sums.mixedPairs += k
    sums.outer += (k * others.reduce((sum, o) => sum + o * (o - 1), 0)) / (n * (n - 1))
    sums.outerPairs += k
  }
  const chance = usual.reduce((sum, p) => sum + p * p, 0)
  if (sums.mixedPairs === 0) return 1
  return (sums.mixed / sums.mixedPairs - chance) / Math.max(1e-9, sums.outer / sums.outerPairs - chance)
}
