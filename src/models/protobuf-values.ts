import type { Bytes } from '../core/index.ts'
import { Cursor, Malformed, utf8 } from './cursor.ts'
import { type ProtoField, type ProtoMessage, varint } from './protobuf.ts'
import { widths } from './protobuf-schema.ts'

/** Longer texts are no names that a person must see whole. */
const mostText = 1 << 20

/** Reads the values of fields, when they are asked for. */
export class ProtoValues {
  private readonly cursor: Cursor

  constructor(bytes: Bytes) {
    this.cursor = new Cursor(bytes, 0, true, 4096)
  }

  /** The text of a field; of longer ones the first `most` bytes. */
  textOf(field: ProtoField, most = mostText): string {
    const length = Math.min(field.end - field.at, most)
    this.cursor.at = field.at
    // Names are many and short: they are read from one window.
    if (length > 256) return utf8(this.cursor.bytes.read(field.at, field.at + length))
    const bytes = new Uint8Array(length)
    for (let k = 0; k < length; k++) bytes[k] = this.cursor.u8()
    return utf8(bytes)
  }

  texts(message: ProtoMessage, name: string, most = Number.POSITIVE_INFINITY): string[] {
    const found: string[] = []
    for (const field of message.fields) if (field.name === name && found.length < most) found.push(this.textOf(field))
    return found
  }

  /** The text that a reader takes: the last of that name; empty when there is none. */
  text(message: ProtoMessage, name: string): string {
    const field = message.fields.findLast(each => each.name === name)
    return field ? this.textOf(field) : ''
  }

  /** The first numbers of that name; those beyond 53 bits are rounded, NaN marks what is malformed. */
  numbers(message: ProtoMessage, name: string, most = 64): number[] {
    const found: number[] = []
    for (const field of message.fields) if (field.name === name) this.read(field, found, most)
    return found
  }

  /** The number that a reader takes: the last of that name. */
  number(message: ProtoMessage, name: string): number | undefined {
    const field = message.fields.findLast(each => each.name === name)
    if (!field) return undefined
    const found: number[] = []
    this.read(field, found, 1 << 16)
    return found.at(-1)
  }

  private read(field: ProtoField, found: number[], most: number): void {
    const { cursor } = this
    cursor.at = field.at
    try {
      while (cursor.at < field.end && found.length < most) {
        if (field.wire !== 2) varint(cursor, field.end)
        found.push(this.one(field))
      }
    } catch (reason) {
      if (!(reason instanceof Malformed)) throw reason
      found.push(Number.NaN)
    }
  }

  private one({ kind, end }: ProtoField): number {
    const { cursor } = this
    if (kind === 'float') return cursor.f32()
    if (kind === 'double') return cursor.f64()
    if (widths[kind] === 4) return cursor.i32()
    if (widths[kind] === 8) return Number(cursor.i64())
    const value = this.whole(end)
    return kind === 'sint' ? (value % 2 === 0 ? value / 2 : -(value + 1) / 2) : value
  }

  /** A whole number; one below zero is written as if it were very large. */
  private whole(end: number): number {
    const { cursor } = this
    const start = cursor.at
    const value = varint(cursor, end)
    if (value <= Number.MAX_SAFE_INTEGER) return value
    let exact = 0n
    const stop = cursor.at
    cursor.at = start
    for (let shift = 0n; cursor.at < stop; shift += 7n) exact |= BigInt(cursor.u8() & 0x7f) << shift
    return Number(BigInt.asIntN(64, exact))
  }
}

/** The messages of that name inside a message; a reader takes all of a list, and of a single one all of them merged. */
export function messagesIn(message: ProtoMessage, name: string): ProtoMessage[] {
  return message.fields.flatMap(field => (field.name === name && field.message ? [field.message] : []))
}

/** Every message inside a message, itself first, outer ones before inner ones. */
export function* allMessages(root: ProtoMessage): Generator<ProtoMessage> {
  const open = [root]
  for (let next = open.pop(); next; next = open.pop()) {
    yield next
    for (let k = next.fields.length - 1; k >= 0; k--) {
      const { message } = next.fields[k]!
      if (message) open.push(message)
    }
  }
}
