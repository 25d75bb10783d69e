import { Malformed } from '../cursor.ts'
import { recordsOf } from './btree2.ts'
import type { H5 } from './file.ts'
import { takeFreeSpace } from './free-space.ts'
import type { HeapObject } from './heaps.ts'

interface Block {
  readonly at: number
  readonly offset: number
  readonly size: number
}

/** The numbers of a fractal heap that its blocks are laid out by (specification, III.G). */
interface Head {
  readonly at: number
  readonly width: number
  readonly startSize: number
  readonly mostDirect: number
  readonly offsetBytes: number
  readonly checked: boolean
  readonly filtered: boolean
}

const [managed, huge] = [0, 1]

/** Where links and attributes stand when there are many of them in one object. */
export class FractalHeap {
  private readonly h5: H5
  private readonly blocks: Block[] = []
  private readonly hugeObjects = new Map<bigint, HeapObject>()
  private readonly head: Head
  private readonly lengthBytes: number

  constructor(h5: H5, at: number) {
    this.h5 = h5
    const cursor = h5.goTo(at, 'FRHP')
    cursor.skip(1, 'the version')
    cursor.skip(2, 'the size of a heap id')
    const filterBytes = cursor.u16()
    const flags = cursor.u8()
    const mostManaged = cursor.u32()
    h5.length('the next id')
    const hugeTree = h5.address()
    h5.length('the free space')
    const freeSpace = h5.address()
    cursor.skip(8 * h5.lengthSize, 'the counts')
    const width = cursor.u16()
    const startSize = h5.length('the size of a block')
    const mostDirect = h5.length('the size of a block')
    const heapBits = cursor.u16()
    cursor.skip(2, 'the first rows')
    const root = h5.address()
    const rows = cursor.u16()
    const filtered = filterBytes > 0
    const rootSize = filtered ? h5.length('the size of the root block') : startSize
    if (filtered) cursor.skip(4 + filterBytes, 'the filters')
    cursor.skip(4, 'the checksum')
    if (width === 0 || !isPower(startSize) || !isPower(mostDirect) || mostDirect < startSize || heapBits > 64)
      throw new Malformed('a fractal heap is of an impossible shape', at)
    const offsetBytes = Math.ceil(heapBits / 8)
    this.head = { at, width, startSize, mostDirect, offsetBytes, checked: (flags & 2) !== 0, filtered }
    const objectBits = Math.min(mostDirect, mostManaged)
    this.lengthBytes = Math.min(Math.ceil((Math.floor(Math.log2(mostDirect)) + 7) / 8), bytesOf(objectBits))
    if (h5.first('fractal heap', at)) {
      h5.take(at, cursor.at - at, 'fractal heap')
      if (freeSpace !== null) takeFreeSpace(h5, freeSpace)
    }
    if (root !== null) this.read(root, rows, rootSize)
    if (hugeTree !== null) this.readHuge(hugeTree)
  }

  /** The object that an id of the heap names. */
  object(at: number, size: number): HeapObject {
    const { h5, head } = this
    const kind = (h5.go(at).u8() >> 4) & 3
    if (kind === managed) {
      const offset = h5.whole(head.offsetBytes, 'the offset of an object')
      const length = h5.whole(this.lengthBytes, 'the length of an object')
      const block = this.blocks.find(b => offset >= b.offset && offset + length <= b.offset + b.size)
      if (!block) throw new Malformed(`a fractal heap has no object at ${offset}`, at)
      return { start: block.at + offset - block.offset, size: length }
    }
    if (kind !== huge) return { start: at + 1, size: (h5.bytes.read(at, at + 1)[0]! & 15) + 1 }
    if (size >= 1 + h5.offsetSize + h5.lengthSize) return this.claimed(h5.place('an object'), h5.length('an object'))
    const found = this.hugeObjects.get(h5.cursor.big(Math.min(size - 1, h5.lengthSize)))
    if (!found) throw new Malformed('a fractal heap has no such huge object', at)
    return found
  }

  private claimed(start: number, size: number): HeapObject {
    if (this.h5.first('huge', start)) this.h5.take(start, size, 'attribute')
    return { start, size }
  }

  private readHuge(at: number): void {
    const { h5 } = this
    for (const record of recordsOf(h5, at)) {
      if (record.type > 4) throw new Malformed('a tree of huge objects has the wrong records', record.at)
      const cursor = h5.go(record.at)
      const object = this.claimed(h5.place('an object'), h5.length('an object'))
      if (record.type === 1) this.hugeObjects.set(cursor.big(h5.lengthSize), object)
      if (record.type === 2 || record.type === 4) this.unfiltered(object.start, object.size)
    }
  }

  private unfiltered(start: number, size: number): void {
    this.h5.examiner.unread({ start, end: start + size, reason: 'A block of a heap is compressed; it was not read.' })
  }

  /** Walks the doubling table: direct blocks hold objects, indirect ones more blocks. */
  private read(root: number, rows: number, rootSize: number): void {
    const open = [{ at: root, offset: 0, rows, size: rootSize }]
    for (let next = open.pop(); next; next = open.pop()) {
      if (!this.h5.first('block', next.at)) throw new Malformed('a fractal heap has two ways to a block', next.at)
      if (next.rows === 0) this.direct(next.at, next.offset, next.size)
      else open.push(...this.indirect(next.at, next.offset, next.rows))
    }
  }

  private direct(at: number, offset: number, size: number): void {
    this.h5.take(at, size, 'fractal heap')
    if (this.head.filtered) {
      this.unfiltered(at, size)
      return
    }
    this.h5.goTo(at, 'FHDB')
    this.blocks.push({ at, offset, size })
  }

  private *indirect(at: number, offset: number, rows: number) {
    const { h5, head } = this
    const cursor = h5.goTo(at, 'FHIB')
    cursor.skip(1 + h5.offsetSize + head.offsetBytes, 'an indirect block')
    const directRows = Math.log2(head.mostDirect) - Math.log2(head.startSize) + 2
    let place = offset
    let entry = cursor.at
    for (let row = 0; row < rows; row++) {
      const size = row === 0 ? head.startSize : head.startSize * 2 ** (row - 1)
      const isDirect = row < directRows
      for (let column = 0; column < head.width; column++, place += size) {
        h5.go(entry)
        const child = h5.address()
        const stored = isDirect && head.filtered ? h5.length('the size of a block') : size
        entry = cursor.at + (isDirect && head.filtered ? 4 : 0)
        const inner = isDirect ? 0 : Math.log2(size) - Math.log2(head.startSize * head.width) + 1
        if (child !== null) yield { at: child, offset: place, rows: inner, size: stored }
      }
    }
    h5.take(at, entry + 4 - at, 'fractal heap')
  }
}

const isPower = (value: number) => value > 0 && Number.isInteger(Math.log2(value))
const bytesOf = (most: number) => Math.ceil((Math.floor(Math.log2(Math.max(1, most))) + 1) / 8)
