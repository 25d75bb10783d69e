import { relative } from 'node:path'
import type { RecordBatch } from '../core/index.ts'
import { Broken } from '../sources/index.ts'
import { type OpenedTable, openTable } from './open.ts'
import { openPart } from './reader.ts'
import { type RunDigester, runDigester, runRecords } from './row-digest.ts'
import type { PartSpec } from './spec.ts'

/** Rows of one file of a table: which file was edited, and in which run of records. */
export interface PinnedShard {
  readonly name: string
  readonly rows: number
  /** SHA-256 over the digests of all smallest runs, whatever `blockRows` is. */
  readonly digest: string
  /** First 64 bits of the SHA-256 of each run of `blockRows` records. */
  readonly blocks: readonly string[]
  readonly blockRows: number
  /** With `like`: what `digest` was when the shard ended behind the rows that were pinned; absent when it did not grow. */
  readonly head?: string
}

/** What a lock keeps of a table besides the digests of its files. */
export interface PinnedTable {
  readonly rows: number
  /** Records that could not be read. */
  readonly lostRows: number
  readonly columns: readonly { readonly name: string; readonly role?: string }[]
  readonly shards: readonly PinnedShard[]
}

/** How to pin a table. */
export interface PinOptions {
  /** Folder that the names of shards begin at; as the table names its parts when absent. */
  readonly root?: string
  /** What was pinned before: shards keep the length of their runs, so that runs can be compared one by one. */
  readonly like?: Pick<PinnedTable, 'shards'>
  readonly onRows?: (rows: number) => void
  readonly signal?: AbortSignal
}

/** Runs of one file that a lock lists: 20 KB of text. */
const mostBlocks = 1024
/** The same for a file that grew since runs of a given length were listed. */
const mostBlocksLike = 65_536

/**
 * Reads every column of every row once and digests the rows, so that an edited, inserted or appended run can be named.
 * A row is its cells by column name as the format reads them: the order of columns, null or missing cells, compression,
 * quoting, white space between JSON values, and how the file is cut into row groups count for nothing; types do
 * (the number 1 is not the text "1"). Columns that no format names (a key that first occurs far down in JSON Lines)
 * are covered by the digest of the file alone.
 */
export async function pinTable(
  target: OpenedTable | string | readonly string[],
  options: PinOptions = {},
): Promise<PinnedTable> {
  if (typeof target === 'object' && 'spec' in target) return pinned(target, options)
  const table = await openTable(typeof target === 'string' ? [target] : target, { digest: false })
  try {
    return await pinned(table, options)
  } finally {
    await table.close()
  }
}

async function pinned({ spec, columns }: OpenedTable, options: PinOptions): Promise<PinnedTable> {
  const shards: PinnedShard[] = []
  const seen = new Set<string>()
  let lostRows = 0
  let before = 0
  for (const part of spec.parts) {
    const name = nameOf(part, options.root)
    const digester = digesterOf(name, options.like)
    const onRows = (rows: number) => options.onRows?.(before + rows)
    const read = await readPart(part, spec.limits, { digester, signal: options.signal, onRows })
    for (const column of read.columns) seen.add(column)
    lostRows += read.lost
    const { rows, digest, runs, runRecords: blockRows, head } = digester.finish()
    before += rows
    const blocks = runs.map(run => run.toString('hex', 0, 8))
    shards.push({ name, rows, digest, blocks, blockRows, ...(head === undefined ? {} : { head }) })
  }
  const roles = new Map(columns.map(({ name, role }) => [name, role]))
  const ordered = [...columns.map(c => c.name).filter(name => seen.has(name)), ...seen]
  return {
    rows: before,
    lostRows,
    columns: [...new Set(ordered)].map(name => ({ name, ...(roles.get(name) ? { role: roles.get(name)! } : {}) })),
    shards,
  }
}

/** Tables inside one file, and files inside one archive, are shards of their own. */
function nameOf({ name, home, inside, member }: PartSpec, root: string | undefined): string {
  const file = root === undefined ? name : relative(root, home).replaceAll('\\', '/') || name
  const own = root === undefined || inside === null ? file : `${file}#${inside}`
  return member === null ? own : `${own}#${member}`
}

function digesterOf(name: string, like: PinOptions['like']): RunDigester {
  const before = like?.shards.find(shard => shard.name === name)
  const wide = before?.blockRows
  const doubled = wide === undefined ? Number.NaN : Math.log2(wide / runRecords)
  // A lock is read from a file: a length that was never written here is not obeyed.
  return Number.isInteger(doubled) && doubled >= 0 && doubled <= 40
    ? runDigester({ mostRuns: mostBlocksLike, wide: wide!, headRows: before!.rows })
    : runDigester({ mostRuns: mostBlocks })
}

interface Reading {
  readonly digester: RunDigester
  readonly signal: AbortSignal | undefined
  readonly onRows: (rows: number) => void
}

async function readPart(
  part: PartSpec,
  limits: Parameters<typeof openPart>[1],
  { digester, signal, onRows }: Reading,
): Promise<{ columns: readonly string[]; lost: number }> {
  let lost = 0
  let rows = 0
  const add = (batch: RecordBatch) => {
    digester.add(batch)
    rows += batch.size
    for (const defect of batch.defects) if (defect.lost) lost += defect.records ?? 1
    onRows(rows)
  }
  try {
    const file = await openPart(part, limits)
    for await (const batch of file.records({})) {
      signal?.throwIfAborted()
      add(batch)
    }
    return { columns: file.columns, lost }
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    return { columns: [], lost: lost + 1 }
  }
}
