import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

describe('nearest', () => {
  const words = ['label-noise', 'spurious-token', 'drift', 'text']

  it('forgives a slip, a swap and a missing letter', () => {
    expect(nearest('lable-noise', words)).toBe('label-noise')
    expect(nearest('spurios-token', words)).toBe('spurious-token')
    expect(nearest('Drfit', words)).toBe('drift')
  })

  it('does not guess wildly', () => {
    expect(nearest('unrelated', words)).toBeNull()
    expect(nearest('x', words)).toBeNull()
    expect(nearest('tx', [])).toBeNull()
  })
})
