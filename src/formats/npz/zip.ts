import { createInflateRaw } from 'node:zlib'
import type { Source } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'

/** A file in an archive, stored or deflated. */
export interface ZipEntry {
  readonly name: string
  readonly deflated: boolean
  readonly packedBytes: number
  readonly bytes: number
  /** Where its own header begins. */
  readonly headAt: number
}

const mostEntries = 4096
const mostDirectoryBytes = 4 << 20
const wide = 0xffffffff

/** The directory of an archive (APPNOTE 4.3), also with 64-bit sizes. Throws `Broken`. */
export async function zipEntries(source: Source): Promise<ZipEntry[]> {
  const tailAt = Math.max(0, source.size - 66_000)
  const tail = Buffer.from(await source.read(tailAt, source.size))
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > tail.length) throw new Broken('truncated', 'its directory is missing: it was cut off')
  let [size, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  const end64 = tail.lastIndexOf('PK\x06\x06', end, 'latin1')
  if (end64 >= 0 && end64 + 56 <= end) [size, at] = [longAt(tail, end64 + 40), longAt(tail, end64 + 48)]
  if (size > mostDirectoryBytes || at + size > source.size) throw new Broken('damaged', 'its directory is damaged')
  const directory = Buffer.from(await source.read(at, at + size))
  const entries: ZipEntry[] = []
  for (let p = 0; p + 46 <= directory.length && entries.length < mostEntries; ) {
    if (directory.readUInt32LE(p) !== 0x02014b50) throw new Broken('damaged', 'its directory is damaged')
    const [nameBytes, extraBytes] = [directory.readUInt16LE(p + 28), directory.readUInt16LE(p + 30)]
    entries.push(entryAt(directory, p, nameBytes, extraBytes))
    p += 46 + nameBytes + extraBytes + directory.readUInt16LE(p + 32)
  }
  return entries
}

const longAt = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at))

function entryAt(directory: Buffer, p: number, nameBytes: number, extraBytes: number): ZipEntry {
  const method = directory.readUInt16LE(p + 10)
  const name = directory.toString('utf8', p + 46, p + 46 + nameBytes)
  if (method !== 0 && method !== 8) throw new Broken('unsupported', `"${name.slice(0, 60)}" is packed in another way`)
  const sizes = [24, 20, 42].map(at => directory.readUInt32LE(p + at))
  const extra = directory.subarray(p + 46 + nameBytes, p + 46 + nameBytes + extraBytes)
  // Extra field 1 holds, in this order, those of the three numbers that do not fit.
  for (let e = 0; e + 4 <= extra.length; e += 4 + extra.readUInt16LE(e + 2)) {
    if (extra.readUInt16LE(e) !== 1) continue
    let from = e + 4
    for (const [k, size] of sizes.entries()) {
      if (size !== wide || from + 8 > extra.length) continue
      sizes[k] = longAt(extra, from)
      from += 8
    }
  }
  return { name, deflated: method === 8, bytes: sizes[0]!, packedBytes: sizes[1]!, headAt: sizes[2]! }
}

/** Reads ranges of a file in the archive; cheap where they rise. */
export interface EntryReader {
  read(start: number, end: number): Promise<Uint8Array>
}

/** Opens a file of the archive. Expanded bytes are streamed, and never more than the directory says. */
export async function entryReader(source: Source, entry: ZipEntry): Promise<EntryReader> {
  const head = Buffer.from(await source.read(entry.headAt, entry.headAt + 30))
  if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw new Broken('damaged', 'a file in it has no header')
  const from = entry.headAt + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (!entry.deflated)
    return { read: (start, end) => source.read(from + start, from + Math.min(end, entry.packedBytes)) }
  let flow: Flow | null = null
  return {
    async read(start, end) {
      if (!flow || flow.at > start) {
        flow?.close()
        flow = new Flow(source, from, entry)
      }
      return flow.take(start, Math.min(end, entry.bytes))
    },
  }
}

const chunkBytes = 1 << 20

/** Deflated bytes, expanded front to back. */
class Flow {
  at = 0
  private held: Buffer = Buffer.alloc(0)
  private readonly inflated: ReturnType<typeof createInflateRaw>
  private readonly chunks: AsyncIterator<Buffer>

  constructor(source: Source, from: number, { packedBytes }: ZipEntry) {
    this.inflated = createInflateRaw({ chunkSize: chunkBytes })
    this.chunks = this.inflated[Symbol.asyncIterator]()
    void feed(this.inflated, source, from, from + packedBytes)
  }

  async take(start: number, end: number): Promise<Uint8Array> {
    const parts: Buffer[] = []
    while (this.at < end) {
      if (this.held.length === 0 && !(await this.more())) break
      const skip = Math.min(this.held.length, Math.max(0, start - this.at))
      const piece = this.held.subarray(skip, Math.max(skip, Math.min(this.held.length, end - this.at)))
      if (piece.length > 0) parts.push(piece)
      this.at += skip + piece.length
      this.held = this.held.subarray(skip + piece.length)
    }
    return Buffer.concat(parts)
  }

  private async more(): Promise<boolean> {
    try {
      const next = await this.chunks.next()
      if (!next.done) this.held = next.value
      return !next.done
    } catch {
      throw new Broken('damaged', 'its compressed data are damaged or cut off')
    }
  }

  close(): void {
    this.inflated.destroy()
  }
}

async function feed(to: ReturnType<typeof createInflateRaw>, source: Source, from: number, end: number): Promise<void> {
  to.on('error', () => {})
  try {
    for (let at = from; at < end && !to.destroyed; at += chunkBytes) {
      const bytes = await source.read(at, Math.min(end, at + chunkBytes))
      if (bytes.length === 0) break
      if (!to.write(bytes) && !to.destroyed)
        await new Promise<void>(resolve => {
          to.once('drain', resolve)
          to.once('close', resolve)
        })
    }
    to.end()
  } catch (reason) {
    to.destroy(reason instanceof Error ? reason : new Error('unreadable'))
  }
}
