import { type FileHandle, open } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Source } from '../../core/index.ts'
import { codecOf } from '../expanded.ts'
import { piecesOf } from './pieces.ts'
import { type CrawlItem, type CrawlLimits, crawlRecords } from './records.ts'

/** Bytes of a record that are compressed at once: longer ones take several members. */
const memberBytes = 64 << 20

/** Writes a crawl file without some of its records. What is stored compressed becomes gzip with a member for each record. */
export async function crawlWithout(
  source: Source,
  drop: (record: number) => boolean,
  path: string,
  limits: CrawlLimits,
): Promise<void> {
  const packed = codecOf(await source.read(0, 8)) !== undefined
  const items = crawlRecords(source, { ...limits, digests: () => false })
  const file = await open(path, 'w')
  const writer = writerOf(file, packed)
  try {
    let item = await items.next()
    let [position, kept] = [0, true]
    for await (const { bytes } of piecesOf(source, limits.expandedBytes)) {
      for (let at = 0; at < bytes.length; ) {
        for (; !item.done && startOf(item.value) <= position + at; item = await items.next()) {
          await writer.next()
          kept = !drop(ordinalOf(item.value))
        }
        const end = item.done ? bytes.length : Math.min(bytes.length, startOf(item.value) - position)
        if (kept) await writer.write(bytes.subarray(at, end))
        at = end
      }
      position += bytes.length
    }
    await writer.next()
  } finally {
    await items.return(undefined)
    await file.close()
  }
}

const startOf = ({ record, defects }: CrawlItem): number => (record ?? defects[0]!).position
const ordinalOf = ({ record, defects }: CrawlItem): number => (record ?? defects[0]!).record

function writerOf(file: FileHandle, packed: boolean) {
  let held: Uint8Array[] = []
  let size = 0
  const next = async () => {
    if (size > 0) await file.write(gzipSync(Buffer.concat(held)))
    held = []
    size = 0
  }
  return {
    next,
    async write(bytes: Uint8Array): Promise<void> {
      if (!packed) return void (await file.write(bytes))
      held.push(bytes)
      size += bytes.length
      if (size >= memberBytes) await next()
    },
  }
}
