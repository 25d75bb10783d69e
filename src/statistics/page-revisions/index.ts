import {
  type Batch,
  type Cell,
  cellsOf,
  highKey,
  labelOf,
  lowKey,
  statistic,
  textOf,
  timeOf,
} from '../../core/index.ts'
import latestTime, { type LatestTime } from '../latest-time/index.ts'
import { type Bounds, compacted, isKept, startsOf } from './compact.ts'
import { append, emptyLog, type Log, picked, reserve } from './log.ts'

export type { Log } from './log.ts'

export interface PageRevisionsOptions {
  /** The moment of the snapshot; the latest time of the table when absent. */
  readonly at?: number
  /** Revisions that one revert can undo at most. */
  readonly radius: number
  /** Most pages kept; a hash-defined share of the pages beyond. */
  readonly pages: number
}

/** The last revisions of pages before a moment, and the first after it. */
export interface PageRevisions {
  /** Null when no row has a time. */
  readonly at: number | null
  /** The table's own times. */
  readonly times: LatestTime
  /** Revisions grouped by page, each page in its order. */
  readonly revisions: Log
  /** Where each page begins, and the end. */
  readonly starts: Int32Array
  /** Revisions up to `at` that are kept of one page at most: a page with so many may have had more. */
  readonly most: number
  /** Of all pages, one in `2 ** level` is kept. */
  readonly level: number
  /** Rows that name a page and a time, and those that do not. */
  readonly rows: number
  readonly without: number
  /** Rows by hour before `at`, the last hour first. */
  readonly hourly: Float64Array
}

export interface PageRevisionsState {
  log: Log
  level: number
  /** The log is made compact at this size. */
  due: number
  rows: number
  without: number
  hourly: Float64Array
  readonly times: LatestTime
}

const hourMs = 3_600_000
const hoursShown = 24 * 14
const firstDue = 1 << 16

/** A page keeps three reaches of a revert before the moment, and one after it. */
const boundsOf = ({ at, radius, pages }: PageRevisionsOptions, times: LatestTime): Bounds => ({
  at: at ?? times.at ?? 0,
  before: 3 * (radius + 1),
  after: radius + 1,
  pages,
})

/** Writes the halves of a cell's key; zeros when there is nothing. */
function keyInto(high: Int32Array, low: Int32Array, at: number, name: string | null): void {
  high[at] = name === null ? 0 : highKey(name)
  low[at] = name === null ? 0 : lowKey(name)
}

const digestIn = (batch: Batch): ((i: number) => string | null) => {
  const digests = cellsOf(batch, 'digest')
  if (digests.length > 0) return i => labelOf(digests[i])?.toLowerCase() ?? null
  const texts = cellsOf(batch, 'text')
  return i => textOf(texts[i])
}

const numberIn = (cell: Cell | undefined): number => {
  const text = textOf(cell)
  return text !== null && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : -1
}

function shrink(state: PageRevisionsState, bounds: Bounds): void {
  const { log, level } = compacted(state.log, state.level, bounds)
  state.log = log
  state.level = level
  state.due = Math.max(firstDue, 2 * log.size)
}

function addBatch(state: PageRevisionsState, batch: Batch, options: PageRevisionsOptions): PageRevisionsState {
  const bounds = boundsOf(options, state.times)
  const [pages, ids, times, actors] = (['item', 'id', 'time', 'actor'] as const).map(role => cellsOf(batch, role))
  const digest = digestIn(batch)
  const { log } = state
  reserve(log, batch.size)
  let [known, high, low] = ['', 0, 0]
  for (let i = 0; i < batch.size; i++) {
    const page = labelOf(pages![i])
    const time = page === null ? null : timeOf(times![i])
    if (page === null || time === null) {
      state.without++
      continue
    }
    state.rows++
    const ago = Math.floor((bounds.at - time) / hourMs)
    if (ago >= 0 && ago < hoursShown) state.hourly[ago]!++
    if (page !== known) [known, high, low] = [page, highKey(page), lowKey(page)]
    if (!isKept(low, state.level)) continue
    const k = log.size++
    log.pageHigh[k] = high
    log.pageLow[k] = low
    log.time[k] = time
    log.id[k] = numberIn(ids![i])
    log.row[k] = batch.rows[i]!
    keyInto(log.digestHigh, log.digestLow, k, digest(i))
    keyInto(log.actorHigh, log.actorLow, k, labelOf(actors![i]))
  }
  if (log.size >= state.due) shrink(state, bounds)
  return state
}

/** Grouped by page in the order of the keys, so that the answer does not tell how the rows came. */
function ordered(log: Log): Log {
  const starts = startsOf(log)
  const pages = Int32Array.from({ length: starts.length - 1 }, (_, p) => p)
  pages.sort((a, b) => {
    const [i, j] = [starts[a]!, starts[b]!]
    return log.pageHigh[i]! - log.pageHigh[j]! || log.pageLow[i]! - log.pageLow[j]!
  })
  const places = new Int32Array(log.size)
  let n = 0
  for (const p of pages) for (let i = starts[p]!; i < starts[p + 1]!; i++) places[n++] = i
  return picked(log, places)
}

/** Keeps the revisions that decide what a snapshot takes of each page, compactly, for as many pages as are allowed. */
export default statistic<PageRevisionsOptions, PageRevisionsState, PageRevisions, LatestTime>({
  id: 'page-revisions',
  title: 'The revisions of pages around a moment',
  roles: () => ['item', 'id', 'time', 'actor', 'digest', 'text'],
  prior: () => latestTime.request({}),
  init: (_, times) => ({
    log: emptyLog(),
    level: 0,
    due: firstDue,
    rows: 0,
    without: 0,
    hourly: new Float64Array(hoursShown),
    times,
  }),
  add: addBatch,
  merge(a, b, options) {
    append(a.log, b.log)
    a.level = Math.max(a.level, b.level)
    shrink(a, boundsOf(options, a.times))
    a.rows += b.rows
    a.without += b.without
    for (let k = 0; k < hoursShown; k++) a.hourly[k]! += b.hourly[k]!
    return a
  },
  finish(state, options) {
    const bounds = boundsOf(options, state.times)
    shrink(state, bounds)
    const revisions = ordered(state.log)
    return {
      at: options.at ?? state.times.at,
      times: state.times,
      revisions,
      starts: startsOf(revisions),
      most: bounds.before,
      level: state.level,
      rows: state.rows,
      without: state.without,
      hourly: state.hourly,
    }
  },
})
