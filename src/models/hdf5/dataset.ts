import { sliceOf } from '../../core/index.ts'
import { quoted } from '../cursor.ts'
import { type Chunk, chunksOf } from './btree1.ts'
import { type Datatype, datatypeOf, elementsOf, readDataspace } from './datatype.ts'
import type { H5, Message } from './file.ts'
import { messageTypes } from './header.ts'
import { type GlobalHeaps, nameAt, readLocalHeap } from './heaps.ts'
import { type Layout, readLayout } from './layout.ts'
import { leavesFolder } from './links.ts'
import { suspect } from './suspect.ts'

/** What an object with a layout is: an array of numbers, texts or bytes. */
export interface Dataset {
  readonly path: string
  readonly datatype: Datatype
  readonly shape: readonly number[]
  readonly layout: Layout
}

const [deflate, shuffle] = [1, 2]
/** Compressed chunks of bytes that are looked into. */
const mostPacked = 1_000
const filterNames: Readonly<Record<number, string>> = {
  1: 'deflate',
  2: 'shuffle',
  3: 'fletcher32',
  4: 'szip',
  5: 'nbit',
  6: 'scaleoffset',
  32000: 'lzf',
}
/** Sparse arrays pack well, and weights hardly at all: what a machine has room for is no attack. */
const leastInflated = 2 ** 31
const mostInflation = 1_000
/** References of one dataset of texts that are followed. */
const mostReferences = 5_000_000

/** Claims the bytes of a dataset; null when the object is none. */
export function readDataset(h5: H5, heaps: GlobalHeaps, messages: readonly Message[], path: string): Dataset | null {
  const find = (type: number) => messages.find(message => message.type === type)
  const [layoutAt, typeAt, spaceAt] = [
    find(messageTypes.layout),
    find(messageTypes.datatype),
    find(messageTypes.dataspace),
  ]
  if (!layoutAt || !typeAt || !spaceAt) return null
  const datatype = datatypeOf(h5, typeAt)
  const shape = readDataspace(h5, spaceAt.at)
  const filters = find(messageTypes.filters)
  const pipeline = filters ? filtersOf(h5, filters, path) : []
  const storage = find(messageTypes.external)
  if (storage) externalStorage(h5, storage, path)
  inflated(h5, path, elementsOf(shape ?? [0], spaceAt.at) * datatype.size, spaceAt.at)
  const layout = readLayout(h5, layoutAt)
  const dataset = { path, datatype, shape: shape ?? [0], layout }
  if (layout.kind === 'virtual') noteVirtual(h5, heaps, dataset)
  if (layout.kind === 'contiguous' && layout.at !== null && !storage) contiguous(h5, heaps, dataset, layout.at)
  if (layout.kind === 'tree' && layout.at !== null)
    for (const chunk of chunksOf(h5, layout.at, layout.dimensions)) takeChunk(h5, heaps, dataset, chunk, pipeline)
  if (layout.kind === 'chunks') for (const chunk of layout.chunks(h5)) takeChunk(h5, heaps, dataset, chunk, pipeline)
  return dataset
}

/** A loader makes room for what the shape says before it reads a byte (CVE-2026-0897). */
function inflated(h5: H5, path: string, size: number, at: number): void {
  if (size < leastInflated || size < mostInflation * h5.bytes.size) return
  const text = `The shape of ${quoted(path)} takes ${size} bytes of memory, ${Math.floor(size / h5.bytes.size)} times the whole file.`
  h5.note('hdf5-inflated-shape', text, at)
}

function contiguous(h5: H5, heaps: GlobalHeaps, dataset: Dataset, at: number): void {
  const { path, datatype, shape, layout } = dataset
  const size = elementsOf(shape, at) * datatype.size
  const stored = layout.kind === 'contiguous' && layout.size !== null ? layout.size : size
  if (stored < size || at + stored > h5.bytes.size) {
    h5.note('hdf5-out-of-bounds', `The dataset ${quoted(path)} takes ${size} bytes, more than it has in the file.`, at)
    return
  }
  h5.take(at, stored, 'tensors')
  if (datatype.size === 1 || datatype.kind === 'string' || datatype.kind === 'opaque') suspect(h5, path, at, size)
  followTexts(h5, heaps, dataset, at, size)
  const { dtype, stored: named, bigEndian } = datatype
  if (dtype === null) return
  const order = bigEndian ? { bigEndian } : {}
  h5.examiner.tensor({
    name: path,
    dtype,
    stored: named,
    shape,
    bytes: sliceOf(h5.bytes, at, at + size),
    start: at,
    ...order,
  })
}

