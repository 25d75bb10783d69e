import { describe, expect, it } from 'vitest'
import type { Dtype } from '../model/tensors.ts'
import { decoderOf, soundness } from './floats.ts'

function read(dtype: Dtype, bytes: readonly number[], count: number, bigEndian = false): number[] {
  const into = new Float64Array(count)
  decoderOf(dtype, bigEndian)(Uint8Array.from(bytes), into)
  return [...into]
}

const half = (bits: number): number => read('F16', [bits & 255, bits >> 8], 1)[0]!
const bfloat = (bits: number): number => read('BF16', [bits & 255, bits >> 8], 1)[0]!
const small = (dtype: 'F8_E4M3' | 'F8_E5M2', bits: number): number => read(dtype, [bits], 1)[0]!

describe('decoderOf', () => {
  it('reads half precision: ones, the largest, the smallest, what is no number', () => {
    expect([0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x8000].map(half)).toEqual([1, -2, 65504, 2 ** -24, 2 ** -14, -0])
    expect([half(0x7c00), half(0xfc00), half(0x7e00)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ])
  })

  it('reads bfloat as the upper half of a single', () => {
    for (const bits of [0x3f80, 0xbf81, 0x0001, 0x7f7f, 0x0080]) {
      const single = new Float32Array(new Uint32Array([bits << 16]).buffer)[0]
      expect(bfloat(bits)).toBe(single)
    }
  })

  it('reads both kinds of 8 bits', () => {
    expect([0x38, 0x7e, 0x01, 0x08].map(bits => small('F8_E4M3', bits))).toEqual([1, 448, 2 ** -9, 2 ** -6])
    expect(small('F8_E4M3', 0x7f)).toBeNaN()
    expect([0x3c, 0x7b, 0x01].map(bits => small('F8_E5M2', bits))).toEqual([1, 57344, 2 ** -16])
    expect(small('F8_E5M2', 0x7c)).toBe(Number.POSITIVE_INFINITY)
  })

  it('reads whole numbers with their sign, in both byte orders', () => {
    expect(read('I16', [0xfe, 0xff, 0x01, 0x00], 2)).toEqual([-2, 1])
    expect(read('I16', [0xff, 0xfe, 0x00, 0x01], 2, true)).toEqual([-2, 1])
    expect(read('I64', [0xfd, 255, 255, 255, 255, 255, 255, 255], 1)).toEqual([-3])
    expect(read('U64', [1, 0, 0, 0, 0, 0, 0, 0x80], 1)).toEqual([2 ** 63])
    expect(read('BOOL', [0, 1], 2)).toEqual([0, 1])
  })

  it('gives the real and the imaginary part of complex numbers', () => {
    const bytes = [...new Uint8Array(new Float32Array([1.5, -2]).buffer)]
    expect(read('C64', bytes, 2)).toEqual([1.5, -2])
    const turned = [...bytes.slice(0, 4).reverse(), ...bytes.slice(4).reverse()]
    expect(read('C64', turned, 2, true)).toEqual([1.5, -2])
  })

  it('reads from any place', () => {
    const room = new Uint8Array(9)
    room.set(new Uint8Array(new Float32Array([3, 4]).buffer), 1)
    const into = new Float64Array(2)
    decoderOf('F32')(room.subarray(1), into)
    expect([...into]).toEqual([3, 4])
  })
})

describe('soundness', () => {
  it.each(['F32', 'BF16', 'F16'] as const)('agrees with the numbers of %s, pattern by pattern', dtype => {
    const tell = soundness(dtype)!
    const width = dtype === 'F32' ? 4 : 2
    for (let high = 0; high < 65536; high += 1) {
      const pattern = width === 2 ? [high & 255, high >> 8] : [0xaa, 0x5f, high & 255, high >> 8]
      const value = Math.abs(read(dtype, pattern, 1)[0]!)
      // Of bfloat the pattern just below the bound counts as beyond it or not; the numbers decide.
      if (tell(Uint8Array.from(pattern))) expect(value, String(high)).toBeLessThanOrEqual(1.001e15)
      else expect(value <= 0.99e15, String(high)).toBe(false)
    }
  })

  it('leaves other types and big-endian ones to be read', () => {
    expect([soundness('F64'), soundness('F32', true), soundness('F8_E5M2')]).toEqual([null, null, null])
  })
})
