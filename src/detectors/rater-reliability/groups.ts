import { logFactorial } from '../../core/index.ts'
import { companiesOf } from './company.ts'
import type { Habits } from './habits.ts'
import type { Tie } from './pairs.ts'
import type { Pool } from './pool.ts'
import { type Voice, voiceOf } from './voice.ts'

/** Raters that vote as one more than their common truth explains: a ring, or people of one taste. */
export interface Group {
  readonly members: readonly number[]
  /** Natural logarithm of the evidence, after counting the groups that could have been chosen. */
  readonly weight: number
  /** True when the members also rate the same things oftener than chance. */
  readonly company: boolean
}

/** Ties from which groups are grown, and groups told. */
const mostSeeds = 60
const mostGroups = 20
const mostMembers = 80
/** Raters tried as the next member. */
const mostTried = 16
/** A rater joins when it adds this much. */
const joins = 0.5
/** Habits are estimates, and strict raters resemble each other: groups chosen by votes need so many times the evidence. */
const caution = 3

/** Groups of raters grown from the strongest ties; no rater is in two. */
export function groupsOf(pool: Pool, habits: Habits, ties: readonly Tie[], unlikely: number): Group[] {
  const groups = byCompany(pool, habits, unlikely)
  const taken = new Set(groups.flatMap(({ members }) => members))
  const near = neighbours(ties)
  let tried = 0
  for (const { a, b } of ties) {
    if (tried >= mostSeeds || groups.length >= mostGroups) break
    if (taken.has(a) || taken.has(b)) continue
    tried++
    const voice = grown(pool, habits, [a, b], near, taken)
    const weight = voice.weight - logWays(pool.raters.length, voice.members.length)
    if (voice.members.length < 3 || weight < caution * unlikely) continue
    const members = held(pool, habits, voice.members, Math.log(pool.raters.length))
    if (members.length < 3) continue
    groups.push({ members: [...members].sort((x, y) => x - y), weight, company: false })
    for (const member of members) taken.add(member)
  }
  return groups
}

const logWays = (of: number, k: number): number => logFactorial(of) - logFactorial(k) - logFactorial(of - k)

function neighbours(ties: readonly Tie[]): Map<number, { readonly who: number; readonly weight: number }[]> {
  const near = new Map<number, { who: number; weight: number }[]>()
  const put = (from: number, who: number, weight: number) => {
    const known = near.get(from)
    if (known) known.push({ who, weight })
    else near.set(from, [{ who, weight }])
  }
  for (const { a, b, weight } of ties) {
    put(a, b, weight)
    put(b, a, weight)
  }
  return near
}

/** After some steps a group that will not pay for its choice among all groups is left. */
const hopeless = ({ raters }: Pool, { members, weight }: Voice): boolean =>
  members.length >= 6 && weight < 0.4 * logWays(raters.length, members.length)

function grown(
  pool: Pool,
  habits: Habits,
  seed: readonly number[],
  near: ReturnType<typeof neighbours>,
  taken: ReadonlySet<number>,
): Voice {
  const voice = voiceOf(pool, habits)
  const weights = new Map<number, number>()
  const welcome = (member: number) => {
    voice.add(member)
    for (const { who, weight } of near.get(member) ?? []) weights.set(who, (weights.get(who) ?? 0) + weight)
  }
  for (const member of seed) welcome(member)
  while (voice.members.length < mostMembers) {
    const able = [...weights].filter(([who]) => !taken.has(who) && !voice.members.includes(who))
    able.sort((x, y) => y[1] - x[1] || x[0] - y[0])
    let best = { who: -1, weight: voice.weight + joins }
    for (const [who] of able.slice(0, mostTried)) {
      const weight = voice.weightWith(who)
      if (weight > best.weight) best = { who, weight }
    }
    if (best.who < 0 || hopeless(pool, voice)) return voice
    welcome(best.who)
  }
  return voice
}

/** Members without whom so much less is left: each alone must be worth its choice. */
function held(pool: Pool, habits: Habits, members: readonly number[], needed: number): number[] {
  const all = weightOf(pool, habits, members)
  return members.filter(
    own =>
      all -
        weightOf(
          pool,
          habits,
          members.filter(m => m !== own),
        ) >=
      needed,
  )
}

/** Groups chosen by whom their members meet, whose votes then need not pay for the choice. */
function byCompany(pool: Pool, habits: Habits, unlikely: number): Group[] {
  const companies = companiesOf(pool)
  return companies.flatMap(company => {
    const members = held(pool, habits, company, 1)
    const weight = members.length < 3 ? 0 : weightOf(pool, habits, company) - Math.log(companies.length)
    return weight < unlikely ? [] : [{ members: members.sort((x, y) => x - y), weight, company: true }]
  })
}

function weightOf(pool: Pool, habits: Habits, members: readonly number[]): number {
  const voice = voiceOf(pool, habits)
  for (const member of members) voice.add(member)
  return voice.weight
}
