import type { Bytes } from './bytes.ts'

/** Number types of tensors, with their bits. */
export const dtypeBits = {
  F64: 64,
  F32: 32,
  F16: 16,
  BF16: 16,
  F8_E4M3: 8,
  F8_E5M2: 8,
  I64: 64,
  I32: 32,
  I16: 16,
  I8: 8,
  U64: 64,
  U32: 32,
  U16: 16,
  U8: 8,
  BOOL: 8,
  C64: 64,
  C128: 128,
} as const
export type Dtype = keyof typeof dtypeBits

/** Number types by the names that NumPy writes, without the sign of the byte order. */
export const numpyDtypes: Readonly<Record<string, Dtype>> = {
  f8: 'F64',
  f4: 'F32',
  f2: 'F16',
  i8: 'I64',
  i4: 'I32',
  i2: 'I16',
  i1: 'I8',
  u8: 'U64',
  u4: 'U32',
  u2: 'U16',
  u1: 'U8',
  b1: 'BOOL',
  c8: 'C64',
  c16: 'C128',
}

/** A named array of numbers in a file. Read piece by piece; never held in memory whole. */
export interface Tensor {
  readonly name: string
  /** Null for quantised and other layouts that are not plain arrays. */
  readonly dtype: Dtype | null
  /** As the file names the type. */
  readonly stored: string
  readonly shape: readonly number[]
  /** Elements between neighbours by dimension; absent for row-major order. */
  readonly strides?: readonly number[]
  readonly bigEndian?: boolean
  /** The numbers as stored, `size` bytes. */
  readonly bytes: Bytes
  /** Place of the first byte in the bytes of the tensor's member; absent when the bytes were compressed or elsewhere. */
  readonly start?: number
}
