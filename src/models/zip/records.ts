import type { Bytes } from '../../core/index.ts'

/** Signatures of the records (APPNOTE 6.3.10, 4.3), as little-endian numbers. */
export const signatures = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  descriptor: 0x08074b50,
} as const

/** Reads little-endian numbers from a copy of [start, end); null when the bytes end before. */
export function viewAt(bytes: Bytes, start: number, size: number): DataView | null {
  if (start < 0) return null
  const found = bytes.read(start, start + size)
  return found.length < size ? null : new DataView(found.buffer, found.byteOffset, size)
}

/** A 64-bit number; those beyond exact numbers become infinite, which no check of a place survives. */
export function u64(view: DataView, at: number): number {
  const value = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
  return Number.isSafeInteger(value) ? value : Infinity
}

/** What both headers of a member say about it. */
export interface Header {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly name: string
  readonly extra: Uint8Array
  readonly extraAt: number
}

/** The header in front of a member's data. */
export interface Local extends Header {
  readonly at: number
  readonly dataAt: number
}

/** The entry of a member in the directory. */
export interface Entry extends Header {
  readonly at: number
  readonly end: number
  readonly commentAt: number
  readonly unix: number
  readonly localAt: number
}

const u16 = (data: Uint8Array, at: number): number => data[at]! | (data[at + 1]! << 8)
const u32 = (data: Uint8Array, at: number): number => (u16(data, at) | (u16(data, at + 2) << 16)) >>> 0

/** Bytes read at once: more than most headers with their names. */
const headerBytes = 256
const none = new Uint8Array(0)

/** The local header at a place, if there is one. */
export function localAt(bytes: Bytes, at: number): Local | null {
  const read = headerAt(bytes, at, 30, signatures.local)
  if (!read) return null
  const [nameSize, extraSize] = [u16(read, 26), u16(read, 28)]
  const data = wholeHeader(bytes, at, read, 30 + nameSize + extraSize)
  if (!data) return null
  const extraAt = at + 30 + nameSize
  const extra = extraSize === 0 ? none : data.slice(30 + nameSize, 30 + nameSize + extraSize)
  const header = { ...numbersOf(data, 6), name: nameOf(data, 30, 30 + nameSize), extra, extraAt }
  const local = { ...header, at, dataAt: extraAt + extraSize }
  if (header.size !== allOnes && header.packed !== allOnes) return local
  const [size, packed] = zip64Of(extra, [header.size, header.packed]) as [number, number]
  return { ...local, size, packed }
}

/** The directory entry at a place, if there is one. */
export function entryAt(bytes: Bytes, at: number): Entry | null {
  const read = headerAt(bytes, at, 46, signatures.central)
  if (!read) return null
  const [nameSize, extraSize] = [u16(read, 28), u16(read, 30)]
  const commentSize = u16(read, 32)
  const data = wholeHeader(bytes, at, read, 46 + nameSize + extraSize + commentSize)
  if (!data) return null
  const extraAt = at + 46 + nameSize
  const extra = extraSize === 0 ? none : data.slice(46 + nameSize, 46 + nameSize + extraSize)
  const header = { ...numbersOf(data, 8), name: nameOf(data, 46, 46 + nameSize), extra, extraAt }
  const [commentAt, localAt] = [extraAt + extraSize, u32(data, 42)]
  const unix = data[5] === 3 ? u16(data, 40) : 0
  const entry = { ...header, at, end: commentAt + commentSize, commentAt, unix, localAt }
  if (header.size !== allOnes && header.packed !== allOnes && localAt !== allOnes) return entry
  const [size, packed, far] = zip64Of(extra, [header.size, header.packed, localAt]) as [number, number, number]
  return { ...entry, size, packed, localAt: far }
}

/** The first bytes of a header with this signature. */
function headerAt(bytes: Bytes, at: number, size: number, signature: number): Uint8Array | null {
  if (!(at >= 0)) return null
  const read = bytes.read(at, at + headerBytes)
  return read.length >= size && u32(read, 0) === signature ? read : null
}

const wholeHeader = (bytes: Bytes, at: number, read: Uint8Array, size: number): Uint8Array | null => {
  const data = size <= read.length ? read : bytes.read(at, at + size)
  return data.length < size ? null : data
}

/** Flags, method, checksum and sizes; the flags stand first. */
const numbersOf = (data: Uint8Array, at: number) => ({
  flags: u16(data, at),
  method: u16(data, at + 2),
  crc: u32(data, at + 8),
  packed: u32(data, at + 12),
  size: u32(data, at + 16),
})

/** Names are UTF-8 or an old code page; what is no UTF-8 is shown byte by byte. */
function nameOf(data: Uint8Array, start: number, end: number): string {
  const raw = Buffer.from(data.buffer, data.byteOffset + start, end - start)
  const text = raw.toString('utf8')
  return text.includes('\ufffd') ? raw.toString('latin1') : text
}

/** Stands where the number is in the zip64 field. */
const allOnes = 0xffffffff

/** Numbers that are all ones in the header stand in the zip64 field, in order (4.5.3). */
function zip64Of(extra: Uint8Array, numbers: readonly number[]): number[] {
  const field = fieldsOf(extra).find(f => f.id === 1)
  if (!field) return [...numbers]
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length)
  let at = field.start
  return numbers.map(number => {
    if (number !== allOnes || at + 8 > field.end) return number
    at += 8
    return u64(view, at - 8)
  })
}

/** A field of the extra part of a header; places count in the part. */
export interface ExtraField {
  readonly id: number
  readonly head: number
  readonly start: number
  readonly end: number
}

/** The fields of an extra part, as far as they are well-formed. */
export function fieldsOf(extra: Uint8Array): ExtraField[] {
  const fields: ExtraField[] = []
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + (extra[at + 2]! | (extra[at + 3]! << 8))
    if (end > extra.length) break
    fields.push({ id: extra[at]! | (extra[at + 1]! << 8), head: at, start: at + 4, end })
    at = end
  }
  return fields
}
