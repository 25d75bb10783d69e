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

/** The local header at a place, if there is one. */
export function localAt(bytes: Bytes, at: number): Local | null {
  const fixed = viewAt(bytes, at, 30)
  if (fixed?.getUint32(0, true) !== signatures.local) return null
  const numbers = numbersOf(fixed, 6, 8, 14)
  const [nameSize, extraSize] = [fixed.getUint16(26, true), fixed.getUint16(28, true)]
  const rest = bytes.read(at + 30, at + 30 + nameSize + extraSize)
  if (rest.length < nameSize + extraSize) return null
  const extra = rest.slice(nameSize)
  const sizes = zip64Of(extra, [numbers.size, numbers.packed])
  return {
    ...numbers,
    size: sizes[0]!,
    packed: sizes[1]!,
    at,
    name: nameOf(rest.subarray(0, nameSize)),
    extra,
    extraAt: at + 30 + nameSize,
    dataAt: at + 30 + nameSize + extraSize,
  }
}

/** The directory entry at a place, if there is one. */
export function entryAt(bytes: Bytes, at: number): Entry | null {
  const fixed = viewAt(bytes, at, 46)
  if (fixed?.getUint32(0, true) !== signatures.central) return null
  const numbers = numbersOf(fixed, 8, 10, 16)
  const [nameSize, extraSize, commentSize] = [28, 30, 32].map(k => fixed.getUint16(k, true)) as [number, number, number]
  const unix = fixed.getUint8(5) === 3 ? fixed.getUint16(40, true) : 0
  const offset = fixed.getUint32(42, true)
  const end = at + 46 + nameSize + extraSize + commentSize
  if (end > bytes.size) return null
  const rest = bytes.read(at + 46, end)
  const extra = rest.slice(nameSize, nameSize + extraSize)
  const large = zip64Of(extra, [numbers.size, numbers.packed, offset])
  return {
    ...numbers,
    size: large[0]!,
    packed: large[1]!,
    localAt: large[2]!,
    at,
    end,
    name: nameOf(rest.subarray(0, nameSize)),
    extra,
    extraAt: at + 46 + nameSize,
    commentAt: end - commentSize,
    unix,
  }
}

const numbersOf = (view: DataView, flags: number, method: number, crc: number) => ({
  flags: view.getUint16(flags, true),
  method: view.getUint16(method, true),
  crc: view.getUint32(crc, true),
  packed: view.getUint32(crc + 4, true),
  size: view.getUint32(crc + 8, true),
})

/** Names are UTF-8 or an old code page; what is no UTF-8 is shown byte by byte. */
function nameOf(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = raw.toString('utf8')
  return text.includes('\ufffd') ? raw.toString('latin1') : text
}

/** Numbers that are all ones in the header stand in the zip64 field, in order (4.5.3). */
function zip64Of(extra: Uint8Array, numbers: readonly number[]): number[] {
  const field = numbers.includes(0xffffffff) ? fieldsOf(extra).find(f => f.id === 1) : undefined
  if (!field) return [...numbers]
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length)
  let at = field.start
  return numbers.map(number => {
    if (number !== 0xffffffff || at + 8 > field.end) return number
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
