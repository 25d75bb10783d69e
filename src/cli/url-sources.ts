import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault, textOf } from '../core/index.ts'
import { openTable } from '../scan/index.ts'
import {
  type Copies,
  crawlCopies,
  type Download,
  faultOf,
  fileSource,
  folderCopies,
  img2datasetCopies,
  img2datasetShards,
  localCopies,
} from '../sources/index.ts'
import { seen } from './seen.ts'

/** Crawl files by their usual endings: a folder that holds one is a folder of crawls. */
const crawlName = /\.w?arc(\.gz|\.zst)?$/i

/** Opens a source of copies that the command line names. */
export async function copiesFrom(source: string, mostBytes: number): Promise<Copies> {
  if (/^https?:/i.test(source))
    throw new Fault(
      'bad-option',
      `--from ${source}: the web is no source.`,
      'Give --network to fetch what the list names.',
    )
  if (/^file:/i.test(source)) return localCopies(rootOf(source))
  const known = await stat(source).catch(reason => Promise.reject(faultOf(reason, source)))
  if (!known.isDirectory()) return crawlOf(source, [source], mostBytes)
  const names = (await readdir(source)).sort()
  const crawls = names.filter(name => crawlName.test(name))
  if (crawls.length > 0)
    return crawlOf(
      source,
      crawls.map(name => join(source, name)),
      mostBytes,
    )
  const shards = await img2datasetShards(source)
  return shards.length > 0 ? img2datasetCopies(source, shards, downloadsIn) : folderCopies(source)
}

function rootOf(source: string): string {
  try {
    return fileURLToPath(source)
  } catch (cause) {
    throw new Fault('bad-option', `--from ${source} names no folder.`, 'Write it as file:///folder.', { cause })
  }
}

async function crawlOf(name: string, paths: readonly string[], mostBytes: number): Promise<Copies> {
  const files = await Promise.all(paths.map(path => fileSource(path)))
  for (const file of files)
    if (!isCrawl(await file.read(0, 1024)))
      throw new Fault(
        'unknown-format',
        `--from ${file.name}: no folder, and no WARC or ARC file.`,
        'Name a folder of copies, a WARC or ARC file, the output of img2dataset, or file:///folder.',
      )
  const defects: string[] = []
  return crawlCopies(name, files, {
    mostBytes,
    onDefect(file, message, offset) {
      if (defects.push(file) <= 5) process.stderr.write(`${seen(`${file}, byte ${offset}: ${message}`)}\n`)
      if (defects.length === 5) process.stderr.write('More records that cannot be read are not named.\n')
    },
  })
}

/** Begins as a crawl does, or is packed: what is inside is found out by reading it. */
const isCrawl = (head: Uint8Array): boolean => {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(64, head.byteLength)).toString('latin1')
  return /^(\s*WARC\/|filedesc:\/\/|\x1f\x8b|\x28\xb5\x2f\xfd)/.test(start)
}

/** Columns that hold pictures in shards without files beside them, as img2dataset names them. */
const pictureColumns = ['jpg', 'png', 'webp']
const digestColumns = ['sha256', 'sha512', 'md5'] as const

/** The rows of a shard of img2dataset. */
async function* downloadsIn(path: string): AsyncGenerator<Download> {
  const names = await columnsOf(path)
  const has = (wanted: readonly string[]) => wanted.find(name => names.has(name))
  const digest = has(digestColumns)
  const image = has(pictureColumns)
  for (const needed of ['url', 'key', 'status'])
    if (!names.has(needed))
      throw new Fault('no-such-column', `${path} has no column "${needed}".`, 'Is it a shard of img2dataset?')
  const table = await openTable([path], {
    digest: false,
    roles: {
      url: 'url',
      id: 'key',
      label: 'status',
      ...(names.has('error_message') ? { text: 'error_message' } : {}),
      ...(digest ? { digest } : {}),
      ...(image ? { image } : {}),
    },
  })
  try {
    for await (const { size, columns } of table.batches())
      for (let i = 0; i < size; i++) {
        const cell = (role: 'url' | 'id' | 'label' | 'text' | 'digest') => textOf(columns.get(role)?.[i])
        const stated = digest ? cell('digest')?.toLowerCase() : null
        const bytes = columns.get('image')?.[i]
        const message = names.has('error_message') ? cell('text') : null
        const about = { url: cell('url') ?? '', key: cell('id') ?? '', status: cell('label') ?? '', message }
        yield {
          ...about,
          stated: digest && stated ? { [digest]: stated } : {},
          image: bytes instanceof Uint8Array ? bytes : null,
        }
      }
  } finally {
    await table.close()
  }
}

async function columnsOf(path: string): Promise<Set<string>> {
  const table = await openTable([path], { digest: false })
  await table.close()
  return new Set(table.columns.map(column => column.name))
}
