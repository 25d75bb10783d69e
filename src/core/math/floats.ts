import { type Dtype, dtypeBits } from '../model/tensors.ts'

/** Writes the numbers of `bytes` into `into`; both hold equally many. */
export type Decoder = (bytes: Uint8Array, into: Float64Array) => void

/** Value of every pattern of 16 or 8 bits. */
type Patterns = Float64Array

/** A floating-point pattern: 1 sign bit, then the exponent, then the fraction. */
interface Layout {
  readonly exponent: number
  readonly fraction: number
  /** E4M3 has no infinity, and NaN in one pattern of each sign alone (OCP 8-bit floating point, 2023). */
  readonly finite?: boolean
}

const layouts = {
  F16: { exponent: 5, fraction: 10 },
  BF16: { exponent: 8, fraction: 7 },
  F8_E5M2: { exponent: 5, fraction: 2 },
  F8_E4M3: { exponent: 4, fraction: 3, finite: true },
} as const satisfies Partial<Record<Dtype, Layout>>

function floatOf(bits: number, { exponent, fraction, finite = false }: Layout): number {
  const sign = bits >> (exponent + fraction) === 0 ? 1 : -1
  const power = (bits >> fraction) & (2 ** exponent - 1)
  const rest = bits & (2 ** fraction - 1)
  const bias = 2 ** (exponent - 1) - 1
  if (power === 2 ** exponent - 1 && (!finite || rest === 2 ** fraction - 1))
    return !finite && rest === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  const scaled = rest / 2 ** fraction
  return sign * (power === 0 ? scaled * 2 ** (1 - bias) : (1 + scaled) * 2 ** (power - bias))
}

const made = new Map<string, Patterns>()

function patternsOf(dtype: keyof typeof layouts): Patterns {
  const known = made.get(dtype)
  if (known) return known
  const patterns = Float64Array.from({ length: 2 ** dtypeBits[dtype] }, (_, bits) => floatOf(bits, layouts[dtype]))
  made.set(dtype, patterns)
  return patterns
}

/** The value of a half-precision pattern. */
export const halfOf = (bits: number): number => patternsOf('F16')[bits]!

type Numbers =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
type View = new (buffer: ArrayBuffer, offset: number, length: number) => Numbers

const views: Partial<Record<Dtype, View>> = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
}

/** Bytes that a typed array of `width` can stand on: copied when they are not aligned. */
const aligned = (bytes: Uint8Array, width: number): Uint8Array =>
  bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes)

/** The same bytes, each group of `width` turned around. */
function turned(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes)
  for (let at = 0; at + width <= out.length; at += width) out.subarray(at, at + width).reverse()
  return out
}

/** Numbers in one element: a complex one is two. */
export const partsOf = (dtype: Dtype): number => (dtype === 'C64' || dtype === 'C128' ? 2 : 1)

/** How plain numbers of a type are read. A complex number gives its real and its imaginary part. */
export function decoderOf(dtype: Dtype, bigEndian = false): Decoder {
  const width = dtypeBits[dtype] / 8 / partsOf(dtype)
  const read = littleEndian(dtype, width)
  return bigEndian && width > 1 ? (bytes, into) => read(turned(bytes, width), into) : read
}

function littleEndian(dtype: Dtype, width: number): Decoder {
  if (dtype === 'F16' || dtype === 'BF16' || dtype === 'F8_E4M3' || dtype === 'F8_E5M2') {
    const patterns = patternsOf(dtype)
    const Bits = width === 2 ? Uint16Array : Uint8Array
    return (bytes, into) => {
      const { buffer, byteOffset } = aligned(bytes, width)
      const bits = new Bits(buffer as ArrayBuffer, byteOffset, into.length)
      for (let k = 0; k < into.length; k++) into[k] = patterns[bits[k]!]!
    }
  }
  if (dtype === 'I64' || dtype === 'U64') {
    const Wide = dtype === 'I64' ? BigInt64Array : BigUint64Array
    return (bytes, into) => {
      const { buffer, byteOffset } = aligned(bytes, 8)
      const wide = new Wide(buffer as ArrayBuffer, byteOffset, into.length)
      for (let k = 0; k < into.length; k++) into[k] = Number(wide[k])
    }
  }
  const View = views[dtype] ?? (dtype === 'C64' ? Float32Array : Float64Array)
  return (bytes, into) => {
    const { buffer, byteOffset } = aligned(bytes, width)
    into.set(new View(buffer as ArrayBuffer, byteOffset, into.length))
  }
}

/** Patterns without their sign above which a number is larger than 10^15, infinite or none. */
const highest = { F32: 0x58635fa9, BF16: 0x5863, F16: 0x7bff } as const

/** Tells, without reading the numbers, that none of them is beyond 10^15; null for types that must be read. */
export function soundness(dtype: Dtype, bigEndian = false): ((bytes: Uint8Array) => boolean) | null {
  if (bigEndian || !(dtype === 'F32' || dtype === 'BF16' || dtype === 'F16')) return null
  const most = highest[dtype]
  const [Bits, width, unsigned] =
    dtype === 'F32' ? ([Uint32Array, 4, 0x7fffffff] as const) : ([Uint16Array, 2, 0x7fff] as const)
  return bytes => {
    const { buffer, byteOffset, length } = aligned(bytes, width)
    const bits = new Bits(buffer as ArrayBuffer, byteOffset, length / width)
    for (let k = 0; k < bits.length; k++) if ((bits[k]! & unsigned) > most) return false
    return true
  }
}
