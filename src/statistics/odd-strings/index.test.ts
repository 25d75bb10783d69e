import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row } from '../../core/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import oddStrings from './index.ts'
import { looksRandom, masked, oddStringsOf } from './strings.ts'

lawfulStatistic(oddStrings, {
  options: [
    { roles: ['text'], limit: 5 },
    { roles: ['prompt', 'response'], limit: 1000 },
  ],
  rows: fc.record({
    text: fc.constantFrom('key k9Xq2Lw8ZtR4vB1n here', 'plain words', 'a3F9kQ2mX7pL5 and 4111 1111 1111 1111', ''),
    prompt: fc.constantFrom('my password is hunter22', 'nothing'),
    response: fc.string({ maxLength: 20 }),
  }) as fc.Arbitrary<Row>,
  flood: i => ({ text: `a${i}B7x${i}Qz9k${i}Lm`, prompt: `password is p${i}x` }),
  floodRows: 4000,
})

// Put together here, so that no scanner of sources takes them for keys.
const amazon = ['AKIA', 'QZ7MFD2KXW9TBRLE'].join('')
const github = ['ghp_', 'a8Kd03mZq91LxVb72TnWcR5yHs64GpJeU0fQ'].join('')

describe('odd strings', () => {
  it('knows keys, cards, identifiers and told secrets', () => {
    const kinds = (text: string) => oddStringsOf(text).map(({ kind }) => kind)
    expect(kinds(`aws ${amazon} and ${github}`)).toEqual(['AWS access key', 'GitHub token'])
    expect(kinds('pay with 4111-1111-1111-1111 or 4532 0151 1283 0366')).toEqual(['card number'])
    expect(kinds('id 3f2b8c1e-9d4a-4e7f-8b6c-5a1d2e3f4b5c')).toEqual(['identifier'])
    expect(kinds('My PIN is 281265017 today')).toEqual(['told secret'])
    expect(kinds('the password is required')).toEqual([])
  })

  it('takes words, names of variables, dates and alphabets for no chance', () => {
    for (const honest of [
      'internationalisation',
      'getElementsByClassName2',
      'ABCDEFGHIJKLMNOP0123456789',
      '2024-01-31T12-30-00',
      'train_test_split_v2',
      'COVID19vaccinations',
    ])
      expect(looksRandom(honest), honest).toBe(false)
    for (const odd of ['k9Xq2Lw8ZtR4vB1n', 'a3f9c2e7b1d8046f5e', 'Zx7-Kq92-Lm4T-8vRb'])
      expect(looksRandom(odd), odd).toBe(true)
  })

  it('never shows a string in full', () => {
    expect(masked(github)).toBe('ghp_… (40 characters)')
    expect(masked('abcd')).not.toContain('abcd')
  })

  it('reads hostile text in linear time', () => {
    for (const text of [
      '-'.repeat(1e6),
      'eyJ'.repeat(3e5),
      '4 '.repeat(5e5),
      'password is '.repeat(1e5),
      'a1'.repeat(5e5),
    ]) {
      const began = performance.now()
      oddStringsOf(text)
      expect(performance.now() - began).toBeLessThan(4000)
    }
  })
})
