/** Revisions column by column, 48 bytes each. Halves of digests and accounts are zero where there is none. */
export interface Log {
  size: number
  pageHigh: Int32Array
  pageLow: Int32Array
  time: Float64Array
  /** The wiki's number where it is one, else -1: it breaks ties of time. */
  id: Float64Array
  row: Float64Array
  digestHigh: Int32Array
  digestLow: Int32Array
  actorHigh: Int32Array
  actorLow: Int32Array
}

const whole = ['pageHigh', 'pageLow', 'digestHigh', 'digestLow', 'actorHigh', 'actorLow'] as const
const wide = ['time', 'id', 'row'] as const

export function emptyLog(capacity = 1024): Log {
  const int = () => new Int32Array(capacity)
  const float = () => new Float64Array(capacity)
  return {
    size: 0,
    pageHigh: int(),
    pageLow: int(),
    time: float(),
    id: float(),
    row: float(),
    digestHigh: int(),
    digestLow: int(),
    actorHigh: int(),
    actorLow: int(),
  }
}

/** Makes room for `more` further revisions. */
export function reserve(log: Log, more: number): void {
  const needed = log.size + more
  if (needed <= log.time.length) return
  const capacity = Math.max(needed, 2 * log.time.length)
  for (const name of whole) {
    const next = new Int32Array(capacity)
    next.set(log[name].subarray(0, log.size))
    log[name] = next
  }
  for (const name of wide) {
    const next = new Float64Array(capacity)
    next.set(log[name].subarray(0, log.size))
    log[name] = next
  }
}

/** Adds all of `b` behind `a`. */
export function append(a: Log, b: Log): void {
  reserve(a, b.size)
  for (const name of whole) a[name].set(b[name].subarray(0, b.size), a.size)
  for (const name of wide) a[name].set(b[name].subarray(0, b.size), a.size)
  a.size += b.size
}

/** The chosen places of a log as a log of their own. */
export function picked(log: Log, places: Int32Array): Log {
  const next = emptyLog(Math.max(1, places.length))
  for (const name of whole) for (let k = 0; k < places.length; k++) next[name][k] = log[name][places[k]!]!
  for (const name of wide) for (let k = 0; k < places.length; k++) next[name][k] = log[name][places[k]!]!
  next.size = places.length
  return next
}
