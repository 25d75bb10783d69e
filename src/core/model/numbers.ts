import { type Decoder, decoderOf, partsOf, soundness } from '../math/floats.ts'
import { blockTypes } from '../math/ggml-blocks.ts'
import { dtypeBits, type Tensor } from './tensors.ts'

/** A tensor that does not lie in row-major order is read through a copy of at most so many bytes. */
const mostStridedBytes = 64 << 20

/** The numbers of a tensor in row-major order, read some at a time. */
export interface Numbers {
  readonly count: number
  /** Bytes that one number takes in the file; a fraction for quantised types. */
  readonly itemBytes: number
  /** Numbers [start, end); what it gives is only good until the next read. */
  read(start: number, end: number): Float64Array
  /** Tells quickly that none of [start, end) is beyond 10^15, infinite or no number; false when in doubt. */
  sound?(start: number, end: number): boolean
}

/** How many elements a shape has; null when no machine can count them. */
export function elementsOf(shape: readonly number[]): number | null {
  let count = 1
  for (const size of shape) count *= size
  return Number.isSafeInteger(count) && count >= 0 ? count : null
}

/** Numbers that can be read of a tensor; a sentence when they cannot. */
export function numbersOf(tensor: Tensor): Numbers | string {
  const count = elementsOf(tensor.shape)
  if (count === null) return 'its shape has more elements than can be counted'
  if (tensor.dtype === null) return blocks(tensor, count)
  const itemBytes = dtypeBits[tensor.dtype] / 8
  const decode = decoderOf(tensor.dtype, tensor.bigEndian)
  const parts = partsOf(tensor.dtype)
  if (tensor.strides) return strided(tensor, tensor.strides, itemBytes, decode)
  if (tensor.bytes.size < count * itemBytes) return 'its bytes are fewer than its shape says'
  const room = pool()
  const isSound = soundness(tensor.dtype, tensor.bigEndian)
  return {
    count: count * parts,
    ...(isSound ? { sound: (start, end) => isSound(tensor.bytes.read(start * itemBytes, end * itemBytes)) } : {}),
    itemBytes: itemBytes / parts,
    read(start, end) {
      const into = room(end - start)
      decode(tensor.bytes.read((start * itemBytes) / parts, (end * itemBytes) / parts), into)
      return into
    },
  }
}

/** One array used again and again. */
function pool(): (size: number) => Float64Array {
  let kept = new Float64Array(0)
  return size => {
    if (kept.length < size) kept = new Float64Array(size)
    return kept.length === size ? kept : kept.subarray(0, size)
  }
}

function blocks({ stored, bytes }: Tensor, count: number): Numbers | string {
  const type = blockTypes[stored]
  if (!type) return `its number type ${JSON.stringify(stored.slice(0, 40))} is not read here`
  const { elements, bytes: size, decode } = type
  if (count % elements !== 0 || bytes.size < (count / elements) * size) return 'its bytes are fewer than its shape says'
  const room = pool()
  return {
    count,
    itemBytes: size / elements,
    read(start, end) {
      const first = Math.floor(start / elements)
      const last = Math.ceil(end / elements)
      const data = bytes.read(first * size, last * size)
      const into = room((last - first) * elements)
      for (let k = 0; k < last - first; k++) decode(data, k * size, into, k * elements)
      return into.subarray(start - first * elements, end - first * elements)
    },
  }
}

function strided(tensor: Tensor, strides: readonly number[], itemBytes: number, decode: Decoder): Numbers | string {
  const { shape, bytes } = tensor
  const count = elementsOf(shape)!
  const extent = count === 0 ? 0 : shape.reduce((sum, size, k) => sum + (size - 1) * strides[k]!, 1)
  if (partsOf(tensor.dtype!) > 1) return 'its complex numbers do not lie in rows'
  if (!Number.isSafeInteger(extent) || bytes.size < extent * itemBytes) return 'its bytes are fewer than its shape says'
  if (extent * 8 > mostStridedBytes) return 'it is large and does not lie in rows'
  const room = pool()
  let all: Float64Array | null = null
  return {
    count,
    itemBytes,
    read(start, end) {
      if (all === null) decode(bytes.read(0, extent * itemBytes), (all = new Float64Array(extent)))
      const into = room(end - start)
      walk(shape, strides, start, end, (at, k) => (into[k] = all![at]!))
      return into
    },
  }
}

/** Calls with the place of every element [start, end) of an array that does not lie in row-major order. */
export function walk(
  shape: readonly number[],
  strides: readonly number[],
  start: number,
  end: number,
  each: (at: number, nth: number) => void,
): void {
  const index = new Array<number>(shape.length).fill(0)
  let [at, rest] = [0, start]
  for (let k = shape.length - 1; k >= 0; k--) {
    index[k] = rest % shape[k]!
    rest = Math.floor(rest / shape[k]!)
    at += index[k]! * strides[k]!
  }
  for (let nth = 0; nth < end - start; nth++) {
    each(at, nth)
    for (let k = shape.length - 1; k >= 0; k--) {
      at += strides[k]!
      if (++index[k]! < shape[k]!) break
      at -= index[k]! * strides[k]!
      index[k] = 0
    }
  }
}
