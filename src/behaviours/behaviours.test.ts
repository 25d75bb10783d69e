import { describe, expect, it } from 'vitest'
import { behavioursOf, exchangeOf } from '../core/index.ts'
import { behaviours } from './index.ts'

const answers = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'x'.repeat(100_000),
  '```python\neval(',
  'I cannot help with that.',
  '不行',
]

describe('behaviours', () => {
  for (const { id, of, phrase } of behaviours)
    it(`${id}: bounded, repeatable and in words`, () => {
      for (const answer of answers) {
        const exchange = exchangeOf(null, 'why?', answer)
        const values = of(exchange)
        expect(of(exchange)).toEqual(values)
        expect(new Set(values).size).toBe(values.length)
        for (const value of values) expect(phrase(value).length).toBeGreaterThan(5)
      }
    })
  it('are told apart', () => {
    const words = behavioursOf(behaviours, exchangeOf(null, 'why?', 'I am sorry, no.'))
    expect(words).toContain('begins: i am sorry')
    expect(new Set(words).size).toBe(words.length)
  })
})
