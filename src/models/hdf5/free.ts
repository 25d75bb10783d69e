import { Malformed, utf8 } from '../cursor.ts'
import type { H5, Message, Taken } from './file.ts'
import { takeFreeSpace } from './free-space.ts'
import { messageTypes } from './header.ts'
import type { GlobalHeaps } from './heaps.ts'
import { suspect } from './suspect.ts'

/** Overlaps that are named one by one. */
const mostOverlaps = 20
const unknown =
  'No structure of the file uses these bytes: deleted data, or something hidden. `h5repack` leaves them out.'
/** More of a gap is not held at once. */
const piece = 1 << 20

/** Claims what the file's own managers list as free; the superblock's extension names them. */
export function claimFreeSpace(h5: H5, messages: readonly Message[]): void {
  for (const { type, at, size } of messages) {
    if (type !== messageTypes.fileSpace || h5.go(at).u8() !== 1) continue
    h5.cursor.skip(2 + h5.lengthSize + h5.lengthSize + 2 + h5.offsetSize, 'the free space')
    while (h5.cursor.at + h5.offsetSize <= at + size) {
      const place = h5.address()
      const next = h5.cursor.at
      const free = place === null ? [] : takeFreeSpace(h5, place)
      for (const { start, end } of free) h5.take(start, Math.min(end, h5.bytes.size) - start, 'free space')
      h5.cursor.at = next
    }
  }
}

/**
 * Says of the bytes between structures what they are. Freed bytes keep what stood there: zeros and the remains of
 * structures are free space; anything else stays unread, for nobody can say what it was.
 */
export function settle(h5: H5, heaps: GlobalHeaps): void {
  const sorted = h5.taken.sort((a, b) => a.start - b.start || a.end - b.end)
  let [at, overlaps] = [0, 0]
  for (const next of [...sorted, { start: h5.bytes.size, end: h5.bytes.size, as: '' }]) {
    if (next.start < at && next.end > next.start && ++overlaps <= mostOverlaps) overlap(h5, next, at)
    if (next.start > at) claimRemains(h5, heaps, at, next.start)
    at = Math.max(at, next.end)
  }
}

function overlap(h5: H5, { start, end, as }: Taken, at: number): void {
  const text = `The bytes ${start} to ${Math.min(end, at)} belong to two structures at once, one of them ${as}.`
  h5.note('hdf5-overlap', text, start)
}

/** Claims zeros and structures that were freed, from the start of a gap on. */
function claimRemains(h5: H5, heaps: GlobalHeaps, start: number, end: number): void {
  for (let at = start; at < end; ) {
    const next = Math.max(zerosFrom(h5, at, end), at)
    const size = remainAt(h5, heaps, next, end)
    h5.examiner.claim(at, next + size, 'free space')
    if (size === 0 && next < end) h5.examiner.unread({ start: next, end, reason: unknown })
    if (size === 0) return
    at = next + size
  }
}

/** The first byte from `start` on that is not zero; `end` when all are. */
export function zerosFrom(h5: H5, start: number, end: number): number {
  for (let at = start; at < end; at += piece) {
    const found = h5.bytes.read(at, Math.min(end, at + piece)).findIndex(byte => byte !== 0)
    if (found >= 0) return at + found
  }
  return end
}

/** Size of the structure that once stood here; 0 for anything else. */
function remainAt(h5: H5, heaps: GlobalHeaps, at: number, end: number): number {
  const node = 8 + 2 * h5.offsetSize
  const tree = node + 2 * h5.internalK * h5.offsetSize + (2 * h5.internalK + 1) * h5.lengthSize
  const sizes: Readonly<Record<string, number>> = {
    TREE: tree,
    SNOD: 8 + 2 * h5.leafK * (2 * h5.offsetSize + 24),
    HEAP: 8 + 2 * h5.lengthSize + h5.offsetSize,
  }
  const signature = utf8(h5.bytes.read(at, at + 4))
  if (signature === 'GCOL') return heapSize(h5, heaps, at, end)
  const size = sizes[signature]
  if (size === undefined) return 0
  // A structure that was freed may have been overwritten from its end.
  if (at + size > end) return 0
  return isSane(h5, at, size) ? size : 0
}

/** Texts in compressed datasets stand in heaps to which only the expanded bytes lead. */
function heapSize(h5: H5, heaps: GlobalHeaps, at: number, end: number): number {
  try {
    h5.goTo(at, 'GCOL').skip(4, 'the global heap')
    const size = h5.length('the size of a global heap')
    if (size < 16 || at + size > end) return 0
    for (const object of heaps.collection(at).values()) suspect(h5, `heap@${at}`, object.start, object.size)
    return size
  } catch (reason) {
    if (reason instanceof Malformed) return 0
    throw reason
  }
}

/** A freed structure still reads as one. */
function isSane(h5: H5, at: number, size: number): boolean {
  try {
    const cursor = h5.go(at + 4)
    const [first, second] = [cursor.u8(), cursor.u8()]
    return first <= 1 && second < 64 && size > 0
  } catch (reason) {
    if (reason instanceof Malformed) return false
    throw reason
  }
}