function takeChunk(h5: H5, heaps: GlobalHeaps, dataset: Dataset, chunk: Chunk, pipeline: readonly number[]): void {
  const { path, datatype } = dataset
  h5.take(chunk.at, chunk.size, 'tensors')
  const ofBytes = datatype.size === 1 || datatype.kind === 'opaque' || datatype.kind === 'string'
  if (pipeline.length === 0) {
    if (ofBytes) suspect(h5, path, chunk.at, chunk.size)
    followTexts(h5, heaps, dataset, chunk.at, chunk.size)
  } else if (ofBytes && pipeline.includes(deflate) && (datatype.size === 1 || !pipeline.includes(shuffle)))
    if (h5.packed.length < mostPacked) h5.packed.push({ name: path, start: chunk.at, end: chunk.at + chunk.size })
}

/** Texts of any length stand in the global heap; what refers to them makes its bytes known. */
function followTexts(h5: H5, heaps: GlobalHeaps, { datatype, path }: Dataset, at: number, size: number): void {
  if (datatype.kind !== 'texts' && datatype.kind !== 'sequence') return
  const count = Math.min(mostReferences, Math.floor(size / datatype.size))
  for (let k = 0; k < count; k++) {
    h5.cursor.at = at + k * datatype.size + 4
    const object = heaps.refer()
    if (object) suspect(h5, `${path}[${k}]`, object.start, object.size)
  }
}

/** Ids of the filters that the chunks went through; of those that come from elsewhere it says so. */
function filtersOf(h5: H5, { at }: Message, path: string): number[] {
  const ids: number[] = []
  const cursor = h5.go(at)
  const [version, count] = [cursor.u8(), cursor.u8()]
  if (version === 1) cursor.skip(6, 'the filters')
  for (let k = 0; k < count; k++) {
    const id = cursor.u16()
    ids.push(id)
    const nameSize = version === 1 || id >= 256 ? cursor.u16() : 0
    cursor.skip(2, 'the flags of a filter')
    const values = cursor.u16()
    cursor.skip(version === 1 ? Math.ceil(nameSize / 8) * 8 : nameSize, 'the name of a filter')
    cursor.skip(4 * values + (version === 1 && values % 2 === 1 ? 4 : 0), 'the values of a filter')
    const text = `The dataset ${quoted(path)} needs the filter ${id}, a library that the reader's machine must have.`
    if (!(id in filterNames)) h5.note('hdf5-plugin-filter', text, at, 'info')
  }
  return ids
}

/** Numbers in other files: reading the array reads any file that its path names (specification, IV.A.2.h). */
function externalStorage(h5: H5, { at }: Message, path: string): void {
  const cursor = h5.go(at + 4)
  cursor.skip(2, 'the slots')
  const slots = cursor.u16()
  const heapAt = h5.place('the names of external files')
  const first = cursor.at
  const heap = readLocalHeap(h5, heapAt)
  for (let k = 0; k < slots; k++) {
    h5.go(first + 3 * k * h5.lengthSize)
    const file = nameAt(h5, heap, h5.length('the name of an external file'))
    const text = `The numbers of ${quoted(path)} stand in another file, ${quoted(file)}.`
    h5.note('hdf5-external-storage', text, at, leavesFolder(file) ? 'block' : 'hold')
  }
}

function noteVirtual(h5: H5, heaps: GlobalHeaps, { path, layout }: Dataset): void {
  h5.note(
    'hdf5-virtual-dataset',
    `The dataset ${quoted(path)} is put together from others, which may stand in other files.`,
  )
  if (layout.kind !== 'virtual' || layout.at === null) return
  h5.go(layout.at)
  heaps.refer()
}
