import type { FirstSeen } from '../../statistics/index.ts'
import { type Busy, busyAccounts } from './accounts.ts'
import { type Span, type Stand, type Standing, takenAt } from './pages.ts'
import { leastWindows, standingIn, type Unusual, unusual, type Windows } from './windows.ts'

/** What is compared with the days before: accounts, new accounts, and pages that end with the edit of a new one. */
export type Kind = 'accounts' | 'newcomers' | 'pages'

/** The last so many milliseconds have too many accounts. */
export interface Burst extends Unusual {
  readonly kind: Kind
  readonly ms: number
  readonly stands: readonly Stand[]
}

/** What the days before the snapshot say about its last hours. */
export interface History {
  /** Fresh stands at the snapshot, newest first. */
  readonly fresh: readonly Stand[]
  /** Fresh pages of a usual snapshot, null when there is no earlier day. */
  readonly usualFresh: number | null
  readonly bursts: readonly Burst[]
  readonly busy: readonly Busy[]
  /** Stands that were undone after the snapshot, and how many there usually are. */
  readonly undone: { readonly stands: readonly Stand[]; readonly most: number; readonly test: Unusual | null }
  readonly hourlyNew: Windows
  /** False when the table is too short to compare with. */
  readonly comparable: boolean
  isNew(stand: Stand): boolean
}

const hourMs = 3_600_000
/** Kinds times lengths of windows. */
const tests = 9

/** Compares the last hours with the days before. */
export function historyOf(standing: Standing, seen: FirstSeen, span: Span, risk: number): History {
  const { at, holdMs } = span
  const isNew = (actor: number, end: number): boolean =>
    actor >= 0 && seen.first[actor]! > end - holdMs && seen.first[actor]! <= end
  const clear = standing.stands.filter(stand => !standing.crowded.has(stand.page))
  const windows = (ms: number) => Math.min(4095, Math.floor((at - span.from) / ms))
  const able = (kind: Kind) => (stand: Stand, end: number) => kind === 'accounts' || isNew(stand.actor, end)
  const counted = (ms: number, kind: Kind) => {
    const what = kind === 'pages' ? 'pages' : 'accounts'
    return standingIn(clear, { at, ms, windows: windows(ms), what, chosen: able(kind) })
  }
  const lengths = [...new Set([holdMs / 24, holdMs / 4, holdMs])]
  const burstOf = (kind: Kind): Burst[] =>
    lengths.flatMap((ms): Burst[] => {
      const found = unusual(counted(ms, kind))
      const logChance = found ? Math.min(0, found.logChance + Math.log(tests)) : 0
      if (!found || logChance >= Math.log(risk)) return []
      const stands = takenAt(clear, at, ms).filter(stand => able(kind)(stand, at))
      return [{ ...found, logChance, kind, ms, stands }]
    })
  const strongest = (all: readonly Burst[]) => [...all].sort((a, b) => a.logChance - b.logChance).slice(0, 1)
  const bursts = [...strongest([...burstOf('newcomers'), ...burstOf('pages')]), ...strongest(burstOf('accounts'))]
  const everyPage = { at, ms: holdMs, windows: windows(holdMs), what: 'pages' as const, chosen: () => true }
  const byDay = [...standingIn(clear, everyPage).counts].slice(1)
  return {
    fresh: takenAt(standing.stands, at, holdMs).sort((a, b) => b.time - a.time || a.row - b.row),
    usualFresh: byDay.length > 0 ? medianOf(byDay) : null,
    bursts,
    busy: busyAccounts(clear, { at, holdMs, windows: windows(holdMs), risk, isNew }),
    undone: undoneIn(clear, span, windows(hourMs)),
    hourlyNew: counted(hourMs, 'newcomers'),
    comparable: windows(holdMs / 24) >= leastWindows,
    isNew: stand => isNew(stand.actor, at),
  }
}

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/**
 * Pages that end at the snapshot with a revision which was undone later, against the same at every hour before. A page
 * counts only when it was undone as soon after the hour as the table reaches beyond the snapshot.
 */
function undoneIn(stands: readonly Stand[], span: Span, windows: number): History['undone'] {
  const reach = span.known - span.at
  const taken = stands.filter(s => s.time <= span.at && s.until > span.at && s.undone < Infinity)
  if (reach <= 0) return { stands: [], most: 0, test: null }
  const counts = new Float64Array(windows + 1)
  for (const { time, until, undone } of stands) {
    if (undone === Infinity || time > span.at) continue
    const last = Math.min(windows, Math.floor((span.at - time) / hourMs))
    for (let j = last; j >= 0; j--) {
      const hour = span.at - j * hourMs
      if (hour >= until) break
      if (undone - hour <= reach) counts[j]!++
    }
  }
  return { stands: taken, most: Math.max(0, ...counts.subarray(1)), test: unusual({ ms: hourMs, counts }) }
}
