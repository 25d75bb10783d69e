import type { Bytes } from '../core/index.ts'
import { Cursor, Malformed } from './cursor.ts'
import { fieldsOf, fits, isMessage, type ProtoSchema } from './protobuf-schema.ts'

export type { ProtoSchema } from './protobuf-schema.ts'

/** A field of a message, or neighbours that hold numbers under one field number, as one. */
export interface ProtoField {
  readonly name: string
  readonly kind: string
  /** Place of its tag. */
  readonly start: number
  /** Place of its value; of neighbours the place of the first tag. */
  readonly at: number
  end: number
  /** How the value is written: 2 for texts, bytes, messages and packed numbers. */
  readonly wire: number
  readonly message?: ProtoMessage
}

/** A message: its fields in the order of the file, doubled ones too. */
export interface ProtoMessage {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly fields: ProtoField[]
}

/** What to read, and whom to tell. */
export interface ProtoReading {
  readonly schema: ProtoSchema
  /** Name of the outermost message in the schema. */
  readonly type: string
  readonly start?: number
  readonly end?: number
  /** Fields at most; what lies behind is not read. */
  readonly steps?: number
  /** Bytes read at once; few where only the beginning is looked at. */
  readonly ahead?: number
  claim?(start: number, end: number, field: string, kind: string): void
  /** Told of a field that the schema does not know, or that is written in another way than its kind is. */
  unknown?(start: number, end: number, type: string, number: number): void
}

/** What was read; `trouble` says why not all of it. */
export interface ReadProto {
  readonly root: ProtoMessage
  readonly trouble?: Malformed
}

/** Fields held at once, of about 100 bytes each; a message counts as three. */
const mostFields = 1_500_000
/** The reference readers refuse more than 100; some can be told to take more. */
const mostDepth = 10_000

/** Reads a message and those inside it, without recursion. Never throws for bad bytes: what was read before stays. */
export function readProto(bytes: Bytes, reading: ProtoReading): ReadProto {
  const { type, start = 0, end = bytes.size } = reading
  const root: ProtoMessage = { type, start, end, fields: [] }
  const cursor = new Cursor(bytes, start, true, reading.ahead)
  const open = [root]
  let left = reading.steps ?? mostFields
  const cut: { trouble?: Malformed } = {}
  try {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (cursor.at >= top.end) open.pop()
      else if (--left < 0) throw new Malformed('there are more fields than any reader here takes', cursor.at)
      else {
        const inner = readField(cursor, top, reading, cut)
        if (!inner) continue
        open.push(inner)
        left -= 2
        if (open.length > mostDepth)
          throw new Malformed(`there are more than ${mostDepth} messages in messages`, top.end)
      }
    }
    return { root, ...cut }
  } catch (reason) {
    if (reason instanceof Malformed) return { root, trouble: cut.trouble ?? reason }
    throw reason
  }
}

/** Reads one field into the message at hand; gives the message that begins there, if one does. */
function readField(
  cursor: Cursor,
  top: ProtoMessage,
  reading: ProtoReading,
  cut: { trouble?: Malformed },
): ProtoMessage | null {
  const { schema } = reading
  const start = cursor.at
  const tag = varint(cursor, top.end)
  const [number, wire] = [Math.floor(tag / 8), tag % 8]
  if (number === 0 || number > 0x1fffffff) throw new Malformed(`a field has the number ${number}`, start)
  const known = fieldsOf(schema, top.type).get(number)
  const length = wire === 2 ? varint(cursor, top.end) : 0
  const at = cursor.at
  // Of a message that is cut off, what is there is read.
  if (wire === 2 && known && isMessage(schema, known.kind) && length > top.end - at) {
    cut.trouble ??= tooLong(length, at, top.end)
    cursor.at = top.end
  } else if (wire === 2) jump(cursor, length, top.end)
  else skip(cursor, wire, number, top.end)
  if (!known || !fits(known.kind, wire)) {
    reading.unknown?.(start, cursor.at, top.type, number)
    return null
  }
  const { name, kind } = known
  if (!isMessage(schema, kind)) {
    reading.claim?.(start, cursor.at, name, kind)
    const last = top.fields.at(-1)
    // Numbers that stand one by one under their tags are kept as one run: there may be millions.
    if (wire !== 2 && last && last.wire !== 2 && last.name === name && last.end === start) last.end = cursor.at
    else top.fields.push({ name, kind, start, at: wire === 2 ? at : start, end: cursor.at, wire })
    return null
  }
  reading.claim?.(start, at, name, kind)
  const message: ProtoMessage = { type: kind, start: at, end: cursor.at, fields: [] }
  top.fields.push({ name, kind, start, at, end: cursor.at, wire, message })
  cursor.at = at
  return message
}

function jump(cursor: Cursor, length: number, end: number): void {
  if (length > end - cursor.at) throw tooLong(length, cursor.at, end)
  cursor.at += length
}

const tooLong = (length: number, at: number, end: number) =>
  new Malformed(`a field takes ${length} bytes at ${at}, and ${end - at} are left`, at)

/** Moves behind a value that has no length before it. */
function skip(cursor: Cursor, wire: number, number: number, end: number): void {
  if (wire === 0) varint(cursor, end)
  else if (wire === 1) jump(cursor, 8, end)
  else if (wire === 5) jump(cursor, 4, end)
  else if (wire === 3) skipGroup(cursor, number, end)
  else throw new Malformed(`a field is written in the unknown way ${wire}`, cursor.at)
}

/** Moves behind the end of a group, and of those inside it. */
function skipGroup(cursor: Cursor, number: number, end: number): void {
  const open = [number]
  while (open.length > 0) {
    const start = cursor.at
    const tag = varint(cursor, end)
    const [inner, wire] = [Math.floor(tag / 8), tag % 8]
    if (wire === 3) open.push(inner)
    else if (wire === 2) jump(cursor, varint(cursor, end), end)
    else if (wire !== 4) skip(cursor, wire, inner, end)
    else if (open.pop() !== inner) throw new Malformed('a group ends that did not begin', start)
    if (open.length > mostDepth) throw new Malformed(`there are more than ${mostDepth} groups in groups`, start)
  }
}

/** A number of variable length, as far as it fits into 53 bits; larger ones lose their last digits. */
export function varint(cursor: Cursor, end: number): number {
  const start = cursor.at
  let [value, scale] = [0, 1]
  for (let k = 0; k < 10; k++) {
    if (cursor.at >= end) throw new Malformed('a number has no end', start)
    const byte = cursor.u8()
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 128
  }
  throw new Malformed('a number has more than ten bytes', start)
}
