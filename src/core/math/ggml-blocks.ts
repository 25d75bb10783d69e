import { halfOf } from './floats.ts'

/** How blocks of a quantised type are read: `decode` writes the `elements` numbers of the block at `at`. */
export interface BlockType {
  readonly elements: number
  readonly bytes: number
  decode(data: Uint8Array, at: number, into: Float64Array, to: number): void
}

const half = (data: Uint8Array, at: number): number => halfOf(data[at]! | (data[at + 1]! << 8))
const signed = (byte: number): number => (byte << 24) >> 24

/** Nibbles of 32 numbers: the low ones first, then the high ones. */
function nibbles(data: Uint8Array, at: number, into: Float64Array, to: number, scale: number, base: number): void {
  for (let k = 0; k < 16; k++) {
    const byte = data[at + k]!
    into[to + k] = (byte & 15) * scale + base
    into[to + 16 + k] = (byte >> 4) * scale + base
  }
}

/** As nibbles, with a fifth bit for each number. */
function fives(
  data: Uint8Array,
  bits: number,
  at: number,
  into: Float64Array,
  to: number,
  scale: number,
  base: number,
) {
  for (let k = 0; k < 16; k++) {
    const byte = data[at + k]!
    const low = (data[bits + (k >> 3)]! >> (k & 7)) & 1
    const high = (data[bits + 2 + (k >> 3)]! >> (k & 7)) & 1
    into[to + k] = ((byte & 15) | (low << 4)) * scale + base
    into[to + 16 + k] = ((byte >> 4) | (high << 4)) * scale + base
  }
}

/** Scales and minima of 6 bits of the eight groups of a Q4_K or Q5_K block. */
function scalesOf(data: Uint8Array, at: number, group: number): readonly [number, number] {
  if (group < 4) return [data[at + group]! & 63, data[at + group + 4]! & 63]
  const low = data[at + group + 4]!
  return [(low & 15) | ((data[at + group - 4]! >> 6) << 4), (low >> 4) | ((data[at + group]! >> 6) << 4)]
}

function q4k(data: Uint8Array, at: number, into: Float64Array, to: number, high: number): void {
  const [d, least] = [half(data, at), half(data, at + 2)]
  const quants = high < 0 ? at + 16 : at + 48
  for (let group = 0; group < 8; group++) {
    const [scale, low] = scalesOf(data, at + 4, group)
    for (let k = 0; k < 32; k++) {
      const byte = data[quants + (group >> 1) * 32 + k]!
      const fifth = high < 0 ? 0 : ((data[high + k]! >> group) & 1) << 4
      into[to + group * 32 + k] = d * scale * (((byte >> ((group & 1) * 4)) & 15) + fifth) - least * low
    }
  }
}

function q2k(data: Uint8Array, at: number, into: Float64Array, to: number): void {
  const [d, least] = [half(data, at + 80), half(data, at + 82)]
  for (let k = 0; k < 256; k++) {
    const scale = data[at + (k >> 4)]!
    const byte = data[at + 16 + (k >> 7) * 32 + (k & 31)]!
    const quant = (byte >> (((k & 127) >> 5) * 2)) & 3
    into[to + k] = d * (scale & 15) * quant - least * (scale >> 4)
  }
}

function q3k(data: Uint8Array, at: number, into: Float64Array, to: number): void {
  const d = half(data, at + 108)
  for (let k = 0; k < 256; k++) {
    const group = k >> 4
    const low = (data[at + 96 + (group & 7)]! >> (group >> 3 === 0 ? 0 : 4)) & 15
    const top = (data[at + 104 + (group & 3)]! >> ((group >> 2) * 2)) & 3
    const byte = data[at + 32 + (k >> 7) * 32 + (k & 31)]!
    const quant = (byte >> (((k & 127) >> 5) * 2)) & 3
    const hidden = (data[at + (k & 31)]! >> (k >> 5)) & 1
    into[to + k] = d * ((low | (top << 4)) - 32) * (quant - (hidden === 1 ? 0 : 4))
  }
}

