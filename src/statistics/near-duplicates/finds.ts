import { hashRow } from '../../core/index.ts'

/** One distinct text that may have near-copies. */
export interface Document {
  /** Halves of the shared keys it has. */
  readonly keys: Int32Array
  /** Ascending distinct shingle hashes. */
  readonly shingles: Int32Array
  /** Rows with this text. */
  count: number
  /** Their ids, or those whose hash ends in `level` zero bits when there are too many. */
  rows: number[]
  level: number
}

/** Candidate texts and their rows, bounded by hash-defined sampling that no order of reading can change. */
export interface Finds {
  readonly documents: Map<number, Document>
  /** Texts whose digest's hash ends in this many zero bits are kept. */
  level: number
  /** Rows charged to the limit: each text pays for its rows, at most `rowsPerText`. */
  charge: number
}

export interface Limits {
  readonly texts: number
  readonly rows: number
}

/** Enough rows of one text to quarantine; the rest are counted. */
const rowsPerText = 100_000

export const emptyFinds = (): Finds => ({ documents: new Map(), level: 0, charge: 0 })

const inside = (hash: number, level: number): boolean => level === 0 || (hash & ((1 << level) - 1)) === 0
const kept = (digest: number, level: number): boolean => inside(hashRow(digest, 0x5bd1e995), level)
const charge = (count: number): number => Math.min(count, rowsPerText)

/** Remembers a row; `read` gives the keys and shingles of its text when it is new. */
export function keepRow(
  finds: Finds,
  digest: number,
  row: number,
  read: () => readonly [keys: Int32Array, shingles: Int32Array],
  limits: Limits,
): void {
  let document = finds.documents.get(digest)
  if (!document) {
    if (!kept(digest, finds.level)) return
    const [keys, shingles] = read()
    document = { keys, shingles, count: 0, rows: [], level: 0 }
    finds.documents.set(digest, document)
  }
  finds.charge += charge(document.count + 1) - charge(document.count)
  document.count++
  if (inside(hashRow(row, 7), document.level)) document.rows.push(row)
  if (document.rows.length > rowsPerText) thinRows(document, document.level)
  thin(finds, limits)
}

function thinRows(document: Document, level: number): void {
  document.level = level
  for (;;) {
    document.rows = document.rows.filter(row => inside(hashRow(row, 7), document.level))
    if (document.rows.length <= rowsPerText) return
    document.level++
  }
}

function thin(finds: Finds, limits: Limits): void {
  while (finds.documents.size > limits.texts || finds.charge > limits.rows) raise(finds, finds.level + 1)
}

function raise(finds: Finds, level: number): void {
  finds.level = level
  for (const [digest, document] of finds.documents) {
    if (kept(digest, level)) continue
    finds.documents.delete(digest)
    finds.charge -= charge(document.count)
  }
}

/** Adds all of `from` to `into`. */
export function mergeFinds(into: Finds, from: Finds, limits: Limits): void {
  if (from.level > into.level) raise(into, from.level)
  for (const [digest, document] of from.documents) {
    if (!kept(digest, into.level)) continue
    const own = into.documents.get(digest)
    into.charge += charge((own?.count ?? 0) + document.count) - charge(own?.count ?? 0)
    if (!own) {
      into.documents.set(digest, document)
      continue
    }
    own.count += document.count
    for (const row of document.rows) own.rows.push(row)
    thinRows(own, Math.max(own.level, document.level))
  }
  thin(into, limits)
}
