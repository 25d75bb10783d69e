import { join, number } from './bytes.ts'

/** A value that MessagePack writes. */
export type Packable =
  | string
  | number
  | boolean
  | Uint8Array
  | Extension
  | readonly Packable[]
  | { readonly [key: string]: Packable }

/** A value of a type that only its maker knows. */
export interface Extension {
  readonly ext: number
  readonly data: Uint8Array
}

export const ext = (code: number, data: Uint8Array): Extension => ({ ext: code, data })

/** An array as Flax packs it. */
export const flaxArray = (dtype: string, shape: readonly number[], data: Uint8Array): Extension =>
  ext(1, msgpack([shape, dtype, data]))

const isExtension = (value: object): value is Extension => 'ext' in value && 'data' in value

/** Values as MessagePack, always in the longest form. */
export function msgpack(value: Packable): Uint8Array {
  const long = (count: number) => number(count, 4, false)
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xc3 : 0xc2)
  if (typeof value === 'number') return join([0xd2], long(value))
  if (typeof value === 'string') return join([0xd9, Buffer.byteLength(value)], value)
  if (value instanceof Uint8Array) return join([0xc6], long(value.length), value)
  if (Array.isArray(value)) return join([0xdd], long(value.length), ...value.map(msgpack))
  if (isExtension(value)) return join([0xc9], long(value.data.length), number(value.ext, 1), value.data)
  const entries = Object.entries(value as { readonly [key: string]: Packable })
  return join([0xdf], long(entries.length), ...entries.flatMap(([key, each]) => [msgpack(key), msgpack(each)]))
}
