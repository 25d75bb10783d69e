import type { Dtype } from '../../core/index.ts'
import { Malformed } from '../cursor.ts'
import type { H5, Message } from './file.ts'
import { messageTypes, readHeader } from './header.ts'

/** How elements are stored. */
export interface Datatype {
  readonly kind: 'number' | 'float' | 'string' | 'opaque' | 'texts' | 'sequence' | 'reference' | 'other'
  readonly dtype: Dtype | null
  readonly stored: string
  readonly size: number
  readonly bigEndian: boolean
}

const kinds: Readonly<Record<number, Datatype['kind']>> = {
  0: 'number',
  1: 'float',
  3: 'string',
  5: 'opaque',
  7: 'reference',
}
const names = [
  'integer',
  'float',
  'time',
  'string',
  'bits',
  'opaque',
  'compound',
  'reference',
  'enum',
  'list',
  'array',
  'complex',
]
const enumeration = 8
const variable = 9

/** Reads a datatype (specification, IV.A.2.d) as far as arrays of numbers and texts need. */
export function readDatatype(h5: H5, at: number): Datatype {
  const cursor = h5.go(at)
  const [first, bits] = [cursor.u8(), cursor.u8()]
  cursor.skip(2, 'the bits of a datatype')
  const size = cursor.u32()
  const bigEndian = (bits & 1) === 1
  const kindNumber = first & 15
  const stored = names[kindNumber] ?? `class ${kindNumber}`
  if (kindNumber === variable)
    return { kind: (bits & 15) === 1 ? 'texts' : 'sequence', dtype: null, stored, size, bigEndian: false }
  if (kindNumber === enumeration)
    return { kind: 'number', dtype: size === 1 ? 'I8' : null, stored, size, bigEndian: false }
  const kind = kinds[kindNumber] ?? 'other'
  if (kind !== 'number' && kind !== 'float') return { kind, dtype: null, stored, size, bigEndian: false }
  cursor.skip(2, 'the offset of bits')
  const precision = cursor.u16()
  const letter = kind === 'float' ? 'F' : bits & 8 ? 'I' : 'U'
  return { kind, dtype: dtypeOf(h5, letter, size, precision), stored: `${stored} of ${size * 8} bits`, size, bigEndian }
}

function dtypeOf(h5: H5, letter: 'F' | 'I' | 'U', size: number, precision: number): Dtype | null {
  if (precision !== size * 8) return null
  if (letter === 'F' && size === 2) {
    h5.cursor.skip(1, 'a datatype')
    return h5.cursor.u8() === 8 ? 'BF16' : 'F16'
  }
  const name = `${letter}${size * 8}`
  return (
    ['F32', 'F64', 'I8', 'I16', 'I32', 'I64', 'U8', 'U16', 'U32', 'U64'].find((d): d is Dtype => d === name) ?? null
  )
}

/** The datatype of a message, which may stand in the header of another object. */
export function datatypeOf(h5: H5, message: Pick<Message, 'at' | 'flags'>): Datatype {
  if ((message.flags & 2) === 0) return readDatatype(h5, message.at)
  const address = sharedAt(h5, message.at)
  const shared = readHeader(h5, address).find(({ type }) => type === messageTypes.datatype)
  if (!shared || shared.flags & 2) throw new Malformed('a shared datatype is not where it must be', message.at)
  return readDatatype(h5, shared.at)
}

function sharedAt(h5: H5, at: number): number {
  const cursor = h5.go(at)
  const version = cursor.u8()
  const type = cursor.u8()
  if (version === 3 && type === 1)
    throw new Malformed('a datatype stands in a table of shared messages, which is not read', at)
  if (version === 1) cursor.skip(6, 'a shared message')
  return h5.place('a shared message')
}

/** Sizes of each dimension; null for no data at all. */
export function readDataspace(h5: H5, at: number): number[] | null {
  const cursor = h5.go(at)
  const version = cursor.u8()
  const rank = cursor.u8()
  cursor.skip(1, 'the flags of a dataspace')
  const type = cursor.u8()
  if (version === 1) cursor.skip(4, 'a dataspace')
  else if (version !== 2) throw new Malformed(`a dataspace has the unknown version ${version}`, at)
  if (version === 2 && type === 2) return null
  if (rank > 32) throw new Malformed(`a dataspace has ${rank} dimensions`, at)
  return Array.from({ length: rank }, () => h5.length('a dimension'))
}

/** Elements in all dimensions; throws when no file could hold as many. */
export function elementsOf(shape: readonly number[], at: number): number {
  const all = shape.reduce((product, size) => product * BigInt(size), 1n)
  if (all > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed(`an array has ${all} elements`, at)
  return Number(all)
}
