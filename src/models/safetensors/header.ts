import { type Dtype, dtypeBits } from '../../core/index.ts'
import { quoted } from '../cursor.ts'
import { isList, isObject, type Json, type JsonObject, valuesOf } from '../json-tree.ts'

/** One tensor as the header states it; places are counted in the file. */
export interface Entry {
  readonly name: string
  readonly stored: string
  readonly shape: readonly number[]
  readonly start: number
  readonly end: number
}

/** Bits of number types that the format knows and that no plain array has. */
const packedBits: Readonly<Record<string, number>> = {
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
}

export const bitsOf = (stored: string): number | undefined =>
  packedBits[stored] ?? (stored in dtypeBits ? dtypeBits[stored as Dtype] : undefined)

/** Reads what the header says of one tensor. A sentence when it cannot be so. */
export function entryOf(name: string, value: Json, dataStart: number): Entry | string {
  const named = `The tensor ${quoted(name)}`
  if (!isObject(value)) return `${named} has no description.`
  const strange = value.keys.find(key => !['dtype', 'shape', 'data_offsets'].includes(key))
  if (strange !== undefined) return `${named} has the unknown field ${quoted(strange)}.`
  const stored = only(value, 'dtype')
  if (typeof stored !== 'string') return `${named} has no number type.`
  const shape = wholeNumbers(only(value, 'shape'))
  const offsets = wholeNumbers(only(value, 'data_offsets'))
  if (!shape) return `${named} has no shape of whole numbers.`
  if (offsets?.length !== 2) return `${named} has no two data offsets.`
  const [start, end] = [dataStart + offsets[0]!, dataStart + offsets[1]!]
  if (end < start) return `${named} ends before it begins (${start} to ${end}).`
  const bits = bitsOf(stored)
  if (bits === undefined) return `${named} has the unknown number type ${quoted(stored)}.`
  const needed = shape.reduce((product, size) => product * BigInt(size), BigInt(bits))
  if (needed !== BigInt(end - start) * 8n)
    return `${named} takes ${end - start} bytes, but ${stored} in the shape [${shape.slice(0, 8).join(', ')}] takes ${needed / 8n}.`
  return { name, stored, shape, start, end }
}

const only = (object: JsonObject, key: string): Json | undefined => valuesOf(object, key).at(-1)

function wholeNumbers(json: Json | undefined): number[] | null {
  if (!isList(json) || json.items.length > 64) return null
  const all = json.items.filter((item): item is number => Number.isSafeInteger(item) && (item as number) >= 0)
  return all.length === json.items.length ? all : null
}
