import { seeded } from '../../../src/core/index.ts'

/** A tensor to be written. */
export interface Written {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype?: 'F32' | 'F16' | 'BF16'
  readonly values: Float64Array
}

/** Normal numbers from a seed. */
export function normals(count: number, seed: number, deviation = 1): Float64Array {
  const random = seeded(seed)
  return Float64Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    return deviation * radius * Math.cos(2 * Math.PI * random())
  })
}

/** A safetensors file of real numbers, in the order given. */
export function tensorFile(tensors: readonly Written[]): Uint8Array {
  const parts = tensors.map(encoded)
  let at = 0
  const entries = tensors.map(({ name, shape, dtype = 'F32' }, k) => {
    const start = at
    at += parts[k]!.length
    return [name, { dtype, shape, data_offsets: [start, at] }]
  })
  const json = JSON.stringify(Object.fromEntries(entries))
  const head = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ')
  head.writeBigUInt64LE(BigInt(head.length - 8), 0)
  head.write(json, 8)
  return new Uint8Array(Buffer.concat([head, ...parts]))
}

function encoded({ dtype = 'F32', values }: Written): Uint8Array {
  const singles = Float32Array.from(values)
  const bits = new Uint32Array(singles.buffer)
  if (dtype === 'F32') return new Uint8Array(singles.buffer)
  return new Uint8Array(Uint16Array.from(bits, dtype === 'BF16' ? b => b >>> 16 : halfBits).buffer)
}

/** Half precision, cut off; infinities and NaN stay. */
export function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = ((bits >>> 23) & 0xff) - 112
  if (exponent >= 0x8f) return sign | ((bits & 0x7fffff) === 0 ? 0x7c00 : 0x7e00)
  return exponent <= 0 ? sign : sign | Math.min(0x7bff, (exponent << 10) | ((bits >>> 13) & 0x3ff))
}

/** Blocks of Q8_0: a half and 32 signed bytes. */
export function q8(values: Float64Array): Uint8Array {
  const out = Buffer.alloc((values.length / 32) * 34)
  for (let block = 0; block * 32 < values.length; block++) {
    const part = values.subarray(block * 32, block * 32 + 32)
    const scale = Math.max(...part.map(Math.abs)) / 127 || 1e-6
    out.writeUInt16LE(halfBits(new Uint32Array(Float32Array.of(scale).buffer)[0]!), block * 34)
    part.forEach((x, k) => {
      out.writeInt8(Math.max(-127, Math.min(127, Math.round(x / scale))), block * 34 + 2 + k)
    })
  }
  return new Uint8Array(out)
}

/** How the rows of an honest embedding differ. */
export interface Vocabulary {
  readonly rows: number
  readonly columns: number
  readonly seed: number
  /** Spread of the logarithm of the lengths; frequent tokens are shorter. */
  readonly spread?: number
  /** Tokens that were never trained, near one another. */
  readonly untrained?: number
  /** Rows of zeros at the end. */
  readonly padding?: number
}

/** An embedding as training leaves it: a common direction, a few topics, lengths that vary, and rows that nobody used. */
export function embedding({
  rows,
  columns,
  seed,
  spread = 0.15,
  untrained = 0,
  padding = 0,
}: Vocabulary): Float64Array {
  const noise = normals(rows * columns, seed)
  const topics = normals(8 * columns, seed + 1)
  const mix = normals(rows * 8, seed + 2, 0.5)
  const lengths = normals(rows, seed + 3, spread)
  const values = new Float64Array(rows * columns)
  for (let row = 0; row < rows - padding; row++) {
    const isUntrained = row >= 5 && row < 5 + untrained
    const own = isUntrained ? 0 : 8
    for (let d = 0; d < columns; d++) {
      let x = noise[row * columns + d]! * (isUntrained ? 0.02 : 1)
      for (let t = 0; t < own; t++) x += mix[row * 8 + t]! * topics[t * columns + d]!
      values[row * columns + d] = 0.02 * (x * Math.exp(lengths[row]!) + 0.5 * topics[d]!)
    }
  }
  return values
}

/** Matrices of repeated layers that drift from the first to the last, with a louder first one. */
export function layers(count: number, side: number, seed: number): Written[] {
  return Array.from({ length: count }, (_, layer) =>
    ['self_attn.q_proj', 'mlp.down_proj'].map((part, k) => ({
      name: `model.layers.${layer}.${part}.weight`,
      shape: [side, side],
      values: normals(side * side, seed + layer * 2 + k, 0.02 * (1 + layer / count) * (layer === 0 ? 2 : 1)),
    })),
  ).flat()
}
