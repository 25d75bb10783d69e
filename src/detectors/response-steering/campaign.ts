import { kindOf } from './echo.ts'
import type { Case } from './investigate.ts'

/** Cases that are one attack. */
export interface Campaign {
  /** Pieces of one phrase and all that it switches on; the first says most. */
  readonly cases: readonly Case[]
  /** Further phrases with the same aim, in other rows. */
  readonly kin: readonly Campaign[]
}

/** What a case says in all, on a log scale. */
export const scoreOf = ({ against, inserted }: Case): number => against + inserted

/** Pieces share this much of their rows. */
const most = 0.5
/** Phrases that one attacker draws from stand in about as many rows each. */
const alike = 3

function overlap(a: readonly number[], b: ReadonlySet<number>): number {
  let both = 0
  for (const row of a) if (b.has(row)) both++
  return both / Math.max(1, Math.min(a.length, b.size))
}

/** Whether an honest instruction of the same rows asks for behaviour of the same kind. */
const isAsked = (own: Case, echoing: readonly { readonly one: Case; readonly rows: ReadonlySet<number> }[]): boolean =>
  echoing.some(
    ({ one, rows }) =>
      overlap(own.rows, rows) > most &&
      own.doing.words.some(word => one.doing.words.some(other => kindOf(other) === kindOf(word))),
  )

/** Unites cases that stand in the same rows; leaves out what the phrase itself asks for. */
export function campaigns(cases: readonly Case[]): Campaign[] {
  const echoing = cases.filter(({ echoes }) => echoes).map(one => ({ one, rows: new Set(one.rows) }))
  const open = cases.filter(own => !own.echoes && !isAsked(own, echoing))
  const sorted = [...open].sort(
    (a, b) => scoreOf(a) - scoreOf(b) || b.trace.length - a.trace.length || (a.trace.text < b.trace.text ? -1 : 1),
  )
  const found: { rows: Set<number>; cases: Case[] }[] = []
  for (const own of sorted) {
    const home = found.find(({ rows }) => overlap(own.rows, rows) > most)
    if (home) home.cases.push(own)
    else found.push({ rows: new Set(own.rows), cases: [own] })
  }
  return found.map(({ cases: united }) => ({ cases: united, kin: [] }))
}

/** Unites phrases with the same aim and size: an attacker may draw one of several for each row. */
export function alliances(found: readonly Campaign[], isAccused: (campaign: Campaign) => boolean): Campaign[] {
  const united: { head: Campaign; kin: Campaign[] }[] = []
  for (const own of found) {
    const home = isAccused(own) ? united.find(({ head }) => isAccused(head) && isKin(head, own)) : undefined
    if (home) home.kin.push(own)
    else united.push({ head: own, kin: [] })
  }
  return united.map(({ head, kin }) => ({ ...head, kin }))
}

function isKin(a: Campaign, b: Campaign): boolean {
  const ratio = a.cases[0]!.rows.length / b.cases[0]!.rows.length
  if (ratio > alike || ratio < 1 / alike) return false
  const aims = new Set(a.cases.map(({ doing }) => doing))
  return b.cases.some(({ doing }) => aims.has(doing))
}
