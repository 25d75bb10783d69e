import { type Habits, typical } from './habits.ts'
import type { Pool } from './pool.ts'

/**
 * How much clearer than the pool's the opinions of one group may be: every share is raised to this power. A group of
 * one taste agrees a little better than raters drawn from all.
 */
const clarities = Array.from({ length: 8 }, (_, k) => 0.7 * 1.23 ** k)
/** Shares of the things of which a minority has an opinion of its own, and how likely each is at first. */
const ownShares = [0.03, 0.1, 0.2, 0.35, 0.6, 1]
const ownPrior = [0, 0, 0, 0, 0, -1.4]
/** Those of these that a ring may have beside its script. */
const besideScript = new Set([0.03, 0.2])
/** Shares of the things about which a ring has a script, and chances that a member strays from it. */
const scriptShares = [0.04, 0.1, 0.2, 0.45, 0.98]
const strays = [0.01, 0.04, 0.08, 0.14]
const mostItems = 2500
/** Things whose opinions stand for what opinions there are. */
const mostOpinions = 40

/** How clear the opinions of honest groups are: a normal distribution of the logarithm. */
export interface Clarity {
  readonly mean: number
  readonly spread: number
}

/** Votes of a group, and of those outside, about the things that it rated. */
export interface Splits {
  readonly size: number
  /** Votes of the group by level, for each thing with at least two of them. */
  readonly votes: readonly Float64Array[]
  readonly keys: readonly string[]
  /** What an outsider would say of each. */
  readonly said: readonly Float64Array[]
  /** Votes that this is worth. */
  readonly worth: readonly number[]
  /** What outsiders say of things drawn from all. */
  readonly opinions: readonly Float64Array[]
  readonly opinionsWorth: readonly number[]
}

export interface Compared {
  /** Natural logarithm of the likelihood of copies over that of one taste. */
  readonly alike: number
  /** Of a ring: how often members stray, at the likeliest. */
  readonly stray: number
}

/** Compares copies of a script with people of one taste, by how the votes of a group split about every thing. */
export function compared(pool: Pool, habits: Habits, members: ReadonlySet<number>, clarity: Clarity): Compared {
  return likelier(splitsOf(pool, habits, members, members), clarity)
}

function likelier(splits: Splits, clarity: Clarity): Compared {
  const scripts = strays.map(stray => ({ stray, chances: scriptChances(splits, stray) }))
  const tastes = totals()
  const rings = totals()
  const leanings = [new Float64Array(splits.size).fill(1), leaningOf(splits)]
  const compare = (power: number, leaning: Float64Array): void => {
    const prior = -0.5 * ((Math.log(power) - clarity.mean) / clarity.spread) ** 2
    const { shared, own } = chancesOf(splits, power, leaning)
    ownShares.forEach((share, d) => {
      const mixed = mix(shared, own, share)
      const before = prior + ownPrior[d]!
      tastes.add(before + sumOfLogs(mixed))
      if (!besideScript.has(share)) return
      for (const { stray, chances } of scripts)
        for (const part of scriptShares) rings.add(before + sumOfLogs(mix(mixed, chances, part)), stray)
    })
  }
  for (const power of clarities) for (const leaning of leanings) compare(power, leaning)
  return { alike: rings.logMean() - tastes.logMean(), stray: rings.best().value }
}

/** The mean of likelihoods given as logarithms, and the best of them. */
function totals() {
  const logs: number[] = []
  let best = { log: Number.NEGATIVE_INFINITY, value: 0 }
  return {
    add(log: number, value = 0): void {
      logs.push(log)
      if (log > best.log) best = { log, value }
    },
    best: () => best,
    logMean: () => best.log + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - best.log), 0) / logs.length),
  }
}

const mix = (a: Float64Array, b: Float64Array, share: number): Float64Array =>
  a.map((p, i) => (1 - share) * p + share * b[i]!)

/** Sum of logarithms; products of a few first, as a logarithm is dear. */
function sumOfLogs(chances: Float64Array): number {
  let sum = 0
  let product = 1
  for (const p of chances) {
    product *= p
    if (product > 1e-200) continue
    sum += Math.log(product)
    product = 1
  }
  return sum + Math.log(product)
}

function splitsOf(pool: Pool, habits: Habits, members: ReadonlySet<number>, leave: ReadonlySet<number>): Splits {
  const { size } = habits
  const splits = {
    size,
    votes: [] as Float64Array[],
    keys: [] as string[],
    said: [] as Float64Array[],
    worth: [] as number[],
    opinions: [] as Float64Array[],
    opinionsWorth: [] as number[],
  }
  const step = Math.max(1, Math.floor(pool.items / mostItems))
  const every = Math.max(1, Math.floor(pool.items / step / mostOpinions))
  for (let m = 0, seen = 0; m < pool.items; m += step) {
    const votes = new Float64Array(size)
    const left = new Float64Array(size)
    let [inside, outside] = [0, 0]
    for (const v of pool.byItem[m]!) {
      if (members.has(pool.rater[v]!)) {
        votes[pool.level[v]!]!++
        inside++
      } else if (!leave.has(pool.rater[v]!)) {
        left[pool.level[v]!]!++
        outside++
      }
    }
    if (outside < 2) continue
    const said = new Float64Array(size)
    typical(left, habits, said)
    if (seen++ % every === 0) {
      splits.opinions.push(said)
      splits.opinionsWorth.push(outside + habits.trust)
    }
    if (inside < 2) continue
    splits.votes.push(votes)
    splits.keys.push(votes.join())
    splits.said.push(said)
    splits.worth.push(outside + habits.trust)
  }
  return splits
}

