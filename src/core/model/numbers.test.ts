import { describe, expect, it } from 'vitest'
import { memoryBytes } from './bytes.ts'
import { momentsOf } from './moments.ts'
import { type Numbers, numbersOf } from './numbers.ts'
import type { Tensor } from './tensors.ts'

function tensorOf(values: readonly number[], more: Partial<Tensor> = {}): Tensor {
  const bytes = memoryBytes(new Uint8Array(Float32Array.from(values).buffer))
  return { name: 't', dtype: 'F32', stored: 'F32', shape: [values.length], bytes, ...more }
}

function numbers(tensor: Tensor): Numbers {
  const found = numbersOf(tensor)
  if (typeof found === 'string') throw new Error(found)
  return found
}

const all = (tensor: Tensor): number[] => {
  const found = numbers(tensor)
  return [...found.read(0, found.count)]
}

describe('numbersOf', () => {
  it('reads pieces of rows', () => {
    expect([...numbers(tensorOf([1, 2, 3, 4], { shape: [2, 2] })).read(1, 3)]).toEqual([2, 3])
  })

  it('puts columns in rows', () => {
    const columns = tensorOf([1, 2, 3, 4, 5, 6], { shape: [2, 3], strides: [1, 2] })
    expect(all(columns)).toEqual([1, 3, 5, 2, 4, 6])
    expect([...numbers(columns).read(2, 5)]).toEqual([5, 2, 4])
  })

  it('reads the same numbers for a stride of zero', () => {
    expect(all(tensorOf([7], { shape: [2, 2], strides: [0, 0] }))).toEqual([7, 7, 7, 7])
  })

  it('reads a part of quantised blocks', () => {
    const block = new Uint8Array(68)
    block.set([0, 0x3c, 1, 2, 3])
    block.set([0, 0x40, 4, 5, 6], 34)
    const bytes = memoryBytes(block)
    const quantised = tensorOf([], { dtype: null, stored: 'Q8_0', shape: [2, 32], bytes })
    expect([...numbers(quantised).read(1, 3)]).toEqual([2, 3])
    expect([...numbers(quantised).read(31, 34)]).toEqual([0, 8, 10])
  })

  it('says why numbers cannot be read', () => {
    expect(numbersOf(tensorOf([1], { shape: [2] }))).toMatch(/fewer/)
    expect(numbersOf(tensorOf([1], { shape: [2 ** 40, 2 ** 40] }))).toMatch(/counted/)
    expect(numbersOf(tensorOf([1], { dtype: null, stored: 'IQ1_S' }))).toMatch(/IQ1_S/)
    expect(numbersOf(tensorOf([1, 2], { shape: [2, 2], strides: [2, 1] }))).toMatch(/fewer/)
    expect(numbersOf(tensorOf([1], { shape: [2 ** 30], strides: [2 ** 22] }))).toMatch(/fewer|large/)
  })
})

describe('momentsOf', () => {
  it('measures what it reads, and counts what no weight can be', () => {
    const strange = [Number.NaN, Number.POSITIVE_INFINITY, 1e30]
    const found = momentsOf(numbers(tensorOf([1, -1, 0, 3, ...strange])))
    expect(found).toMatchObject({
      count: 7,
      weighed: 4,
      nan: 1,
      infinite: 1,
      absurd: 1,
      zeros: 1,
      largest: 3,
      worst: 4,
    })
    expect(found.mean).toBeCloseTo(0.75)
    expect(found.size).toBeCloseTo(Math.sqrt(11 / 4))
    expect(found.deviation).toBeCloseTo(Math.sqrt(11 / 4 - 0.75 ** 2))
  })

  it('finds a single broken number in a large tensor', () => {
    const values = new Array<number>(300_000).fill(0.5)
    values[299_998] = Number.NaN
    const found = momentsOf(numbers(tensorOf(values)))
    expect([found.nan, found.worst, found.count]).toEqual([1, 299_998, 300_000])
    expect(found.size).toBeCloseTo(0.5)
  })
})
