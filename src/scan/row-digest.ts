import { createHash, type Hash } from 'node:crypto'
import type { Cell, RecordBatch } from '../core/index.ts'

/** Records in the smallest run that a digest is kept of. */
export const runRecords = 1024
/** Text gathered before the hash sees it: one call of native code costs as much as a hundred characters. */
const mostPending = 1 << 16
/** The digest of a run without a readable record. */
const noRows = createHash('sha256').update('\0').digest()

/** Digests of the runs of one file, SHA-256. */
export interface RunDigests {
  readonly rows: number
  /** Over the digests of all smallest runs. */
  readonly digest: string
  readonly runs: readonly Buffer[]
  /** Records of a run, `runRecords` times a power of two. */
  readonly runRecords: number
  /** What `digest` would be if the file ended behind the first `headRows` rows; absent when it has no more than those. */
  readonly head?: string
}

/** How a file is divided into runs. */
export interface RunOptions {
  /** Runs are widened until they are no more than this. */
  readonly mostRuns: number
  /** Records of a run; when absent, as few as keep the list within `mostRuns`. */
  readonly wide?: number
  /** Rows whose digest is wanted apart, to tell rows that were appended from rows that were edited. */
  readonly headRows?: number
}

/** Takes the batches of a file in order; how they are cut means nothing. */
export interface RunDigester {
  add(batch: RecordBatch): void
  finish(): RunDigests
}

/**
 * Digests runs of records. A row is the set of its cells by column name: cells that are null or missing do not count,
 * so neither the order of columns nor an empty column makes another row. A number is not the text of it.
 */
export function runDigester({ mostRuns, wide, headRows }: RunOptions): RunDigester {
  const shard = createHash('sha256')
  const tree = runTree(mostRuns, wide)
  const writer = rowWriter()
  let run = -1
  let rows = 0
  let next = 0
  let head: string | undefined
  const close = () => {
    if (run < 0) return
    const digest = writer.digest()
    shard.update(digest)
    tree.push(digest)
  }
  return {
    add({ size, records, columns }) {
      const write = writerOf(columns, writer)
      for (let k = 0; k < size; k++, rows++) {
        if (rows === headRows) head = shard.copy().update(writer.peek()).digest('hex')
        const record = records[k]!
        const own = Math.floor(record / runRecords)
        if (own !== run) {
          close()
          // A run of which no record could be read is a run all the same: the later ones keep their places.
          while (++run < own) {
            shard.update(noRows)
            tree.push(noRows)
          }
          next = own * runRecords
        }
        writer.put(record === next ? '\n' : `\n~${record - next}`)
        next = record + 1
        write(k)
      }
    },
    finish() {
      close()
      return { rows, digest: shard.digest('hex'), ...tree.finish(), ...(head === undefined ? {} : { head }) }
    },
  }
}

/** Runs in order, the neighbours united while there are too many. */
function runTree(mostRuns: number, wide: number | undefined) {
  let runs: Buffer[] = []
  let width = 1
  const target = wide === undefined ? 1 : Math.round(wide / runRecords)
  // Runs below the present width, one at each level, still waiting for their neighbour.
  let waiting: (Buffer | undefined)[] = []
  const levels = () => Math.log2(width)
  const push = (leaf: Buffer) => {
    let node = leaf
    let level = 0
    for (; level < levels(); level++) {
      const left = waiting[level]
      if (!left) {
        waiting[level] = node
        return
      }
      waiting[level] = undefined
      node = united(left, node)
    }
    runs.push(node)
    if (runs.length > mostRuns) widen()
  }
  const widen = () => {
    const odd = runs.length % 2 === 1 ? runs.pop() : undefined
    runs = Array.from({ length: runs.length / 2 }, (_, i) => united(runs[2 * i]!, runs[2 * i + 1]!))
    waiting[levels()] = odd
    width *= 2
  }
  while (width < target) width *= 2
  return {
    push,
    finish() {
      let last: Buffer | undefined
      for (const left of waiting) if (left) last = last ? united(left, last) : left
      waiting = []
      return { runs: last ? [...runs, last] : runs, runRecords: width * runRecords }
    },
  }
}

/** Marked, so that two digests cannot pass for rows. */
const united = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()

/** A hash that is fed with text in large pieces. */
function rowWriter() {
  let hash: Hash | undefined
  let pending = '\0'
  const flush = () => {
    hash ??= createHash('sha256')
    hash.update(pending, 'utf8')
    pending = ''
    return hash
  }
  return {
    put(text: string) {
      pending += text
      if (pending.length > mostPending) flush()
    },
    bytes(bytes: Uint8Array) {
      pending += `b${bytes.length}:`
      flush().update(bytes)
    },
    /** The digest of what was written so far; more may follow. */
    peek: (): Buffer => flush().copy().digest(),
    digest(): Buffer {
      const digest = flush().digest()
      hash = undefined
      pending = '\0'
      return digest
    },
  }
}
type RowWriter = ReturnType<typeof rowWriter>

/** Writes the cells of one row by column name. */
function writerOf(columns: ReadonlyMap<string, readonly Cell[]>, writer: RowWriter): (k: number) => void {
  const sorted = [...columns].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const named = sorted.map(([name, cells]) => ({ prefix: `;${JSON.stringify(name)}`, cells }))
  return k => {
    for (const { prefix, cells } of named) {
      const cell = cells[k]
      if (cell === null || cell === undefined) continue
      if (typeof cell === 'string') writer.put(prefix + textForm(cell))
      else {
        writer.put(prefix)
        write(cell, writer)
      }
    }
  }
}

/** Half of a surrogate pair: UTF-8 has no bytes for it, and hashing would replace it. */
const halfPair = /\p{Surrogate}/u

/** Text with its length, so that nothing needs to be escaped. */
const textForm = (text: string): string =>
  halfPair.test(text) ? `u${JSON.stringify(text)}` : `s${text.length}:${text}`

/** Writes a value so that no two values are written alike. Formats bound how deep it nests. */
function write(value: Cell | undefined, writer: RowWriter): void {
  if (typeof value === 'string') writer.put(textForm(value))
  else if (typeof value === 'number') writer.put(`n${value}`)
  else if (typeof value === 'boolean') writer.put(value ? 't' : 'f')
  else if (value === null || value === undefined) writer.put('-')
  else if (value instanceof Uint8Array) writer.bytes(value)
  else if (Array.isArray(value)) writeList(value, writer)
  else {
    writer.put('{')
    const entries = Object.entries(value as Readonly<Record<string, Cell>>)
    for (const [key, inner] of entries.sort(([a], [b]) => (a < b ? -1 : 1)))
      if (inner !== null && inner !== undefined) {
        writer.put(`;${JSON.stringify(key)}`)
        write(inner, writer)
      }
    writer.put('}')
  }
}

function writeList(list: readonly Cell[], writer: RowWriter): void {
  writer.put(`[${list.length}`)
  for (const value of list) {
    writer.put(',')
    write(value, writer)
  }
}
