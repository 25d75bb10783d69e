import type { Dtype } from '../../core/index.ts'

/** How a number type of GGUF is stored: elements and bytes of a block. */
export interface GgmlType {
  readonly name: string
  readonly elements: number
  readonly bytes: number
  readonly dtype: Dtype | null
}

const plain = (name: Dtype, bytes: number): GgmlType => ({ name, elements: 1, bytes, dtype: name })
const blocks = (name: string, elements: number, bytes: number): GgmlType => ({ name, elements, bytes, dtype: null })

/** Number types by their id in tensor infos (ggml.h, `enum ggml_type`). */
export const ggmlTypes: Readonly<Record<number, GgmlType>> = {
  0: plain('F32', 4),
  1: plain('F16', 2),
  2: blocks('Q4_0', 32, 18),
  3: blocks('Q4_1', 32, 20),
  6: blocks('Q5_0', 32, 22),
  7: blocks('Q5_1', 32, 24),
  8: blocks('Q8_0', 32, 34),
  9: blocks('Q8_1', 32, 36),
  10: blocks('Q2_K', 256, 84),
  11: blocks('Q3_K', 256, 110),
  12: blocks('Q4_K', 256, 144),
  13: blocks('Q5_K', 256, 176),
  14: blocks('Q6_K', 256, 210),
  15: blocks('Q8_K', 256, 292),
  16: blocks('IQ2_XXS', 256, 66),
  17: blocks('IQ2_XS', 256, 74),
  18: blocks('IQ3_XXS', 256, 98),
  19: blocks('IQ1_S', 256, 50),
  20: blocks('IQ4_NL', 32, 18),
  21: blocks('IQ3_S', 256, 110),
  22: blocks('IQ2_S', 256, 82),
  23: blocks('IQ4_XS', 256, 136),
  24: plain('I8', 1),
  25: plain('I16', 2),
  26: plain('I32', 4),
  27: plain('I64', 8),
  28: plain('F64', 8),
  29: blocks('IQ1_M', 256, 56),
  30: plain('BF16', 2),
  31: blocks('Q4_0_4_4', 32, 18),
  32: blocks('Q4_0_4_8', 32, 18),
  33: blocks('Q4_0_8_8', 32, 18),
  34: blocks('TQ1_0', 256, 54),
  35: blocks('TQ2_0', 256, 66),
  36: blocks('IQ4_NL_4_4', 32, 18),
  37: blocks('IQ4_NL_4_8', 32, 18),
  38: blocks('IQ4_NL_8_8', 32, 18),
  39: blocks('MXFP4', 32, 17),
  40: blocks('NVFP4', 64, 36),
  41: blocks('Q1_0', 128, 18),
}

/** Bytes of one metadata value by its kind; texts (8) and lists (9) have their own length. */
export const valueBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
}
export const textKind = 8
export const listKind = 9
