import { Malformed } from '../cursor.ts'
import type { Chunk } from './btree1.ts'
import type { H5 } from './file.ts'

const filteredClient = 1

/** Reads the address of a chunk at the cursor, and its size when it was filtered; null where none was written. */
function entry(h5: H5, size: number, filtered: boolean, bytes: number): Omit<Chunk, 'index'> | null {
  const at = h5.address()
  const stored = filtered ? h5.whole(size - h5.offsetSize - 4, 'the size of a chunk') : bytes
  const mask = filtered ? h5.cursor.u32() : 0
  return at === null ? null : { at, size: stored, mask }
}

/** Chunks in a fixed array (specification, VII.C). */
export function* fixedChunks(h5: H5, at: number, bytes: number): Generator<Chunk> {
  const cursor = h5.goTo(at, 'FAHD')
  cursor.skip(1, 'the version')
  const filtered = cursor.u8() === filteredClient
  const [size, pageBits] = [cursor.u8(), cursor.u8()]
  const count = h5.length('the number of chunks')
  const block = h5.address()
  cursor.skip(4, 'the checksum')
  h5.take(at, cursor.at - at, 'chunk index')
  if (block === null) return
  if (pageBits > 31) throw new Malformed('an index of chunks is of an impossible shape', at)
  const perPage = 2 ** pageBits
  const pages = count > perPage ? Math.ceil(count / perPage) : 0
  const head = 6 + h5.offsetSize + Math.ceil(pages / 8) + (pages > 0 ? 4 : 0)
  h5.take(block, head + count * size + 4 * Math.max(1, pages), 'chunk index')
  h5.goTo(block, 'FADB')
  for (let k = 0; k < count; k++) {
    h5.go(block + head + k * size + (pages > 0 ? 4 * Math.floor(k / perPage) : 0))
    const found = entry(h5, size, filtered, bytes)
    if (found) yield { ...found, index: k }
  }
}

interface Extensible {
  readonly filtered: boolean
  readonly size: number
  readonly offsetBytes: number
  readonly pageElements: number
}

/** Chunks in an extensible array (specification, VII.D). */
export function* extensibleChunks(h5: H5, at: number, bytes: number): Generator<Chunk> {
  const cursor = h5.goTo(at, 'EAHD')
  cursor.skip(1, 'the version')
  const filtered = cursor.u8() === filteredClient
  const [size, mostBits, inIndex, leastElements, leastPointers, pageBits] = [
    cursor.u8(),
    cursor.u8(),
    cursor.u8(),
    cursor.u8(),
    cursor.u8(),
    cursor.u8(),
  ]
  cursor.skip(6 * h5.lengthSize, 'the counts')
  const index = h5.address()
  cursor.skip(4, 'the checksum')
  h5.take(at, cursor.at - at, 'chunk index')
  if (index === null) return
  if (mostBits > 64 || pageBits > 31 || leastElements === 0 || leastPointers === 0)
    throw new Malformed('an index of chunks is of an impossible shape', at)
  const array = { filtered, size, offsetBytes: Math.ceil(mostBits / 8), pageElements: 2 ** pageBits }
  const superBlocks = 1 + mostBits - Math.floor(Math.log2(leastElements))
  const blocksIn = (s: number) => 2 ** Math.floor(s / 2)
  const elementsIn = (s: number) => leastElements * 2 ** Math.ceil(s / 2)
  const direct = 2 * Math.floor(Math.log2(leastPointers))
  const sizes: number[] = []
  for (let s = 0; s < direct; s++) for (let k = 0; k < blocksIn(s); k++) sizes.push(elementsIn(s))
  const secondary = Math.max(0, superBlocks - direct)
  const head = 6 + h5.offsetSize
  h5.goTo(index, 'EAIB')
  h5.take(index, head + inIndex * size + (sizes.length + secondary) * h5.offsetSize + 4, 'chunk index')
  yield* entries(h5, index + head, inIndex, array, bytes)
  const pointers = index + head + inIndex * size
  for (const [k, elements] of sizes.entries()) {
    h5.go(pointers + k * h5.offsetSize)
    const block = h5.address()
    if (block !== null) yield* dataBlock(h5, block, elements, array, bytes)
  }
  for (let s = 0; s < secondary; s++) {
    h5.go(pointers + (sizes.length + s) * h5.offsetSize)
    const block = h5.address()
    if (block !== null)
      yield* secondaryBlock(h5, block, { blocks: blocksIn(s + direct), elements: elementsIn(s + direct) }, array, bytes)
  }
}

function* entries(h5: H5, at: number, count: number, { size, filtered }: Extensible, bytes: number): Generator<Chunk> {
  for (let k = 0; k < count; k++) {
    h5.go(at + k * size)
    const found = entry(h5, size, filtered, bytes)
    if (found) yield found
  }
}

function* dataBlock(h5: H5, at: number, elements: number, array: Extensible, bytes: number): Generator<Chunk> {
  const head = 6 + h5.offsetSize + array.offsetBytes
  h5.goTo(at, 'EADB')
  const pages = elements > array.pageElements ? elements / array.pageElements : 0
  h5.take(at, head + elements * array.size + 4 + 4 * pages, 'chunk index')
  if (pages === 0) yield* entries(h5, at + head, elements, array, bytes)
  for (let page = 0; page < pages; page++)
    yield* entries(h5, at + head + 4 + page * (array.pageElements * array.size + 4), array.pageElements, array, bytes)
}

function* secondaryBlock(
  h5: H5,
  at: number,
  { blocks, elements }: { blocks: number; elements: number },
  array: Extensible,
  bytes: number,
): Generator<Chunk> {
  const pages = elements > array.pageElements ? elements / array.pageElements : 0
  const head = 6 + h5.offsetSize + array.offsetBytes + blocks * Math.ceil(pages / 8)
  h5.goTo(at, 'EASB')
  h5.take(at, head + blocks * h5.offsetSize + 4, 'chunk index')
  for (let k = 0; k < blocks; k++) {
    h5.go(at + head + k * h5.offsetSize)
    const block = h5.address()
    if (block !== null) yield* dataBlock(h5, block, elements, array, bytes)
  }
}
