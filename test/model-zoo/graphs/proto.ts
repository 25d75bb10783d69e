import { fieldsOf, isMessage, type ProtoSchema, widths } from '../../../src/models/protobuf-schema.ts'
import { join } from '../arrays/bytes.ts'

/** A message as plain data: fields by name, one or several values each. */
export interface Message {
  readonly [field: string]: Value | readonly Value[]
}
type Value = string | number | boolean | Uint8Array | Message

/** Writes a number of variable length. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

/** Writes one field with its length before it. */
export const field = (number: number, body: Uint8Array): Uint8Array =>
  join(varint(number * 8 + 2), varint(body.length), body)

/** Writes a message in the order of its data. */
export function encode(schema: ProtoSchema, type: string, message: Message): Uint8Array {
  const fields = new Map([...fieldsOf(schema, type)].map(([number, { name, kind }]) => [name, { number, kind }]))
  const parts = Object.entries(message).flatMap(([name, values]) => {
    const known = fields.get(name)
    if (!known) throw new Error(`${type} has no field ${name}`)
    return (Array.isArray(values) ? (values as readonly Value[]) : [values as Value]).map(value =>
      one(schema, known.number, known.kind, value),
    )
  })
  return join(...parts)
}

function one(schema: ProtoSchema, number: number, kind: string, value: Value): Uint8Array {
  if (isMessage(schema, kind))
    return field(number, value instanceof Uint8Array ? value : encode(schema, kind, value as Message))
  if (kind === 'text' || kind === 'bytes')
    return field(number, typeof value === 'string' ? join(value) : (value as Uint8Array))
  // Numbers given as bytes are packed ones.
  if (value instanceof Uint8Array) return field(number, value)
  const width = widths[kind] ?? 0
  if (width === 0) return join(varint(number * 8), varint(Number(value)))
  const body = new Uint8Array(width)
  const view = new DataView(body.buffer)
  if (kind === 'float') view.setFloat32(0, Number(value), true)
  else if (kind === 'double') view.setFloat64(0, Number(value), true)
  else view.setInt32(0, Number(value), true)
  return join(varint(number * 8 + (width === 8 ? 1 : 5)), body)
}
