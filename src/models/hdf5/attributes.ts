import { Malformed, quoted } from '../cursor.ts'
import { recordsOf } from './btree2.ts'
import { type Datatype, datatypeOf, elementsOf, readDataspace } from './datatype.ts'
import type { H5, Message } from './file.ts'
import { FractalHeap } from './fractal.ts'
import { messageTypes } from './header.ts'
import type { GlobalHeaps, HeapObject } from './heaps.ts'

/** An attribute whose value is text or bytes. */
export interface Attribute {
  readonly name: string
  readonly value: HeapObject
}

const attributeNames = 8
/** Elements of one attribute; Keras names a weight in each. */
const mostElements = 1_000_000

/** Texts and bytes in the attributes of an object; numbers are passed over. */
export function* attributesOf(h5: H5, heaps: GlobalHeaps, messages: readonly Message[]): Generator<Attribute> {
  for (const message of messages) {
    if (message.type === messageTypes.attribute && (message.flags & 2) === 0) yield* attributeAt(h5, heaps, message)
    else if (message.type === messageTypes.attribute)
      h5.note(
        'hdf5-shared-attribute',
        'An attribute stands in a table of shared messages, which is not read.',
        message.at,
      )
    else if (message.type === messageTypes.attributeInfo) yield* denseAttributes(h5, heaps, message)
  }
}

function* denseAttributes(h5: H5, heaps: GlobalHeaps, { at }: Message): Generator<Attribute> {
  const cursor = h5.go(at + 1)
  const flags = cursor.u8()
  if (flags & 1) cursor.skip(2, 'the creation order')
  const heapAt = h5.address()
  const tree = h5.address()
  const byOrder = flags & 2 ? h5.address() : null
  if (heapAt === null || tree === null) return
  const heap = new FractalHeap(h5, heapAt)
  if (byOrder !== null) for (const _ of recordsOf(h5, byOrder)) void _
  for (const record of recordsOf(h5, tree)) {
    if (record.type !== attributeNames) throw new Malformed('an index of attributes has the wrong records', record.at)
    const { start, size } = heap.object(record.at, 8)
    yield* attributeAt(h5, heaps, { at: start, size })
  }
}

/** Reads an attribute message (specification, IV.A.2.m). */
function* attributeAt(h5: H5, heaps: GlobalHeaps, { at, size }: Pick<Message, 'at' | 'size'>): Generator<Attribute> {
  const cursor = h5.go(at)
  const version = cursor.u8()
  const flags = cursor.u8()
  if (version < 1 || version > 3) throw new Malformed(`an attribute has the unknown version ${version}`, at)
  const [nameSize, typeSize, spaceSize] = [cursor.u16(), cursor.u16(), cursor.u16()]
  if (version === 3) cursor.skip(1, 'the character set')
  const padded = (bytes: number) => (version === 1 ? Math.ceil(bytes / 8) * 8 : bytes)
  const typeAt = cursor.at + padded(nameSize)
  const spaceAt = typeAt + padded(typeSize)
  const dataAt = spaceAt + padded(spaceSize)
  const name = cursor.text(nameSize, 'the name of an attribute').replace(/\0[\s\S]*$/, '')
  const datatype = datatypeOf(h5, { at: typeAt, flags: flags & 1 ? 2 : 0 })
  const shape = flags & 2 ? null : readDataspace(h5, spaceAt)
  if (shape === null) return
  const count = elementsOf(shape, at)
  if (count > mostElements || dataAt + count * datatype.size > at + size)
    throw new Malformed(`the attribute ${quoted(name)} is longer than its message`, at)
  yield* valuesOf(h5, heaps, { name, dataAt, count, datatype })
}

function* valuesOf(
  h5: H5,
  heaps: GlobalHeaps,
  { name, dataAt, count, datatype }: { name: string; dataAt: number; count: number; datatype: Datatype },
): Generator<Attribute> {
  const { kind, size } = datatype
  const labelled = (k: number) => (count === 1 ? name : `${name}[${k}]`)
  if (kind === 'texts' || kind === 'sequence')
    for (let k = 0; k < count; k++) {
      h5.go(dataAt + k * size).skip(4, 'the length of a text')
      const value = heaps.refer()
      if (value) yield { name: labelled(k), value }
    }
  else if (kind === 'string' || kind === 'opaque')
    for (let k = 0; k < count; k++) yield { name: labelled(k), value: { start: dataAt + k * size, size } }
  else if (kind === 'number' && size === 1) yield { name, value: { start: dataAt, size: count } }
}
