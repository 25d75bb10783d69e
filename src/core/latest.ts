const hourMs = 3_600_000
/** Hours kept: half a year of a busy table; older ones cannot be the latest. */
const mostHours = 4096
/** A last moment is doubted when nothing happened for so long before it … */
const silenceHours = 7 * 24
/** … and no more than this share of all rows comes after that silence: a wrong clock, not a slow week. */
const doubtedShare = 0.001

/** The hours in which a table has rows, the newest `mostHours` of them. Merges exactly whatever the cut. */
export interface Hours {
  /** Rows and last moment by hour since 1970. */
  readonly bins: Map<number, { rows: number; last: number }>
  /** Hours before this are no longer kept. */
  from: number
  rows: number
}

export const emptyHours = (): Hours => ({ bins: new Map(), from: -Infinity, rows: 0 })

/** Counts rows that share one hour. */
export function addHour(hours: Hours, time: number, rows = 1): void {
  hours.rows += rows
  const hour = Math.floor(time / hourMs)
  if (hour < hours.from) return
  const bin = hours.bins.get(hour)
  if (bin) {
    bin.rows += rows
    if (time > bin.last) bin.last = time
    return
  }
  hours.bins.set(hour, { rows, last: time })
  if (hours.bins.size > 2 * mostHours) trimHours(hours)
}

function trimHours(hours: Hours): void {
  if (hours.bins.size <= mostHours) return
  const kept = [...hours.bins.keys()].sort((a, b) => b - a)
  hours.from = Math.max(hours.from, kept[mostHours - 1]!)
  for (const hour of kept) if (hour < hours.from) hours.bins.delete(hour)
}

/** Adds all of `b` to `a`. */
export function mergeHours(a: Hours, b: Hours): Hours {
  const before = a.rows
  a.from = Math.max(a.from, b.from)
  for (const hour of [...a.bins.keys()]) if (hour < a.from) a.bins.delete(hour)
  for (const { rows, last } of b.bins.values()) addHour(a, last, rows)
  a.rows = before + b.rows
  trimHours(a)
  return a
}

/** The last moment of a table and what speaks against it. */
export interface Latest {
  /** Null when no row has a time. */
  readonly at: number | null
  /** Rows later than `at` whose clock is doubted. */
  readonly doubted: number
}

/** The last moment that can be believed: a few rows a week or more after all others do not set it. */
export function latestOf(hours: Hours): Latest {
  trimHours(hours)
  const ordered = [...hours.bins].sort((a, b) => b[0] - a[0])
  let rows = 0
  let start = 0
  let doubted = 0
  for (let k = 0; k + 1 < ordered.length; k++) {
    rows += ordered[k]![1].rows
    if (rows > doubtedShare * hours.rows) break
    if (ordered[k]![0] - ordered[k + 1]![0] <= silenceHours) continue
    start = k + 1
    doubted = rows
  }
  return { at: ordered[start]?.[1].last ?? null, doubted }
}
