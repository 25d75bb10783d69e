import { Malformed } from '../cursor.ts'
import type { H5 } from './file.ts'

/** A run of bytes that a manager lists as free. */
interface Section {
  readonly start: number
  readonly end: number
}

/** Bytes that hold every number up to `most`. */
const bytesFor = (most: bigint): number => Math.max(1, Math.ceil(most.toString(16).length / 2))

/**
 * Claims a manager of free space with its list (specification, III.H), and gives the sections it lists. Those of the
 * file are places in the file, those of a heap are places in the heap.
 */
export function takeFreeSpace(h5: H5, at: number): Section[] {
  if (!h5.first('free space', at)) return []
  const cursor = h5.goTo(at, 'FSHD')
  cursor.skip(2, 'the free space')
  h5.length('the free space')
  h5.length('the number of sections')
  const count = cursor.big(h5.lengthSize)
  h5.length('the number of sections')
  cursor.skip(6, 'the free space')
  const offsetBytes = Math.ceil(cursor.u16() / 8)
  const lengthBytes = bytesFor(cursor.big(h5.lengthSize))
  const list = h5.address()
  const used = h5.length('the size of the list')
  const size = h5.length('the size of the list')
  cursor.skip(4, 'the checksum')
  h5.take(at, cursor.at - at, 'free space')
  if (list === null) return []
  h5.take(list, size, 'free space')
  if (offsetBytes > 8) throw new Malformed('a list of free space is of an impossible shape', at)
  return [...sections(h5, { at: list, end: list + used - 4, countBytes: bytesFor(count), lengthBytes, offsetBytes })]
}

interface List {
  readonly at: number
  readonly end: number
  readonly countBytes: number
  readonly lengthBytes: number
  readonly offsetBytes: number
}

/** Sections stand in groups of one size. */
function* sections(h5: H5, { at, end, countBytes, lengthBytes, offsetBytes }: List): Generator<Section> {
  const cursor = h5.goTo(at, 'FSSE')
  cursor.skip(1 + h5.offsetSize, 'the list of free space')
  while (cursor.at + countBytes + lengthBytes <= end) {
    const count = h5.whole(countBytes, 'the number of sections')
    const size = h5.whole(lengthBytes, 'the size of a section')
    for (let k = 0; k < count && cursor.at < end; k++) {
      const start = h5.base + h5.whole(offsetBytes, 'the offset of a section')
      cursor.skip(1, 'the kind of a section')
      yield { start, end: start + size }
    }
  }
}
