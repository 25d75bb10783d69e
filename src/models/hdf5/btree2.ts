import { Malformed } from '../cursor.ts'
import type { H5 } from './file.ts'

/** One record of a version 2 B-tree; what is in it depends on the type of the tree. */
export interface TreeRecord {
  readonly at: number
  readonly size: number
  readonly type: number
}

interface Shape {
  readonly type: number
  readonly nodeSize: number
  readonly recordSize: number
  /** Bytes of a child pointer by depth of the node that holds it. */
  readonly pointers: readonly number[]
  readonly countSize: number
}

const mostDepth = 16

/** Records of a version 2 B-tree (specification, III.A.2), in no order. */
export function* recordsOf(h5: H5, at: number): Generator<TreeRecord> {
  const cursor = h5.goTo(at, 'BTHD')
  cursor.skip(1, 'the version')
  const type = cursor.u8()
  const [nodeSize, recordSize, depth] = [cursor.u32(), cursor.u16(), cursor.u16()]
  cursor.skip(2, 'the percentages')
  const root = h5.address()
  const records = cursor.u16()
  h5.length('the number of records')
  cursor.skip(4, 'the checksum')
  if (h5.first('B-tree', at)) h5.take(at, cursor.at - at, 'B-tree')
  if (recordSize === 0 || nodeSize < 16 || depth > mostDepth)
    throw new Malformed('a B-tree is of an impossible shape', at)
  if (root === null) return
  const shape = { type, nodeSize, recordSize, ...pointersOf(h5, nodeSize, recordSize, depth) }
  const open = [{ at: root, records, depth }]
  for (let node = open.pop(); node; node = open.pop()) {
    if (!h5.first('node', node.at)) throw new Malformed('a B-tree has two ways to a node', node.at)
    h5.goTo(node.at, node.depth === 0 ? 'BTLF' : 'BTIN')
    h5.take(node.at, nodeSize, 'B-tree')
    const start = node.at + 6
    const behind = start + node.records * recordSize
    if (behind > node.at + nodeSize) throw new Malformed('a B-tree node is too full', node.at)
    for (let k = 0; k < node.records; k++) yield { at: start + k * recordSize, size: recordSize, type }
    if (node.depth > 0) open.push(...children(h5, shape, behind, node))
  }
}

function* children(
  h5: H5,
  { pointers, countSize }: Shape,
  at: number,
  { records, depth }: { records: number; depth: number },
): Generator<{ at: number; records: number; depth: number }> {
  for (let k = 0; k <= records; k++) {
    h5.go(at + k * pointers[depth]!)
    const child = h5.place('a B-tree node')
    yield { at: child, records: h5.whole(countSize, 'the records of a node'), depth: depth - 1 }
  }
}

const bytesFor = (most: number): number => Math.max(1, Math.ceil((Math.floor(Math.log2(Math.max(1, most))) + 1) / 8))

/** Child pointers hold counts of just as many bytes as the fullest tree below needs. */
function pointersOf(
  h5: H5,
  nodeSize: number,
  recordSize: number,
  depth: number,
): Pick<Shape, 'pointers' | 'countSize'> {
  const leafRecords = Math.floor((nodeSize - 10) / recordSize)
  const countSize = bytesFor(leafRecords)
  const pointers = [0]
  let [below, belowSize] = [leafRecords, 0]
  for (let level = 1; level <= depth; level++) {
    const pointer = h5.offsetSize + countSize + belowSize
    pointers.push(pointer)
    const records = Math.floor((nodeSize - 10 - pointer) / (recordSize + pointer))
    below = (records + 1) * below + records
    belowSize = bytesFor(below)
  }
  return { pointers, countSize }
}
