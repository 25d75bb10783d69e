import { Malformed } from '../cursor.ts'
import type { Chunk } from './btree1.ts'
import { recordsOf } from './btree2.ts'
import { extensibleChunks, fixedChunks } from './chunk-arrays.ts'
import type { H5, Message } from './file.ts'

/** Where the elements of a dataset stand. */
export type Layout =
  | { readonly kind: 'compact' }
  | { readonly kind: 'contiguous'; readonly at: number | null; readonly size: number | null }
  | {
      readonly kind: 'tree'
      readonly at: number | null
      readonly dimensions: number
      readonly chunk: readonly number[]
    }
  | { readonly kind: 'chunks'; readonly chunk: readonly number[]; chunks(h5: H5): Iterable<Chunk> }
  /** `at` is the place of a reference into the global heap. */
  | { readonly kind: 'virtual'; readonly at: number | null }

const classes = ['compact', 'contiguous', 'chunked', 'virtual'] as const

/** Reads a data layout message (specification, IV.A.2.i). */
export function readLayout(h5: H5, { at }: Message): Layout {
  const cursor = h5.go(at)
  const version = cursor.u8()
  if (version < 1 || version > 5) throw new Malformed(`a layout has the unknown version ${version}`, at)
  if (version < 3) return oldLayout(h5)
  const kind = classes[cursor.u8()]
  if (kind === 'compact') return { kind }
  if (kind === 'contiguous') return { kind, at: h5.address(), size: h5.length('the size of a dataset') }
  if (kind === 'virtual') return { kind, at: cursor.at }
  if (kind !== 'chunked') throw new Malformed('a layout is of an unknown class', at)
  return version === 3 ? chunkTree(h5) : chunkIndex(h5, at)
}

function oldLayout(h5: H5): Layout {
  const { cursor } = h5
  const dimensions = cursor.u8()
  const kind = classes[cursor.u8()]
  cursor.skip(5, 'a layout')
  if (kind === 'compact') return { kind }
  const at = h5.address()
  const sizes = Array.from({ length: dimensions }, () => cursor.u32())
  return kind === 'contiguous' ? { kind, at, size: null } : { kind: 'tree', at, dimensions, chunk: sizes.slice(0, -1) }
}

function chunkTree(h5: H5): Layout {
  const { cursor } = h5
  const dimensions = cursor.u8()
  const at = h5.address()
  const chunk = Array.from({ length: dimensions }, () => cursor.u32())
  return { kind: 'tree', at, dimensions, chunk: chunk.slice(0, -1) }
}

/** Chunks of version 4 layouts: five kinds of index. */
function chunkIndex(h5: H5, place: number): Layout {
  const { cursor } = h5
  const flags = cursor.u8()
  const dimensions = cursor.u8()
  const width = cursor.u8()
  const sizes = Array.from({ length: dimensions }, () => h5.whole(width, 'the size of a chunk'))
  const chunk = sizes.slice(0, -1)
  const bytes = sizes.reduce((product, size) => product * size, 1)
  const index = cursor.u8()
  const rest = [0, flags & 2 ? h5.lengthSize + 4 : 0, 0, 1, 5, 6][index]
  if (rest === undefined || index === 0) throw new Malformed('a layout has an unknown index of chunks', place)
  const single = index === 1 && flags & 2 ? h5.length('the size of a chunk') : bytes
  cursor.skip(rest - (index === 1 && flags & 2 ? h5.lengthSize : 0), 'a layout')
  const at = h5.address()
  const chunks = (): Iterable<Chunk> => {
    if (at === null) return []
    if (index === 1) return [{ at, size: single, mask: 0, index: 0 }]
    if (index === 3) return fixedChunks(h5, at, bytes)
    if (index === 4) return extensibleChunks(h5, at, bytes)
    if (index === 5) return treeChunks(h5, at, bytes, dimensions - 1)
    throw new Malformed('chunks without an index are not read', place)
  }
  return { kind: 'chunks', chunk, chunks }
}

/** Records of types 10 (plain) and 11 (filtered). */
function* treeChunks(h5: H5, at: number, bytes: number, rank: number): Generator<Chunk> {
  for (const { at: record, size, type } of recordsOf(h5, at)) {
    const cursor = h5.go(record)
    const address = h5.place('a chunk')
    const width = size - h5.offsetSize - 4 - 8 * rank
    const stored = type === 11 ? h5.whole(width, 'the size of a chunk') : bytes
    const mask = type === 11 ? cursor.u32() : 0
    yield { at: address, size: stored, mask }
  }
}