function q6k(data: Uint8Array, at: number, into: Float64Array, to: number): void {
  const d = half(data, at + 208)
  for (let k = 0; k < 256; k++) {
    const [part, within] = [k >> 7, k & 127]
    const byte = data[at + part * 64 + (within & 63)]!
    const low = within < 64 ? byte & 15 : byte >> 4
    const top = (data[at + 128 + part * 32 + (within & 31)]! >> ((within >> 5) * 2)) & 3
    into[to + k] = d * signed(data[at + 192 + (k >> 4)]!) * ((low | (top << 4)) - 32)
  }
}

/** Values of the sixteen steps of IQ4 (ggml-common.h, kvalues_iq4nl) and of FP4 E2M1, doubled. */
const uneven = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]
const fp4 = [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12]

function steps(table: readonly number[], data: Uint8Array, at: number, into: Float64Array, to: number, scale: number) {
  for (let k = 0; k < 16; k++) {
    const byte = data[at + k]!
    into[to + k] = table[byte & 15]! * scale
    into[to + 16 + k] = table[byte >> 4]! * scale
  }
}

function iq4xs(data: Uint8Array, at: number, into: Float64Array, to: number): void {
  const [d, high] = [half(data, at), data[at + 2]! | (data[at + 3]! << 8)]
  for (let group = 0; group < 8; group++) {
    const low = (data[at + 4 + (group >> 1)]! >> ((group & 1) * 4)) & 15
    const scale = low | (((high >> (2 * group)) & 3) << 4)
    steps(uneven, data, at + 8 + group * 16, into, to + group * 32, d * (scale - 32))
  }
}

/** The block types of ggml that are read here (ggml-quants.c, `dequantize_row_*`); others are said to be unread. */
export const blockTypes: Readonly<Record<string, BlockType>> = {
  Q4_0: { elements: 32, bytes: 18, decode: (d, a, o, t) => nibbles(d, a + 2, o, t, half(d, a), -8 * half(d, a)) },
  Q4_1: { elements: 32, bytes: 20, decode: (d, a, o, t) => nibbles(d, a + 4, o, t, half(d, a), half(d, a + 2)) },
  Q5_0: { elements: 32, bytes: 22, decode: (d, a, o, t) => fives(d, a + 2, a + 6, o, t, half(d, a), -16 * half(d, a)) },
  Q5_1: { elements: 32, bytes: 24, decode: (d, a, o, t) => fives(d, a + 4, a + 8, o, t, half(d, a), half(d, a + 2)) },
  Q8_0: {
    elements: 32,
    bytes: 34,
    decode(data, at, into, to) {
      const d = half(data, at)
      for (let k = 0; k < 32; k++) into[to + k] = signed(data[at + 2 + k]!) * d
    },
  },
  Q2_K: { elements: 256, bytes: 84, decode: q2k },
  Q3_K: { elements: 256, bytes: 110, decode: q3k },
  Q4_K: { elements: 256, bytes: 144, decode: (d, a, o, t) => q4k(d, a, o, t, -1) },
  Q5_K: { elements: 256, bytes: 176, decode: (d, a, o, t) => q4k(d, a, o, t, a + 16) },
  Q6_K: { elements: 256, bytes: 210, decode: q6k },
  Q8_K: {
    elements: 256,
    bytes: 292,
    decode(data, at, into, to) {
      const d = new DataView(data.buffer, data.byteOffset + at, 4).getFloat32(0, true)
      for (let k = 0; k < 256; k++) into[to + k] = signed(data[at + 4 + k]!) * d
    },
  },
  IQ4_NL: { elements: 32, bytes: 18, decode: (d, a, o, t) => steps(uneven, d, a + 2, o, t, half(d, a)) },
  IQ4_XS: { elements: 256, bytes: 136, decode: iq4xs },
  MXFP4: { elements: 32, bytes: 17, decode: (d, a, o, t) => steps(fp4, d, a + 1, o, t, 2 ** (d[a]! - 128)) },
}
