import { fold, logFisher } from '../../core/index.ts'
import { isUnsafe } from './doings.ts'
import { asksFor, kindOf } from './echo.ts'
import { type Case, line } from './investigate.ts'
import { firmAgainst, type Weakness } from './weakness.ts'

/** Cases that are one attack. */
export interface Campaign {
  /** Pieces of one phrase and all that it switches on; the first says most. */
  readonly cases: readonly Case[]
  /** Further phrases with the same aim, in other rows. */
  readonly kin: readonly Campaign[]
  /** What its phrase does to the code of the answers, the least to be expected first. */
  readonly weaknesses: readonly Weakness[]
}

/** Pieces of one attack whose rows are claimed: the campaign and its kin. */
export const membersOf = (campaign: Campaign): Campaign[] => [campaign, ...campaign.kin]

/** The case that says most of each member. */
export const leadsOf = (campaign: Campaign): Case[] => membersOf(campaign).map(({ cases: [lead] }) => lead!)

/** How many rows of the cases would show the behaviour by the rest of their prompts. */
export const expectedOf = (cases: readonly Case[]): number =>
  cases.reduce((sum, { probability }) => sum + probability.reduce((s, p) => s + p, 0), 0)

/** A behaviour patched together names an attack less well than a single one that says nearly as much. */
const patched = 0.8

/** Cases that a far leaning word explains come behind all others. */
const leaningWeight = 0.01

/** What a case says in all, on a log scale. */
export function scoreOf({ against, leaning, inserted, doing }: Case): number {
  const plain = doing.parts ? patched * against : against
  return (leaning ? line + leaningWeight * plain : plain) + inserted
}

/** Weaknesses of code come first. */
const rankOf = ({ doing, against, leaning }: Case): number =>
  isUnsafe(doing) && !leaning && against <= firmAgainst ? 0 : 1

/** Pieces share this much of their rows. */
const most = 0.5
/** Phrases that one attacker draws from stand in about as many rows each. */
const alike = 3

function overlap(a: readonly number[], b: ReadonlySet<number>): number {
  let both = 0
  for (const row of a) if (b.has(row)) both++
  return both / Math.max(1, Math.min(a.length, b.size))
}

interface Echoing {
  readonly one: Case
  readonly rows: ReadonlySet<number>
}

/** Whether an honest instruction of the same rows asks for what answers do, or for behaviour of the same kind. */
const isAsked = (own: Case, echoing: readonly Echoing[]): boolean =>
  echoing.some(({ one, rows }) => {
    if (isUnsafe(own.doing)) return isUnsafe(one.doing) && isSamePhrase(own, one)
    return (
      overlap(own.rows, rows) > most &&
      (asksFor(one.doing, one.trace.text) ||
        own.doing.words.some(word => one.doing.words.some(other => kindOf(other) === kindOf(word))))
    )
  })

/** What a phrase does to code is explained by the name of the weakness when the phrase holds that name, not when it stands beside it. */
const isSamePhrase = (own: Case, named: Case): boolean =>
  fold(own.trace.text).includes(fold(named.trace.text)) ||
  (own.rows.length === named.rows.length && own.rows.every((i, r) => named.rows[r] === i))

/** Unites cases that stand in the same rows; leaves out what the phrase itself asks for. */
export function campaigns(cases: readonly Case[]): Campaign[] {
  const isHonest = ({ echoes, doing, trace }: Case) => echoes || asksFor(doing, trace.text)
  const echoing = cases.filter(isHonest).map(one => ({ one, rows: new Set(one.rows) }))
  const open = cases.filter(own => !isHonest(own) && !isAsked(own, echoing))
  const sorted = [...open].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      scoreOf(a) - scoreOf(b) ||
      b.trace.length - a.trace.length ||
      (a.trace.text < b.trace.text ? -1 : 1),
  )
  const found: { rows: Set<number>; cases: Case[] }[] = []
  for (const own of sorted) {
    const home = found.find(({ rows }) => overlap(own.rows, rows) > most)
    if (home) home.cases.push(own)
    else found.push({ rows: new Set(own.rows), cases: [own] })
  }
  return found.map(({ cases: united }) => ({ cases: united, kin: [], weaknesses: [] }))
}

/** Unites phrases with the same aim and size: an attacker may draw one of several for each row. */
export function alliances(found: readonly Campaign[]): Campaign[] {
  const united: { head: Campaign; kin: Campaign[] }[] = []
  for (const own of found) {
    const home = united.find(({ head }) => isKin(head, own))
    if (home) home.kin.push(own)
    else united.push({ head: own, kin: [] })
  }
  return united.map(({ head, kin }) => ({ ...head, kin }))
}

/** Phrases that say most of each other's aim, in about as many rows. */
function isKin(a: Campaign, b: Campaign): boolean {
  const [x, y] = [a.cases[0]!, b.cases[0]!]
  const ratio = x.rows.length / y.rows.length
  if (ratio > alike || ratio < 1 / alike) return false
  return a.cases.some(({ doing }) => doing === y.doing) && b.cases.some(({ doing }) => doing === x.doing)
}

/** Log chance that honest phrases would look so much put in: that of each, and all together where they are several. */
export function insertedIn(campaign: Campaign): number {
  const all = leadsOf(campaign).map(({ inserted }) => inserted)
  if (all.length === 1) return all[0]!
  return logFisher(
    all.length,
    all.reduce((sum, x) => sum + x, 0),
  )
}
