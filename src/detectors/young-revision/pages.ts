import {
  emptyDigests,
  highKey,
  type KeyIndex,
  keyIndex,
  lowKey,
  placeOf,
  type Revision,
  type RowId,
  revertedOf,
} from '../../core/index.ts'
import type { Log, PageRevisions } from '../../statistics/index.ts'

/** A revision as it stood at the end of its page for a while. */
export interface Stand {
  readonly page: number
  readonly row: RowId
  readonly time: number
  /** When the next revision of the page came, Infinity when none is known. */
  readonly until: number
  /** Row of the page's last revision that is older than the hold at the snapshot, -1 when none is known. */
  readonly before: RowId
  /** Number of the account, -1 when the row names none. */
  readonly actor: number
  /** When somebody restored what stood before it, Infinity when nobody did. */
  readonly undone: number
}

/** What the revisions of all pages say. */
export interface Standing {
  readonly stands: readonly Stand[]
  /** Pages that exist at the snapshot. */
  readonly pages: number
  /** Pages whose history of the days compared is not kept whole: left out of comparisons. */
  readonly crowded: ReadonlySet<number>
  /** Halves of the keys of the accounts, one after the other. */
  readonly actors: Int32Array
}

/** When history is read. */
export interface Span {
  readonly at: number
  /** Comparisons reach back to here. */
  readonly from: number
  /** The latest moment that the table knows. */
  readonly known: number
  readonly holdMs: number
  readonly radius: number
}

/** Reads the pages as stands: each revision since `from`, and the one that stood then. */
export function standsOf({ revisions, starts, most }: PageRevisions, span: Span): Standing {
  const stands: Stand[] = []
  const crowded = new Set<number>()
  const numbers = actorNumbers(revisions, span)
  let pages = 0
  for (let p = 0; p + 1 < starts.length; p++) {
    const [from, to] = [starts[p]!, starts[p + 1]!]
    if (revisions.time[from]! > span.at) continue
    pages++
    const own = stoodOn(revisions, from, to, p, span, numbers.of)
    const upTo = own.filter(stand => stand.time <= span.at).length
    if (upTo >= most && revisions.time[from]! > span.from) crowded.add(p)
    stands.push(...own)
  }
  return { stands, pages, crowded, actors: numbers.keys }
}

function stoodOn(
  log: Log,
  from: number,
  to: number,
  page: number,
  span: Span,
  actorOf: (k: number) => number,
): Stand[] {
  const ordered: Revision[] = []
  for (let k = from; k < to; k++) ordered.push({ id: '', time: log.time[k]!, digest: digestAt(log, k) })
  const by = revertedOf(ordered, span.radius)
  let old = -1
  for (let k = from; k < to && log.time[k]! <= span.at - span.holdMs; k++) old = log.row[k]!
  const own: Stand[] = []
  for (let k = from; k < to; k++) {
    const until = k + 1 < to ? log.time[k + 1]! : Infinity
    if (until < span.from) continue
    const undo = by[k - from]!
    own.push({
      page,
      row: log.row[k]!,
      time: log.time[k]!,
      until,
      before: old,
      actor: actorOf(k),
      undone: undo < 0 ? Infinity : ordered[undo]!.time,
    })
  }
  return own
}

const digestAt = ({ digestHigh, digestLow }: Log, k: number): string | null =>
  digestHigh[k] === 0 && digestLow[k] === 0 ? null : contentOf(`${digestHigh[k]} ${digestLow[k]}`)

/** Keys of the digests of nothing: the rule knows them by name. */
const empty = new Set([...emptyDigests].map(digest => `${highKey(digest)} ${lowKey(digest)}`))
const contentOf = (key: string): string => (empty.has(key) ? '' : key)

/** Numbers the accounts that edited since `from`. */
function actorNumbers(log: Log, span: Span): { readonly keys: Int32Array; of(k: number): number } {
  const [high, low]: [number[], number[]] = [[], []]
  const able = (k: number) =>
    log.time[k]! >= span.from && log.time[k]! <= span.at && (log.actorHigh[k] !== 0 || log.actorLow[k] !== 0)
  let known: KeyIndex = keyIndex([], [])
  const all: number[] = []
  for (let k = 0; k < log.size; k++) if (able(k)) all.push(k)
  known = keyIndex(
    all.map(k => log.actorHigh[k]!),
    all.map(k => log.actorLow[k]!),
  )
  const numbers = new Int32Array(all.length).fill(-1)
  const number = (k: number): number => {
    const first = placeOf(known, log.actorHigh[k]!, log.actorLow[k]!)
    if (first < 0) return -1
    if (numbers[first]! < 0) {
      numbers[first] = high.length
      high.push(log.actorHigh[k]!)
      low.push(log.actorLow[k]!)
    }
    return numbers[first]!
  }
  for (const k of all) number(k)
  const keys = new Int32Array(2 * high.length)
  high.forEach((h, i) => {
    keys[2 * i] = h
    keys[2 * i + 1] = low[i]!
  })
  return { keys, of: number }
}

/** The stands that a snapshot takes at a moment when nobody takes care, no older than `ms`. */
export const takenAt = (stands: readonly Stand[], at: number, ms: number): Stand[] =>
  stands.filter(({ time, until }) => time <= at && until > at && at - time < ms)