/** By how much the group gives each level oftener than outsiders do. */
function leaningOf({ size, votes, said }: Splits): Float64Array {
  const [own, usual] = [new Float64Array(size).fill(1), new Float64Array(size).fill(1)]
  votes.forEach((counts, i) => {
    const total = counts.reduce((a, b) => a + b, 0)
    for (let l = 0; l < size; l++) {
      own[l]! += counts[l]!
      usual[l]! += total * said[i]![l]!
    }
  })
  return own.map((n, l) => n / usual[l]!)
}

/** Chances of the votes about each thing: as others vote about it, and as raters of any opinion do. */
function chancesOf(splits: Splits, power: number, leaning: Float64Array) {
  const sharp = (said: Float64Array, worth: number): Float64Array => {
    const raised = said.map((p, l) => p ** power * leaning[l]!)
    const sum = raised.reduce((a, b) => a + b, 0)
    return raised.map(p => (worth * p) / sum)
  }
  const opinions = splits.opinions.map((said, k) => sharp(said, splits.opinionsWorth[k]!))
  const known = new Map<string, number>()
  const own = Float64Array.from(splits.votes, (votes, i) => {
    const key = splits.keys[i]!
    const p = known.get(key) ?? opinions.reduce((sum, opinion) => sum + drawn(votes, opinion), 0) / opinions.length
    known.set(key, p)
    return p
  })
  const shared = Float64Array.from(splits.votes, (votes, i) => drawn(votes, sharp(splits.said[i]!, splits.worth[i]!)))
  return { shared, own }
}

/** Chance of votes in their order, from an urn with so many of each level into which each vote is put back twice. */
function drawn(votes: Float64Array, urn: Float64Array): number {
  let [p, all, n] = [1, 0, 0]
  for (let l = 0; l < votes.length; l++) {
    all += urn[l]!
    for (let t = 0; t < votes[l]!; t++) p *= urn[l]! + t
    n += votes[l]!
  }
  for (let t = 0; t < n; t++) p /= all + t
  return Math.max(p, 1e-300)
}

/** Chances of the votes about each thing by a script, any level being as likely. */
function scriptChances({ size, votes }: Splits, stray: number): Float64Array {
  return Float64Array.from(votes, counts => {
    const n = counts.reduce((a, b) => a + b, 0)
    const p = counts.reduce((sum, k) => sum + (1 - stray) ** k * (stray / (size - 1)) ** (n - k), 0) / size
    return Math.max(1e-300, p)
  })
}

/** Groups of honest raters by which the usual clearness is known. */
const trials = 8

/** How clear the opinions of honest groups are: of those who agree best among raters drawn at random. */
export function honestGroups(pool: Pool, habits: Habits, leave: ReadonlySet<number>, members: number): Splits[] {
  const able = pool.raters.map((_, r) => r).filter(r => !leave.has(r) && pool.byRater[r]!.length > 1)
  const found: Splits[] = []
  const many = Math.min(members, Math.floor(able.length / 2))
  for (let t = 0; t < trials && many >= 2; t++) {
    const stride = Math.floor(able.length / (2 * many))
    const some = Array.from({ length: 2 * many }, (_, k) => able[(t * 7 + k * stride) % able.length]!)
    const group = new Set(closest(pool, some, many))
    found.push(splitsOf(pool, habits, group, new Set([...leave, ...group])))
  }
  return found
}

const leastSpread = 0.15

/** How clear the opinions of honest groups are. */
export function clarityOf(groups: readonly Splits[]): Clarity {
  if (groups.length < 2) return { mean: 0.2, spread: 0.3 }
  const found = groups.map(clearest)
  const mean = found.reduce((a, b) => a + b, 0) / found.length
  const spread = Math.sqrt(found.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (found.length - 1))
  return { mean, spread: Math.max(leastSpread, spread) }
}

/** The first of some raters, and those who agree with it oftenest. */
function closest(pool: Pool, some: readonly number[], members: number): number[] {
  const [first, ...others] = some
  const said = new Map(Array.from(pool.byRater[first!]!, v => [pool.item[v]!, pool.level[v]!]))
  const agreed = others.map(who => {
    let [same, both] = [0, 0]
    for (const v of pool.byRater[who]!) {
      const level = said.get(pool.item[v]!)
      if (level === undefined) continue
      both++
      if (level === pool.level[v]) same++
    }
    return { who, share: (same + 1) / (both + 2) }
  })
  agreed.sort((a, b) => b.share - a.share || a.who - b.who)
  return [first!, ...agreed.slice(0, members - 1).map(({ who }) => who)]
}

function clearest(splits: Splits): number {
  let best = { log: Number.NEGATIVE_INFINITY, clarity: 0 }
  const leaning = new Float64Array(splits.size).fill(1)
  for (const power of clarities) {
    const { shared, own } = chancesOf(splits, power, leaning)
    for (const share of ownShares) {
      const log = sumOfLogs(mix(shared, own, share))
      if (log > best.log) best = { log, clarity: Math.log(power) }
    }
  }
  return best.clarity
}
