import { crc32, inflateRawSync } from 'node:zlib'

/** One member of a zip archive; its data are as they lie in the file. */
interface Entry {
  readonly name: Uint8Array
  readonly flags: number
  readonly method: number
  readonly time: number
  readonly crc: number
  readonly size: number
  readonly mode: number
  readonly data: Uint8Array
}

const headerSize = 30
const entrySize = 46
const endSize = 22
const most = 64 << 20
/** Set when sizes follow the data, which they no longer do here. */
const sizesFollow = 8
const encrypted = 1
const utf8 = new TextDecoder()

/** The archive with one member replaced, stored; null when it lacks it, the change fails, or it is no plain zip. */
export function withMember(
  zip: Uint8Array,
  name: string,
  change: (data: Uint8Array) => Uint8Array | null,
): Uint8Array | null {
  const entries = entriesOf(zip)
  const old = entries?.find(entry => utf8.decode(entry.name) === name)
  if (!entries || !old) return null
  const plain = plainOf(old)
  const data = plain && change(plain)
  if (!data) return null
  const changed: Entry = { ...old, method: 0, crc: crc32(data), size: data.length, data }
  return written(entries.map(entry => (entry === old ? changed : entry)))
}

function plainOf({ method, size, data }: Entry): Uint8Array | null {
  if (method === 0) return data
  if (method !== 8 || size > most) return null
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) })
  } catch {
    return null
  }
}

/** The members that the directory lists; null for what a small reader must not guess at. */
function entriesOf(zip: Uint8Array): Entry[] | null {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = endOf(view)
  if (end < 0) return null
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const entry = entryAt(zip, view, at)
    if (!entry) return null
    entries.push(entry)
    at += entrySize + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endOf(view: DataView): number {
  const last = view.byteLength - endSize
  for (let at = last; at >= 0 && at > last - 65536; at--) if (view.getUint32(at, true) === 0x06054b50) return at
  return -1
}

function entryAt(zip: Uint8Array, view: DataView, at: number): Entry | null {
  if (at + entrySize > zip.length || view.getUint32(at, true) !== 0x02014b50) return null
  const flags = view.getUint16(at + 8, true)
  const header = view.getUint32(at + 42, true)
  if (flags & encrypted || header + headerSize > zip.length || view.getUint32(header, true) !== 0x04034b50) return null
  const start = header + headerSize + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
  const packed = view.getUint32(at + 20, true)
  if (start + packed > zip.length) return null
  return {
    name: zip.slice(at + entrySize, at + entrySize + view.getUint16(at + 28, true)),
    flags: flags & ~sizesFollow,
    method: view.getUint16(at + 10, true),
    time: view.getUint32(at + 12, true),
    crc: view.getUint32(at + 16, true),
    size: view.getUint32(at + 24, true),
    mode: view.getUint32(at + 38, true),
    data: zip.slice(start, start + packed),
  }
}

const short = (value: number): number[] => [value & 255, (value >>> 8) & 255]
const long = (value: number): number[] => [...short(value), ...short(value >>> 16)]

/** What both headers of a member say alike. */
const common = ({ name, flags, method, time, crc, size, data }: Entry): number[] => [
  ...[20, flags, method].flatMap(short),
  ...[time, crc, data.length, size].flatMap(long),
  ...[name.length, 0].flatMap(short),
]

function written(entries: readonly Entry[]): Uint8Array {
  const members: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const entry of entries) {
    const header = Uint8Array.from([...long(0x04034b50), ...common(entry), ...entry.name])
    const rest = [...[0, 0, 0].flatMap(short), ...long(entry.mode), ...long(at)]
    // Made on Unix: the upper half of the mode is a mode of Unix.
    directory.push(Uint8Array.from([...long(0x02014b50), 20, 3, ...common(entry), ...rest, ...entry.name]))
    members.push(header, entry.data)
    at += header.length + entry.data.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const counts = [0, 0, entries.length, entries.length].flatMap(short)
  const end = Uint8Array.from([...long(0x06054b50), ...counts, ...long(size), ...long(at), ...short(0)])
  return joined([...members, ...directory, end])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
