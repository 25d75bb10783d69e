import { Malformed, utf8 } from '../cursor.ts'
import type { H5 } from './file.ts'

/** Names longer than this belong to nobody. */
const mostName = 65_536

/** A heap of names of old groups: where its names stand. */
export interface LocalHeap {
  readonly start: number
  readonly end: number
}

/** Reads a local heap (specification, III.D). */
export function readLocalHeap(h5: H5, at: number): LocalHeap {
  const cursor = h5.goTo(at, 'HEAP')
  cursor.skip(4, 'the local heap')
  const size = h5.length('the size of a local heap')
  h5.length('the free list')
  const start = h5.place('the data of a local heap')
  if (h5.first('local heap', at)) {
    h5.take(at, 8 + 2 * h5.lengthSize + h5.offsetSize, 'local heap')
    h5.take(start, size, 'names')
  }
  return { start, end: start + size }
}

/** A name in a local heap: up to its NUL. */
export function nameAt(h5: H5, { start, end }: LocalHeap, offset: number): string {
  const from = start + offset
  if (offset < 0 || from >= end) throw new Malformed('a name stands outside of its heap', from)
  const bytes = h5.bytes.read(from, Math.min(end, from + mostName))
  const stop = bytes.indexOf(0)
  return utf8(stop < 0 ? bytes : bytes.subarray(0, stop))
}

/** An object of a global heap. */
export interface HeapObject {
  readonly start: number
  readonly size: number
}

/** Collections of the global heap that were met. */
export class GlobalHeaps {
  private readonly h5: H5
  private readonly known = new Map<number, ReadonlyMap<number, HeapObject>>()

  constructor(h5: H5) {
    this.h5 = h5
  }

  /** The bytes behind the reference at the cursor: a collection's address and an index in it. */
  refer(): HeapObject | null {
    const at = this.h5.address()
    const index = this.h5.cursor.u32()
    if (at === null || at === this.h5.base || index === 0) return null
    const after = this.h5.cursor.at
    const found = this.collection(at).get(index)
    this.h5.cursor.at = after
    if (!found) throw new Malformed(`the global heap at ${at} has no object ${index}`, at)
    return found
  }

  /** Reads the collection at `at` (specification, III.E). */
  collection(at: number): ReadonlyMap<number, HeapObject> {
    const known = this.known.get(at)
    if (known) return known
    const cursor = this.h5.goTo(at, 'GCOL')
    cursor.skip(4, 'the global heap')
    const size = this.h5.length('the size of a global heap')
    this.h5.take(at, size, 'global heap')
    const objects = new Map<number, HeapObject>()
    const head = 8 + this.h5.lengthSize
    for (let next = cursor.at; next + head <= at + size; ) {
      this.h5.cursor.at = next
      const index = cursor.u16()
      cursor.skip(6, 'the global heap')
      const objectSize = this.h5.length('the size of an object')
      if (index === 0) break
      if (objectSize > at + size - next - head) throw new Malformed('an object ends beyond its global heap', next)
      objects.set(index, { start: next + head, size: objectSize })
      next += head + Math.ceil(objectSize / 8) * 8
    }
    this.known.set(at, objects)
    return objects
  }
}
