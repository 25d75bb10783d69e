import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../core/index.ts'
import { fileSource } from '../file.ts'
import type { Copy, CopyStream, CopyTrouble } from './copy.ts'
import { once } from './crawl.ts'
import { copyAt } from './folder.ts'
import { TarTrouble, tarMembers } from './tar.ts'

/** What img2dataset says of one address that it downloaded. */
export interface Download {
  readonly url: string
  /** Name of its files inside the shard, without an ending. */
  readonly key: string
  readonly status: string
  readonly message: string | null
  /** Digests of what was served, by algorithm. */
  readonly stated: Readonly<Record<string, string>>
  /** The picture itself, when the shard holds it in a column. */
  readonly image: Uint8Array | null
}

/** More rows in one shard than img2dataset ever writes: they are held in memory. */
const mostRows = 2_000_000
const shardName = /^(\d+)\.parquet$/
/** Files beside a picture that tell of it. */
const beside = new Set(['json', 'txt'])

/** The shards that img2dataset wrote into a folder; none when it did not. */
export async function img2datasetShards(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter(name => shardName.test(name)).sort()
}

/**
 * What img2dataset downloaded: a folder with a Parquet file of rows for each shard, and the pictures beside it in a tar
 * archive, in a folder, or in a column of the rows.
 * @param rowsOf reads the rows of a shard
 */
export function img2datasetCopies(
  folder: string,
  shards: readonly string[],
  rowsOf: (path: string) => AsyncIterable<Download>,
): CopyStream {
  return {
    kind: 'stream',
    name: `${folder} (img2dataset, ${shards.length} ${shards.length === 1 ? 'shard' : 'shards'})`,
    async *all(wanted) {
      for (const shard of shards) {
        const path = join(folder, shard)
        const written = (await stat(path)).mtime.toISOString()
        const rows = new Map<string, Download>()
        for await (const row of rowsOf(path)) {
          if (!wanted(row.url)) continue
          if (row.status !== 'success') yield failed(row, written)
          else if (row.image !== null) yield { ...about(row, written), body: once(row.image) }
          else rows.set(row.key, row)
          if (rows.size > mostRows)
            throw new Fault('bad-option', `${path} has more than ${mostRows} rows.`, 'Cut it into shards.')
        }
        if (rows.size > 0) yield* storedBeside(path.replace(/\.parquet$/, ''), rows, written)
      }
    },
  }
}

const about = ({ url, stated }: Download, written: string) => ({ url, fetchedAt: null, written, stated })

const lost = (row: Download, written: string, trouble: CopyTrouble, message: string): Copy => ({
  url: row.url,
  fetchedAt: null,
  written,
  trouble,
  message,
})

function failed(row: Download, written: string): Copy {
  const said = row.message ?? row.status
  const trouble = /\b(404|410)\b/.test(said) ? 'gone' : row.status === 'failed_to_resize' ? 'damaged' : 'network'
  return lost(row, written, trouble, `img2dataset: ${said.slice(0, 120)}`)
}

async function* storedBeside(base: string, rows: Map<string, Download>, written: string): AsyncGenerator<Copy> {
  const isTar = await stat(`${base}.tar`).then(
    known => known.isFile(),
    () => false,
  )
  yield* isTar ? inTar(`${base}.tar`, rows, written) : inFolder(base, rows, written)
}

async function* inTar(path: string, rows: Map<string, Download>, written: string): AsyncGenerator<Copy> {
  try {
    for await (const { name, body } of tarMembers((await fileSource(path)).stream())) {
      const row = pictureIn(name, rows)
      if (!row) continue
      rows.delete(row.key)
      yield { ...about(row, written), body }
    }
  } catch (reason) {
    if (!(reason instanceof TarTrouble)) throw reason
    for (const row of rows.values()) yield lost(row, written, 'damaged', `${path}: ${reason.message}`)
    return
  }
  for (const row of rows.values()) yield lost(row, written, 'absent', `${path} does not hold it`)
}

async function* inFolder(base: string, rows: Map<string, Download>, written: string): AsyncGenerator<Copy> {
  const root = await realpath(base).catch(() => null)
  const names = root === null ? [] : await readdir(root)
  for (const name of names) {
    const row = pictureIn(name, rows)
    const copy = row && (await copyAt(root!, name, row.url))
    if (!row || !copy) continue
    rows.delete(row.key)
    yield 'trouble' in copy ? copy : { ...about(row, copy.written ?? written), body: copy.body }
  }
  for (const row of rows.values()) yield lost(row, written, 'absent', `${base} does not hold it`)
}

function pictureIn(name: string, rows: ReadonlyMap<string, Download>): Download | undefined {
  const [, key = '', ending = ''] = /^(?:.*\/)?([^/.]+)\.(\w+)$/.exec(name) ?? []
  return beside.has(ending) ? undefined : rows.get(key)
}
