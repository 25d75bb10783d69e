import { type Log, picked } from './log.ts'

/** What is kept of a page. */
export interface Bounds {
  readonly at: number
  /** Revisions up to `at`, the newest of them. */
  readonly before: number
  /** Revisions after it, the oldest of them. */
  readonly after: number
  /** Pages at most. */
  readonly pages: number
}

/** Pages whose key does not end in so many zero bits are not kept. */
export const isKept = (low: number, level: number): boolean => level === 0 || (low & ((1 << level) - 1)) === 0

/** A log grouped by page, each page in order and within the bounds, and the share of pages that it holds. */
export interface Compact {
  readonly log: Log
  readonly level: number
  readonly pages: number
}

/** Groups, orders and trims. What is kept depends on the revisions alone, never on how they came. */
export function compacted(log: Log, level: number, bounds: Bounds): Compact {
  let next = level
  let dealt = deal(log, next)
  while (dealt.pages > bounds.pages) dealt = deal(log, ++next)
  const { slot, pages } = dealt
  const start = new Int32Array(pages + 1)
  for (let i = 0; i < log.size; i++) if (slot[i]! >= 0) start[slot[i]! + 1]!++
  for (let p = 0; p < pages; p++) start[p + 1]! += start[p]!
  const order = new Int32Array(start[pages]!)
  const at = start.slice()
  for (let i = 0; i < log.size; i++) if (slot[i]! >= 0) order[at[slot[i]!]!++] = i
  const kept = new Int32Array(order.length)
  let n = 0
  for (let p = 0; p < pages; p++) n = trimmed(log, order.subarray(start[p]!, start[p + 1]!), bounds, kept, n)
  return { log: picked(log, kept.subarray(0, n)), level: next, pages }
}

/** Gives every revision the number of its page in the order of first rows, -1 where the page is not kept. */
function deal(log: Log, level: number): { readonly slot: Int32Array; readonly pages: number } {
  const slot = new Int32Array(log.size).fill(-1)
  let capacity = 1024
  while (capacity < 2 * log.size) capacity *= 2
  const first = new Int32Array(capacity).fill(-1)
  let pages = 0
  for (let i = 0; i < log.size; i++) {
    const [high, low] = [log.pageHigh[i]!, log.pageLow[i]!]
    if (!isKept(low, level)) continue
    let place = (Math.imul(high ^ (low >>> 9), 0x9e3779b1) >>> 4) & (capacity - 1)
    while (first[place]! >= 0 && (log.pageHigh[first[place]!] !== high || log.pageLow[first[place]!] !== low))
      place = (place + 1) & (capacity - 1)
    if (first[place]! < 0) {
      first[place] = i
      slot[i] = pages++
    } else slot[i] = slot[first[place]!]!
  }
  return { slot, pages }
}

/** Orders one page and writes the places that stay; gives the new end. */
function trimmed(log: Log, own: Int32Array, { at, before, after }: Bounds, kept: Int32Array, from: number): number {
  const { time, id, row } = log
  const compare = (a: number, b: number) => time[a]! - time[b]! || id[a]! - id[b]! || row[a]! - row[b]!
  if (!isAscending(own, compare)) own.sort(compare)
  let edge = own.length
  while (edge > 0 && time[own[edge - 1]!]! > at) edge--
  let n = from
  for (let k = Math.max(0, edge - before); k < Math.min(own.length, edge + after); k++) kept[n++] = own[k]!
  return n
}

function isAscending(own: Int32Array, compare: (a: number, b: number) => number): boolean {
  for (let k = 1; k < own.length; k++) if (compare(own[k - 1]!, own[k]!) > 0) return false
  return true
}

/** Where the pages of a grouped log begin, and its end. */
export function startsOf({ size, pageHigh, pageLow }: Log): Int32Array {
  const starts: number[] = []
  for (let i = 0; i < size; i++)
    if (i === 0 || pageHigh[i] !== pageHigh[i - 1] || pageLow[i] !== pageLow[i - 1]) starts.push(i)
  return Int32Array.from([...starts, size])
}
