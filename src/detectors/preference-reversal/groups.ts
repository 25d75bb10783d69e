import type { Weighed } from './judgements.ts'
import { contradicted, turned } from './turning.ts'

/** A contributor or a stretch of time whose preferences go against those of the rest. */
export interface Contrary {
  readonly role: 'source' | 'actor' | 'rater' | 'time'
  readonly value: string
  readonly judgements: readonly number[]
  readonly against: number
  readonly expected: number
  /** Log chance of so much contradiction among all groups that were looked at. */
  readonly score: number
}

const leastJudged = 8
const mostGroups = 5000
const windows = 20

/** Groups by sender and time, most contrary first; no group that holds most of the table. */
export function contraryGroups(weighed: Weighed): Contrary[] {
  const { judgements, given } = weighed
  const groups: { role: Contrary['role']; value: string; judgements: readonly number[] }[] = []
  for (const role of ['source', 'actor', 'rater'] as const) {
    const held = new Map<string, number[]>()
    judgements.forEach((own, i) => {
      const value = own[role]
      if (value === null) return
      const list = held.get(value)
      if (list) list.push(i)
      else if (held.size < mostGroups) held.set(value, [i])
    })
    for (const [value, own] of held) groups.push({ role, value, judgements: own })
  }
  groups.push(...stretches(weighed))
  const looked = groups.filter(g => g.judgements.length >= leastJudged && 2 * g.judgements.length <= judgements.length)
  return looked
    .map(group => {
      const own = group.judgements.map(i => given[i]!)
      return { ...group, ...contradicted(own), score: Math.min(0, turned(own) + Math.log(looked.length)) }
    })
    .sort((a, b) => a.score - b.score)
}

/** Equal stretches of the judgements in the order of their times, and all after each of some moments. */
function stretches({ judgements }: Weighed) {
  const timed = judgements.flatMap((own, i) => (own.time === null ? [] : [{ i, time: own.time }]))
  timed.sort((a, b) => a.time - b.time || a.i - b.i)
  if (timed.length < windows * leastJudged || timed[0]!.time === timed.at(-1)!.time) return []
  const at = (k: number) => Math.round((k * timed.length) / windows)
  const found: { role: 'time'; value: string; judgements: number[] }[] = []
  const put = (from: number, to: number) => {
    const own = timed.slice(from, to)
    const value = `${day(own[0]!.time)} to ${day(own.at(-1)!.time)}`
    found.push({ role: 'time', value, judgements: own.map(({ i }) => i) })
  }
  for (let k = 0; k < windows; k++) put(at(k), at(k + 1))
  for (let k = windows / 2; k < windows - 1; k++) put(at(k), timed.length)
  return found
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
