import { type Cursor, Malformed } from '../cursor.ts'

/** One value of MessagePack, without what it holds. */
export type Token =
  | { readonly kind: 'map' | 'list'; readonly count: number }
  | { readonly kind: 'text' | 'bytes'; readonly start: number; readonly size: number }
  | { readonly kind: 'ext'; readonly code: number; readonly start: number; readonly size: number }
  | { readonly kind: 'number'; readonly value: number | null }
  | { readonly kind: 'nothing' }

/** Reads the head of the next value; bytes and texts are passed over (MessagePack specification, "Formats"). */
export function nextToken(cursor: Cursor): Token {
  const at = cursor.at
  const byte = cursor.u8()
  if (byte < 0x80) return { kind: 'number', value: byte }
  if (byte < 0x90) return { kind: 'map', count: byte & 15 }
  if (byte < 0xa0) return { kind: 'list', count: byte & 15 }
  if (byte < 0xc0) return run(cursor, 'text', byte & 31)
  if (byte >= 0xe0) return { kind: 'number', value: byte - 256 }
  if (byte >= 0xcc && byte <= 0xd3) return integer(cursor, byte)
  switch (byte) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return { kind: 'nothing' }
    case 0xc4:
    case 0xd9:
      return run(cursor, byte === 0xc4 ? 'bytes' : 'text', cursor.u8())
    case 0xc5:
    case 0xda:
      return run(cursor, byte === 0xc5 ? 'bytes' : 'text', cursor.u16())
    case 0xc6:
    case 0xdb:
      return run(cursor, byte === 0xc6 ? 'bytes' : 'text', cursor.u32())
    case 0xc7:
      return ext(cursor, cursor.u8())
    case 0xc8:
      return ext(cursor, cursor.u16())
    case 0xc9:
      return ext(cursor, cursor.u32())
    case 0xca:
      return { kind: 'number', value: cursor.f32() }
    case 0xcb:
      return { kind: 'number', value: cursor.f64() }
    case 0xdc:
    case 0xde:
      return { kind: byte === 0xdc ? 'list' : 'map', count: cursor.u16() }
    case 0xdd:
    case 0xdf:
      return { kind: byte === 0xdd ? 'list' : 'map', count: cursor.u32() }
    case 0xc1:
      throw new Malformed('a value is of the kind that is never used', at)
    default:
      return ext(cursor, 2 ** (byte - 0xd4))
  }
}

function run(cursor: Cursor, kind: 'text' | 'bytes', size: number): Token {
  const start = cursor.at
  cursor.skip(size, kind === 'text' ? 'a text' : 'bytes')
  return { kind, start, size }
}

function ext(cursor: Cursor, size: number): Token {
  const code = cursor.i8()
  const start = cursor.at
  cursor.skip(size, 'an extension')
  return { kind: 'ext', code, start, size }
}

function integer(cursor: Cursor, byte: number): Token {
  const signed = byte >= 0xd0
  const width = 2 ** (byte & 3)
  const value = cursor.big(width)
  const number = Number(signed ? BigInt.asIntN(width * 8, value) : value)
  return { kind: 'number', value: Number.isSafeInteger(number) ? number : null }
}
