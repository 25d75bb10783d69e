import type { Data, RecordBatch } from 'apache-arrow'
import { ByteBuffer } from 'flatbuffers'
import type { Source } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'

let guarded = false

/**
 * Flatbuffers are not verified by their JavaScript reader: a vector may claim 2^31 elements and keep a loop busy for
 * minutes. From now on a vector that claims more elements than its buffer has bytes is refused.
 */
export function guardVectors(): void {
  if (guarded) return
  guarded = true
  const length = ByteBuffer.prototype.__vector_len
  ByteBuffer.prototype.__vector_len = function (offset: number): number {
    const claimed = length.call(this, offset)
    if (claimed < 0 || claimed > this.capacity()) throw new Broken('damaged', 'the Arrow metadata is not valid')
    return claimed
  }
}

/** A message has at least this many bytes; more reads than the file has room for go in circles. */
const leastMessageBytes = 8

/** The source as the file handle that Arrow knows how to read at any place. */
export function handleOf(source: Source) {
  let reads = 64 + (4 * source.size) / leastMessageBytes
  return {
    fd: 0,
    stat: async () => ({ size: source.size }),
    async read(buffer: Uint8Array, offset: number, length: number, position: number) {
      const bytes = await source.read(position, Math.min(source.size, position + length))
      if (bytes.length === 0 || --reads < 0) throw new Broken('truncated', 'the Arrow data ends too early')
      buffer.set(bytes, offset)
      return { bytesRead: bytes.length, buffer }
    },
    close: async () => {},
  }
}

/** Rows that a column without buffers may claim. */
const mostNullRows = 1 << 24

/** Throws when a batch claims more rows than its buffers hold. */
export function checkRows({ DataType }: typeof import('apache-arrow'), batch: RecordBatch): void {
  const holds = (data: Data): boolean => {
    const { type, length, children } = data
    if (DataType.isNull(type)) return length <= mostNullRows
    if (DataType.isFixedSizeList(type) || DataType.isStruct(type) || DataType.isUnion(type))
      return children.length > 0 && children.every(child => holds(child as Data))
    const offsets = sizeOf(data.valueOffsets)
    if (offsets > 0) return offsets > length
    return sizeOf(data.values) * (DataType.isBool(type) ? 8 : 1) >= length
  }
  const { children } = batch.data
  if (!children.every(child => holds(child as Data)) || (children.length === 0 && batch.numRows > 0))
    throw new Broken('damaged', 'a record batch claims more rows than it holds')
}

const sizeOf = (values: unknown): number =>
  ArrayBuffer.isView(values) && 'length' in values ? Number(values.length) : 0
