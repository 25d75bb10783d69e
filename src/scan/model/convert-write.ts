import { createHash } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dtypeBits, elementsOf, type Tensor, walk } from '../../core/index.ts'

/** Bytes that are copied at once. */
const pieceBytes = 4 << 20
/** A view that does not lie in rows is straightened in memory; a larger one is refused. */
const mostStridedBytes = 256 << 20

/** Why a tensor cannot stand in a safetensors file as it is; null when it can. */
export function unwritable({ name, dtype, stored, shape, strides, bytes }: Tensor): string | null {
  const shown = JSON.stringify(name.slice(0, 120))
  const count = elementsOf(shape)
  if (name === '__metadata__') return 'A tensor is named "__metadata__", which safetensors keeps for itself.'
  if (dtype === null || dtype === 'C128')
    return `${shown} has the number type ${stored}, which safetensors does not have.`
  if (count === null) return `${shown} has more elements than can be counted.`
  if (strides && bytes.size > mostStridedBytes)
    return `${shown} is a view of ${bytes.size} bytes that does not lie in rows.`
  if (!strides && bytes.size < (count * dtypeBits[dtype]) / 8) return `${shown} has fewer bytes than its shape says.`
  return null
}

/** Bytes that a tensor takes when it is written. */
export const writtenBytes = ({ dtype, shape }: Tensor): number => (elementsOf(shape)! * dtypeBits[dtype ?? 'U8']) / 8

/** What was written. */
export interface Written {
  readonly sizeBytes: number
  readonly sha256: string
}

/**
 * Writes tensors as safetensors: wide number types first, then by name, so that each is aligned to its own width, behind
 * a header that is filled up to a multiple of 8 bytes. The same tensors give the same bytes. Holds one piece at a time.
 */
export function writeSafetensors(tensors: readonly Tensor[], out: string, force: boolean): Written {
  const sorted = [...tensors].sort(
    (a, b) => dtypeBits[b.dtype!] - dtypeBits[a.dtype!] || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
  const path = force ? `${out}.part` : out
  const file = openSync(path, force ? 'w' : 'wx')
  const hash = createHash('sha256')
  let sizeBytes = 0
  const put = (bytes: Uint8Array) => {
    hash.update(bytes)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    sizeBytes += bytes.length
  }
  try {
    put(headerOf(sorted))
    for (const tensor of sorted) writeTensor(tensor, put)
    closeSync(file)
    if (force) renameSync(path, out)
  } catch (reason) {
    rmSync(path, { force: true })
    throw reason
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

function headerOf(tensors: readonly Tensor[]): Uint8Array {
  let at = 0
  const entries = tensors.map(tensor => {
    const start = at
    at += writtenBytes(tensor)
    const { dtype, shape, name } = tensor
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [start, at] })}`
  })
  const json = Buffer.from(`{${['"__metadata__":{"format":"pt"}', ...entries].join(',')}}`)
  const size = Math.ceil(json.length / 8) * 8
  const header = Buffer.alloc(8 + size, ' ')
  header.writeBigUInt64LE(BigInt(size), 0)
  json.copy(header, 8)
  return header
}

function writeTensor(tensor: Tensor, put: (bytes: Uint8Array) => void): void {
  const { bytes, strides, dtype, bigEndian } = tensor
  const width = dtypeBits[dtype!] / 8
  // A complex number is two numbers, each with its own byte order.
  const turn = (piece: Uint8Array) => (bigEndian ? turned(piece, dtype === 'C64' ? 4 : width) : piece)
  if (strides) {
    straighten(tensor, strides, width, piece => put(turn(piece)))
    return
  }
  const size = writtenBytes(tensor)
  for (let at = 0; at < size; at += pieceBytes) put(turn(bytes.read(at, Math.min(size, at + pieceBytes))))
}

function straighten(
  { bytes, shape }: Tensor,
  strides: readonly number[],
  width: number,
  put: (bytes: Uint8Array) => void,
): void {
  const all = bytes.read(0, bytes.size).slice()
  const count = elementsOf(shape)!
  const step = Math.floor(pieceBytes / width)
  for (let start = 0; start < count; start += step) {
    const end = Math.min(count, start + step)
    const piece = new Uint8Array((end - start) * width)
    walk(shape, strides, start, end, (at, nth) => {
      for (let k = 0; k < width; k++) piece[nth * width + k] = all[at * width + k]!
    })
    put(piece)
  }
}

function turned(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes)
  for (let at = 0; at + width <= out.length; at += width) out.subarray(at, at + width).reverse()
  return out
}
