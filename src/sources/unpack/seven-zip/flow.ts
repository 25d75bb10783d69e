import { crc32 } from 'node:zlib'
import type { Source } from '../../../core/index.ts'
import { Broken } from '../../broken.ts'
import { coded } from './coded.ts'
import { BadHeader } from './fields.ts'
import { type Contents, contentsOf, type Folder } from './header.ts'

/** Honest headers take some hundred bytes a file. */
const mostHeader = 8 << 20
const mostFiles = 10_000
/** Headers packed in headers. */
const mostPacked = 4

/** A file in a 7z archive that is not empty. */
export interface PackedFile {
  readonly name: string
  readonly size: number
  readonly crc: number | null
  /** Holds it, behind `before` bytes of other files. */
  readonly folder: Folder
  readonly before: number
}

/** The files of a 7z archive that are not empty, in order. Throws `Broken` when its table of contents is unreadable. */
export async function sevenZipFiles(source: Source): Promise<PackedFile[]> {
  try {
    const { folders, files } = await contents(source)
    const names = files.filter(file => !file.empty).map(file => file.name)
    return folders.flatMap(folder => {
      let at = 0
      return folder.files.map(({ size, crc }): PackedFile => {
        const before = at
        at += size
        return { name: names.shift() ?? '', size, crc, folder, before }
      })
    })
  } catch (reason) {
    if (reason instanceof BadHeader) throw new Broken('bad-compression', `the 7z archive is damaged: ${reason.message}`)
    throw reason
  }
}

/**
 * Expands one file of a 7z archive: the only one, as wikis publish their dumps, or the one with this ordinal. Throws
 * `Broken` where there is none, where there are several and none was named, and where its packing is not read here.
 */
export async function* unsevenZipFlow(source: Source, mostBytes: number, ordinal?: number): AsyncGenerator<Uint8Array> {
  const files = await sevenZipFiles(source)
  if (ordinal === undefined && files.length > 1)
    throw new Broken('unsupported', `the 7z archive holds ${files.length} files: unpack it and name the folder`)
  const file = files[ordinal ?? 0]
  if (!file) throw new Broken('empty', 'the 7z archive holds no file that is not empty')
  const stream = coded(source, file.folder, mostBytes)
  try {
    const rest = { bytes: new Uint8Array(0) }
    for await (const _ of taken(stream, rest, file.before));
    yield* checked(file, taken(stream, rest, file.size))
  } finally {
    await stream.return(undefined)
  }
}

/**
 * Expands the files of a 7z archive one after another, each folder once. What is not read of a file is passed over; a
 * file that cannot be expanded throws `Broken` where it is read, and so do those behind it in its folder.
 */
export async function* unsevenZipEach(
  source: Source,
  mostBytes: number,
): AsyncGenerator<{ readonly file: PackedFile; readonly bytes: AsyncIterable<Uint8Array> }> {
  const files = await sevenZipFiles(source)
  let stream: AsyncGenerator<Uint8Array> | undefined
  let rest = { bytes: new Uint8Array(0) }
  try {
    for (const [k, file] of files.entries()) {
      if (file.folder !== files[k - 1]?.folder) {
        await stream?.return(undefined)
        stream = coded(source, file.folder, mostBytes)
        rest = { bytes: new Uint8Array(0) }
      }
      const own = taken(stream!, rest, file.size)
      yield { file, bytes: checked(file, own) }
      await passed(own)
    }
  } finally {
    await stream?.return(undefined)
  }
}

/** Reads to the end; the trouble on the way is met again by whoever reads behind it. */
async function passed(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of bytes);
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
  }
}

/** The next `size` bytes of a stream; what was read beyond them stays in `rest`. Fewer when the stream ends. */
function taken(
  stream: AsyncIterator<Uint8Array>,
  rest: { bytes: Uint8Array; trouble?: unknown },
  size: number,
): AsyncIterableIterator<Uint8Array> {
  let left = size
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    if (rest.trouble) throw rest.trouble
    if (left === 0) return { done: true, value: undefined }
    if (rest.bytes.length === 0) {
      const more = await stream.next().catch((reason: unknown) => {
        rest.trouble = reason
        throw reason
      })
      if (more.done) rest.trouble = new Broken('truncated', 'the packed data ends too early: the file was cut off')
      if (more.done) throw rest.trouble
      rest.bytes = more.value
    }
    const part = rest.bytes.subarray(0, left)
    rest.bytes = rest.bytes.subarray(part.length)
    left -= part.length
    return { done: false, value: part }
  }
  // Without `return`: leaving a file early must not end what comes behind it.
  return { next, [Symbol.asyncIterator]: () => ({ next }) as AsyncIterableIterator<Uint8Array> }
}

async function* checked({ crc }: PackedFile, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let check = 0
  for await (const part of bytes) {
    check = crc32(part, check)
    yield part
  }
  if (crc !== null && check !== crc) throw new Broken('bad-checksum', 'the file does not have its checksum')
}

async function contents(source: Source): Promise<Contents> {
  const first = Buffer.from(await source.read(0, 32))
  if (first.length < 32) throw new BadHeader('The archive ends in its first header')
  const start = 32 + Number(first.readBigUInt64LE(12))
  const size = Number(first.readBigUInt64LE(20))
  if (size === 0) return { folders: [], files: [], encoded: false }
  if (size > mostHeader) throw new BadHeader('The header is too long')
  if (!Number.isSafeInteger(start + size) || start + size > source.size)
    throw new Broken('truncated', 'the 7z archive was cut off: its table of contents, at the end, is missing')
  let found = contentsOf(await source.read(start, start + size), mostFiles)
  for (let depth = 0; found.encoded && depth < mostPacked; depth++)
    found = contentsOf(await unpackedHeader(source, found.folders[0]), mostFiles)
  return found
}

async function unpackedHeader(source: Source, folder: Folder | undefined): Promise<Uint8Array> {
  const size = folder?.files[0]?.size ?? 0
  if (!folder || size > mostHeader) throw new BadHeader('The packed header cannot be unpacked')
  const parts: Uint8Array[] = []
  for await (const part of coded(source, folder, mostHeader)) parts.push(part)
  return Buffer.concat(parts).subarray(0, size)
}
