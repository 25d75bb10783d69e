import { Malformed } from '../cursor.ts'
import type { H5 } from './file.ts'

/** A chunk of a dataset: where its bytes stand, filtered or not. */
export interface Chunk {
  readonly at: number
  readonly size: number
  /** Filters that were left out, as bits. */
  readonly mask: number
  /** Where it begins, in elements; absent when the index counts chunks instead. */
  readonly offset?: readonly number[]
  readonly index?: number
}

const mostLevels = 64

/** Symbol table nodes of a group, from its B-tree (specification, III.A.1). */
export function* groupLeaves(h5: H5, root: number): Generator<number> {
  const keySize = h5.lengthSize
  const size = 8 + 2 * h5.offsetSize + 2 * h5.internalK * h5.offsetSize + (2 * h5.internalK + 1) * keySize
  for (const { at, children } of nodes(h5, root, 0, size)) {
    for (let k = 0; k < children; k++) {
      h5.go(at + k * (keySize + h5.offsetSize) + keySize)
      yield h5.place('a symbol table node')
    }
  }
}

/** Chunks of a dataset, from its B-tree. */
export function* chunksOf(h5: H5, root: number, dimensions: number): Generator<Chunk> {
  const keySize = 8 + 8 * dimensions
  const size = 8 + 2 * h5.offsetSize + 2 * h5.chunkK * h5.offsetSize + (2 * h5.chunkK + 1) * keySize
  for (const { at, children } of nodes(h5, root, 1, size, keySize)) {
    for (let k = 0; k < children; k++) {
      const cursor = h5.go(at + k * (keySize + h5.offsetSize))
      const [bytes, mask] = [cursor.u32(), cursor.u32()]
      const offset = Array.from({ length: dimensions - 1 }, () => cursor.length('the offset of a chunk'))
      cursor.skip(8, 'the offset of a chunk')
      yield { at: h5.place('a chunk'), size: bytes, mask, offset }
    }
  }
}

/** Lowest nodes of a B-tree: where their entries begin and how many they are. */
function* nodes(
  h5: H5,
  root: number,
  type: number,
  size: number,
  keySize = h5.lengthSize,
): Generator<{ at: number; children: number }> {
  const open = [{ at: root, level: mostLevels }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (!h5.first('B-tree', next.at)) throw new Malformed('a B-tree has two ways to a node', next.at)
    const cursor = h5.goTo(next.at, 'TREE')
    const [found, level, children] = [cursor.u8(), cursor.u8(), cursor.u16()]
    if (found !== type || level >= next.level) throw new Malformed('a B-tree has a node of the wrong kind', next.at)
    h5.take(next.at, size, 'B-tree')
    const at = next.at + 8 + 2 * h5.offsetSize
    if (at + children * (keySize + h5.offsetSize) > next.at + size)
      throw new Malformed('a B-tree node is too full', next.at)
    if (level === 0) {
      yield { at, children }
      continue
    }
    for (let k = children - 1; k >= 0; k--) {
      h5.go(at + k * (keySize + h5.offsetSize) + keySize)
      open.push({ at: h5.place('a B-tree node'), level })
    }
  }
}
