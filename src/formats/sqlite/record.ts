import type { Cell } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import type { Pages } from './pages.ts'

/** A variable-length integer and where it ends. */
export function varint(bytes: Buffer, at: number): readonly [value: number, next: number] {
  let value = 0
  for (let i = 0; i < 9; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) throw new Broken('damaged', 'a number runs over the end of its page')
    if (i === 8) return [value * 256 + byte, at + 9]
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, at + i + 1]
  }
  return [value, at + 9]
}

/** The payload of the cell at `at` of a leaf, gathered from its overflow pages, and its row id. */
export async function payloadOf(
  pages: Pages,
  page: Buffer,
  at: number,
  mostBytes: number,
): Promise<readonly [Buffer, number]> {
  const [size, afterSize] = varint(page, at)
  const [rowId, start] = varint(page, afterSize)
  if (size > mostBytes) throw new Broken('too-long', `the record claims ${size} bytes, the limit is ${mostBytes}`)
  const { usable } = pages
  const most = usable - 35
  if (size <= most) return [page.subarray(start, start + size), rowId]
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const fitting = least + ((size - least) % (usable - 4))
  const local = fitting <= most ? fitting : least
  const parts = [page.subarray(start, start + local)]
  let got = local
  let next = page.readUInt32BE(start + local)
  while (got < size) {
    const overflow = await pages.page(next)
    const part = overflow.subarray(4, 4 + Math.min(usable - 4, size - got))
    parts.push(part)
    got += part.length
    next = overflow.readUInt32BE(0)
  }
  return [Buffer.concat(parts), rowId]
}

/** The values of a record, all or the first ones. */
export function valuesOf(payload: Buffer, encoding: Pages['encoding']): Cell[] {
  const [headerEnd, first] = varint(payload, 0)
  const values: Cell[] = []
  let at = headerEnd
  for (let i = first; i < headerEnd; ) {
    const [type, next] = varint(payload, i)
    i = next
    const length = lengthOf(type)
    if (at + length > payload.length) throw new Broken('damaged', 'a value runs over the end of its record')
    values.push(decoded(payload, at, type, length, encoding))
    at += length
  }
  return values
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0
}

function decoded(bytes: Buffer, at: number, type: number, length: number, encoding: Pages['encoding']): Cell {
  if (type === 0) return null
  if (type === 8 || type === 9) return type - 8
  if (type === 7) return finite(bytes.readDoubleBE(at))
  if (type === 6) return exact(bytes.readBigInt64BE(at))
  if (type < 12) return bytes.readIntBE(at, length)
  const part = bytes.subarray(at, at + length)
  if (type % 2 === 0) return Uint8Array.from(part)
  return encoding === 'utf-8' ? part.toString('utf8') : new TextDecoder(encoding).decode(part)
}

const finite = (value: number): Cell => (Number.isFinite(value) ? value : String(value))
const exact = (value: bigint): Cell => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))
