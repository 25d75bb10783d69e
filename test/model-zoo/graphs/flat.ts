import { Builder } from 'flatbuffers'
import type { FlatSchema } from '../../../src/models/flatbuffer.ts'

/** A table as plain data: fields by name; a union is the name of its table with the table. */
export interface Table {
  readonly [field: string]: Value | readonly Value[]
}
type Value = string | number | boolean | Uint8Array | Table | { readonly kind: string; readonly table: Table }

/** Writes a table and all inside it, with the identifier that its format has. */
export function flat(schema: FlatSchema, type: string, table: Table, identifier: string): Uint8Array {
  const builder = new Builder(1024)
  builder.finish(write(builder, schema, type, table), identifier)
  return builder.asUint8Array().slice()
}

function write(builder: Builder, schema: FlatSchema, type: string, table: Table): number {
  const slots = (schema.tables[type] ?? []).map(slot => slot.split(' '))
  const offsets = slots.map(([name = '', kind = '']) => offsetOf(builder, schema, kind, table[name]))
  builder.startObject(slots.length)
  slots.forEach(([name = '', kind = ''], slot) => {
    const offset = offsets[slot] ?? null
    const union =
      slots[slot + 1]?.[1] === 'union' ? (table[slots[slot + 1]![0]!] as { kind: string } | undefined) : undefined
    if (offset !== null) builder.addFieldOffset(slot, offset, 0)
    else if (union) builder.addFieldInt8(slot, (schema.unions[slots[slot + 1]![2]!] ?? []).indexOf(union.kind), 0)
    else if (table[name] !== undefined) number(builder, slot, kind, Number(table[name]))
  })
  return builder.endObject()
}

function offsetOf(builder: Builder, schema: FlatSchema, kind: string, value: Table[string] | undefined): number | null {
  if (value === undefined) return null
  if (kind === 'string') return builder.createString(String(value))
  if (kind === 'union') {
    const union = value as { kind: string; table: Table }
    return write(builder, schema, union.kind, union.table)
  }
  if (kind === '[u8]') return bytes(builder, value as Uint8Array)
  if (kind === '[i32]') return ints(builder, value as readonly number[])
  if (kind.startsWith('[')) {
    const inner = kind.slice(1, -1)
    const offsets = (value as readonly Value[]).map(each =>
      inner === 'string' ? builder.createString(String(each)) : write(builder, schema, inner, each as Table),
    )
    builder.startVector(4, offsets.length, 4)
    for (const offset of offsets.reverse()) builder.addOffset(offset)
    return builder.endVector()
  }
  return kind in schema.tables ? write(builder, schema, kind, value as Table) : null
}

function bytes(builder: Builder, values: Uint8Array): number {
  builder.startVector(1, values.length, 16)
  for (const byte of [...values].reverse()) builder.addInt8(byte)
  return builder.endVector()
}

function ints(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4)
  for (const value of [...values].reverse()) builder.addInt32(value)
  return builder.endVector()
}

function number(builder: Builder, slot: number, kind: string, value: number): void {
  if (/^[iu]8$|^bool$/.test(kind)) builder.addFieldInt8(slot, value, 0)
  else if (/64$/.test(kind)) builder.addFieldInt64(slot, BigInt(value), 0n)
  else builder.addFieldInt32(slot, value, 0)
}
