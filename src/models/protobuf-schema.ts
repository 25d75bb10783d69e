/** Messages by name, their fields by number as `name kind`; a kind is a number type, `text`, `bytes` or a message. */
export type ProtoSchema = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What a schema says of one field. */
export interface KnownField {
  readonly name: string
  readonly kind: string
}

/** How values of a kind are written, one by one; numbers may also stand packed in a length-delimited field. */
const wires: Readonly<Record<string, number>> = {
  int: 0,
  sint: 0,
  double: 1,
  fixed64: 1,
  float: 5,
  fixed32: 5,
  text: 2,
  bytes: 2,
}

/** Bytes of a packed number; 0 for those of variable length. */
export const widths: Readonly<Record<string, number>> = { int: 0, sint: 0, double: 8, fixed64: 8, float: 4, fixed32: 4 }

const read = new WeakMap<ProtoSchema, Map<string, Map<number, KnownField>>>()

/** The fields of a message by their number. */
export function fieldsOf(schema: ProtoSchema, type: string): ReadonlyMap<number, KnownField> {
  let types = read.get(schema)
  if (!types) {
    types = new Map(Object.keys(schema).map(name => [name, fieldsIn(schema[name]!)]))
    read.set(schema, types)
  }
  return types.get(type) ?? new Map()
}

function fieldsIn(fields: Readonly<Record<string, string>>): Map<number, KnownField> {
  return new Map(
    Object.entries(fields).map(([number, field]) => {
      const [name = '', kind = ''] = field.split(' ')
      return [Number(number), { name, kind }]
    }),
  )
}

export const isMessage = (schema: ProtoSchema, kind: string): boolean => !(kind in wires) && kind in schema

/** True when a value of this kind may be written so. */
export const fits = (kind: string, wire: number): boolean =>
  kind in wires ? wires[kind] === wire || (wire === 2 && kind in widths) : wire === 2
