import { type Cell, labelOf, type Role, type RowId, timeOf } from '../../core/index.ts'
import type { RowSample } from '../../statistics/index.ts'

/** Rows of one contributor or of one stretch of time. */
export interface Group {
  readonly role: Role
  /** The contributor, or the first and last moment. */
  readonly value: string
  /** Rows of the sample, ascending. */
  readonly rows: readonly RowId[]
  readonly cells: readonly Cell[]
}

/** Fewer rows cannot be told from chance. */
export const smallest = 5
/** Most contributors judged, the largest first. */
const mostGroups = 5000
/** Rows of a stretch of time, so that a campaign of half of them shows; and most stretches. */
const windowRows = 50
const mostWindows = 400

/** Contributors with enough rows, and stretches of time with equally many rows. */
export function groupsOf(sample: RowSample): Group[] {
  const groups: Group[] = []
  for (const role of ['source', 'actor'] as const) groups.push(...contributors(sample, role))
  return [...groups, ...windows(sample)]
}

function contributors(sample: RowSample, role: Role): Group[] {
  const cells = sample.cells.get(role) ?? []
  const times = sample.cells.get('time') ?? []
  const byValue = new Map<string, number[]>()
  cells.forEach((cell, i) => {
    const value = labelOf(cell)
    if (value === null) return
    const known = byValue.get(value)
    if (known) known.push(i)
    else byValue.set(value, [i])
  })
  const large = [...byValue].filter(([, own]) => own.length >= smallest)
  large.sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
  return large.slice(0, mostGroups).map(([value, own]) => ({
    role,
    value,
    rows: own.map(i => sample.rows[i]!),
    cells: own.map(i => times[i] ?? null),
  }))
}

function windows(sample: RowSample): Group[] {
  const cells = sample.cells.get('time') ?? []
  const timed = cells.flatMap((cell, i) => {
    const at = timeOf(cell)
    return at === null ? [] : [{ at, cell, row: sample.rows[i]! }]
  })
  timed.sort((a, b) => a.at - b.at || a.row - b.row)
  const count = Math.min(mostWindows, Math.floor(timed.length / windowRows))
  if (count < 4) return []
  return Array.from({ length: count }, (_, w) => {
    const own = timed.slice(Math.floor((w * timed.length) / count), Math.floor(((w + 1) * timed.length) / count))
    const [from, to] = [own[0]!.at, own.at(-1)!.at].map(at => new Date(at).toISOString().slice(0, 16).replace('T', ' '))
    own.sort((a, b) => a.row - b.row)
    return { role: 'time' as const, value: `${from} to ${to}`, rows: own.map(o => o.row), cells: own.map(o => o.cell) }
  })
}
