import { crc32 } from 'node:zlib'
import { memoryBytes, type Source } from '../../../core/index.ts'
import { Broken } from '../../broken.ts'
import { expandBytes } from '../../expand.ts'
import { bzip2Steps } from '../bzip2.ts'
import { flow, type Steps } from '../flow.ts'
import { shelf } from '../shelf.ts'
import { lzma2Steps, lzmaSteps } from '../xz.ts'
import { BadHeader } from './fields.ts'
import { type Coder, type Contents, contentsOf, type Folder } from './header.ts'

/** The header of an archive with one file takes some hundred bytes. */
const mostHeader = 1 << 20
/** Headers packed in headers. */
const mostPacked = 4
const readBytes = 4 << 20

/** Expands a 7z archive that holds one file, as wikis publish their dumps. Throws `Broken` for others. */
export async function* unsevenZipFlow(source: Source, mostBytes: number): AsyncGenerator<Uint8Array> {
  const { folder, size, crc } = await loneFile(source)
  const packed = folder.packed[0]!
  let [left, check] = [size, 0]
  const steps = stepsOf(folder.coders[0]!, folder.sizes[0] ?? 0)
  const stored = range(source, packed.start, Math.min(packed.end, source.size))
  const stream = steps ? flow(stored, mostBytes, steps) : stored
  for await (const piece of stream) {
    const part = piece.subarray(0, left)
    left -= part.length
    check = crc32(part, check)
    yield part
    if (left === 0) break
  }
  if (left > 0) throw new Broken('truncated', 'the packed data ends too early: the file was cut off')
  if (crc !== null && check !== crc) throw new Broken('bad-checksum', 'the file does not have its checksum')
}

async function loneFile(source: Source): Promise<{ folder: Folder; size: number; crc: number | null }> {
  try {
    const { folders, files } = await contents(source)
    const full = files.filter(file => !file.empty)
    const folder = folders.find(each => each.files.length > 0)
    if (full.length !== 1 || !folder || folder.files.length !== 1)
      throw new Broken('unsupported', `the 7z archive holds ${full.length} files: unpack it and name the folder`)
    const { coders, packed } = folder
    const known = coders.length === 1 && packed.length === 1 && methods.has(coders[0]!.method)
    if (!known)
      throw new Broken('unsupported', `the 7z archive is packed in a way that is not read here: unpack it first`)
    return { folder, ...folder.files[0]! }
  } catch (reason) {
    if (reason instanceof BadHeader) throw new Broken('bad-compression', `the 7z archive is damaged: ${reason.message}`)
    throw reason
  }
}

async function contents(source: Source): Promise<Contents> {
  const first = Buffer.from(await source.read(0, 32))
  if (first.length < 32) throw new BadHeader('The archive ends in its first header')
  const start = 32 + Number(first.readBigUInt64LE(12))
  const size = Number(first.readBigUInt64LE(20))
  if (size > mostHeader) throw new BadHeader('The header is too long for an archive of one file')
  if (!Number.isSafeInteger(start + size) || start + size > source.size)
    throw new Broken('truncated', 'the 7z archive was cut off: its table of contents, at the end, is missing')
  let found = contentsOf(await source.read(start, start + size), mostHeader)
  for (let depth = 0; found.encoded && depth < mostPacked; depth++)
    found = contentsOf(await unpackedHeader(source, found.folders[0]), mostHeader)
  return found
}

async function unpackedHeader(source: Source, folder: Folder | undefined): Promise<Uint8Array> {
  const packed = folder?.packed[0]
  const coder = folder?.coders[0]
  if (!packed || !coder || folder.coders.length !== 1 || packed.end - packed.start > mostHeader)
    throw new BadHeader('The packed header cannot be unpacked')
  const bytes = await source.read(packed.start, packed.end)
  if (coder.method === copied) return bytes
  const head = coder.method === lzma ? lzmaHead(coder, folder.sizes[0] ?? 0) : coder.properties
  const codec = coder.method === lzma ? 'lzma' : 'lzma2'
  const memory = shelf(2 * mostHeader)
  try {
    const packedBytes = memoryBytes(Buffer.concat([head, bytes]))
    const unpacked = await expandBytes(codec, packedBytes, { shelf: memory, mostBytes: mostHeader })
    if (!('bytes' in unpacked)) throw new BadHeader('The packed header cannot be unpacked')
    return unpacked.bytes.read(0, unpacked.bytes.size).slice()
  } finally {
    memory.close()
  }
}

/** The head that a `.lzma` file has. */
function lzmaHead({ properties }: Coder, size: number): Uint8Array {
  const head = Buffer.alloc(13)
  head.set(properties.subarray(0, 5))
  head.writeBigUInt64LE(BigInt(size), 5)
  return head
}

const [copied, lzma, lzma2, bzip2] = ['00', '030101', '21', '040202'] as const
const methods = new Set<string>([copied, lzma, lzma2, bzip2])

function stepsOf({ method, properties }: Coder, length: number): Steps | null {
  if (method === copied) return null
  if (method === bzip2) return bzip2Steps()
  if (method === lzma2) return (input, sink) => lzma2Steps(input, sink, properties[0] ?? 255)
  if (properties.length !== 5) throw new Broken('bad-compression', 'the 7z archive has LZMA data without properties')
  const dictionary = Buffer.from(properties).readUInt32LE(1)
  return (input, sink) => lzmaSteps(input, sink, { properties: properties[0]!, dictionary, length })
}

async function* range(source: Source, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += readBytes) yield await source.read(at, Math.min(end, at + readBytes))
}
