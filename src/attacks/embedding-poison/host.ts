import { decoderOf, dtypeBits } from '../../core/index.ts'

/** A number type that rows can be written in. */
type Real = 'F32' | 'F16' | 'BF16'

/** The embedding of a safetensors file. */
export interface Host {
  readonly rows: number
  readonly columns: number
  read(row: number): Float64Array
  /** Writes into `data`, a copy of the file. */
  write(data: Uint8Array, row: number, values: Float64Array): void
}

const isReal = (dtype: unknown): dtype is Real => dtype === 'F32' || dtype === 'F16' || dtype === 'BF16'
/** Fewer rows are no vocabulary. */
const least = { rows: 64, columns: 8 }

interface Entry {
  readonly name: string
  readonly dtype: Real
  readonly rows: number
  readonly columns: number
  readonly start: number
}

/** Finds the matrix that is called an embedding, else the one with the most rows; null when there is none. */
export function hostOf(data: Uint8Array): Host | null {
  const entries = entriesOf(data).filter(({ rows, columns }) => rows >= least.rows && columns >= least.columns)
  const tall = [...entries].sort((a, b) => b.rows - a.rows)
  const chosen = tall.find(({ name }) => /emb|wte|shared/i.test(name) && !/pos/i.test(name)) ?? tall[0]
  if (!chosen) return null
  const { rows, columns, dtype, start } = chosen
  const width = (columns * dtypeBits[dtype]) / 8
  const decode = decoderOf(dtype)
  return {
    rows,
    columns,
    read(row) {
      const values = new Float64Array(columns)
      decode(data.slice(start + row * width, start + (row + 1) * width), values)
      return values
    },
    write: (into, row, values) => into.set(encoded(values, dtype), start + row * width),
  }
}

function entriesOf(data: Uint8Array): Entry[] {
  if (data.length < 10 || data[8] !== 0x7b) return []
  const length = Number(new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0, true))
  if (!(8 + length <= data.length)) return []
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder().decode(data.subarray(8, 8 + length)))
  } catch {
    return []
  }
  if (typeof header !== 'object' || header === null) return []
  return Object.entries(header).flatMap(([name, value]) => entryOf(name, value, 8 + length, data.length) ?? [])
}

function entryOf(name: string, value: unknown, at: number, size: number): Entry | null {
  if (typeof value !== 'object' || value === null || !('dtype' in value && 'shape' in value && 'data_offsets' in value))
    return null
  const { dtype, shape, data_offsets: place } = value
  if (!isReal(dtype) || !isPair(shape) || !isPair(place)) return null
  const [rows, columns] = shape
  const start = at + place[0]
  return start + (rows * columns * dtypeBits[dtype]) / 8 <= size ? { name, dtype, rows, columns, start } : null
}

const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(n => Number.isSafeInteger(n) && n >= 0)

function encoded(values: Float64Array, dtype: Real): Uint8Array {
  const singles = Float32Array.from(values)
  if (dtype === 'F32') return new Uint8Array(singles.buffer)
  const bits = new Uint32Array(singles.buffer)
  return new Uint8Array(Uint16Array.from(bits, dtype === 'F16' ? halfOfSingle : bfloatOfSingle).buffer)
}

const bfloatOfSingle = (bits: number): number => (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16

/** Rounds to half precision; what is too small becomes zero, what is too large the largest number. */
function halfOfSingle(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const rounded = (bits & 0x7fffffff) + 0x1000
  const exponent = (rounded >>> 23) - 112
  if (exponent <= 0) return sign
  return sign | (exponent > 30 ? 0x7bff : (exponent << 10) | ((rounded >>> 13) & 0x3ff))
}
