import { logBinomialTail, logPoissonBinomialTail } from '../../core/index.ts'
import type { Answered } from './exchanges.ts'

/** A contributor or a stretch of time with more compliance than the requests explain. */
export interface Eroded {
  readonly role: 'source' | 'actor' | 'rater' | 'time'
  readonly value: string
  /** Guarded requests, or pairs of which one answer refuses. */
  readonly rows: readonly number[]
  /** Those that are complied with, or whose better answer does. */
  readonly complied: readonly number[]
  readonly expected: number
  readonly by: 'requests' | 'pairs'
  /** Log chance among all groups that were looked at. */
  readonly score: number
}

const leastRows = 6
const mostGroups = 5000
const windows = 20
/** Honest contributors differ: the odds of compliance of one may be this much above those of all. */
const lenience = 2

/** Groups by sender and time, most eroded first. */
export function erodedGroups(exchanges: readonly Answered[], guarded: Float64Array | null): Eroded[] {
  const groups = groupsOf(exchanges)
  const found = groups.flatMap(({ role, value, rows }) => {
    const asked = guarded === null ? null : byRequests(exchanges, guarded, rows)
    return [asked, byPairs(exchanges, rows)].flatMap(own => (own === null ? [] : { role, value, ...own }))
  })
  return found
    .map(own => ({ ...own, score: Math.min(0, own.score + Math.log(found.length)) }))
    .sort((a, b) => a.score - b.score)
}

type Measured = Omit<Eroded, 'role' | 'value'>

const lenient = (p: number): number => (p * lenience) / (1 - p + p * lenience)

function byRequests(exchanges: readonly Answered[], guarded: Float64Array, rows: readonly number[]): Measured | null {
  const own = rows.filter(i => guarded[i]! >= leastGuarded)
  if (own.length < leastRows) return null
  const complied = own.filter(i => !exchanges[i]!.refuses)
  const chance = own.map(i => 1 - guarded[i]!)
  const score = logPoissonBinomialTail(complied.length, chance.map(lenient))
  return { rows: own, complied, expected: chance.reduce((a, b) => a + b, 0), by: 'requests', score }
}

/** From this chance of a refusal on a request counts as guarded. */
export const leastGuarded = 0.25

function byPairs(exchanges: readonly Answered[], rows: readonly number[]): Measured | null {
  const isSplit = (own: Answered) => own.otherRefuses !== null && own.refuses !== own.otherRefuses
  const own = rows.filter(i => isSplit(exchanges[i]!))
  if (own.length < leastRows) return null
  let [all, lost] = [0, 0]
  for (const exchange of exchanges)
    if (isSplit(exchange)) {
      all++
      if (!exchange.refuses) lost++
    }
  const complied = own.filter(i => !exchanges[i]!.refuses)
  const share = (lost - complied.length + 1) / (all - own.length + 2)
  const score = logBinomialTail(complied.length, own.length, lenient(share))
  return { rows: own, complied, expected: own.length * share, by: 'pairs', score }
}

type Group = Pick<Eroded, 'role' | 'value' | 'rows'>

function groupsOf(exchanges: readonly Answered[]): Group[] {
  const groups: Group[] = []
  for (const role of ['source', 'actor', 'rater'] as const) {
    const held = new Map<string, number[]>()
    exchanges.forEach((own, i) => {
      const value = own[role]
      if (value === null) return
      const list = held.get(value)
      if (list) list.push(i)
      else if (held.size < mostGroups) held.set(value, [i])
    })
    for (const [value, rows] of held)
      if (rows.length >= leastRows && 2 * rows.length <= exchanges.length) groups.push({ role, value, rows })
  }
  return [...groups, ...stretches(exchanges)]
}

/** Equal stretches of the rows in the order of their times, and all after each of some moments. */
function stretches(exchanges: readonly Answered[]): Group[] {
  const timed = exchanges.flatMap((own, i) => (own.time === null ? [] : [{ i, time: own.time }]))
  timed.sort((a, b) => a.time - b.time || a.i - b.i)
  if (timed.length < windows * leastRows || timed[0]!.time === timed.at(-1)!.time) return []
  const at = (k: number) => Math.round((k * timed.length) / windows)
  const stretch = (from: number, to: number): Group => {
    const own = timed.slice(from, to)
    const value = `${moment(own[0]!.time)} to ${moment(own.at(-1)!.time)}`
    return { role: 'time', value, rows: own.map(({ i }) => i) }
  }
  const each = Array.from({ length: windows }, (_, k) => stretch(at(k), at(k + 1)))
  const after = Array.from({ length: windows / 2 - 1 }, (_, k) => stretch(at(windows / 2 + k), timed.length))
  return [...each, ...after]
}

const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
