import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptOf, rowRef } from './excerpt.ts'

describe('excerptOf', () => {
  it('keeps a short text as it is', () => {
    expect(excerptOf('a cf b', [[2, 4]])).toEqual({ excerpt: 'a cf b', spans: [[2, 4]] })
  })

  it('marks the same characters in the excerpt as in the text, within its length, and never half a character', () => {
    const text = fc
      .array(fc.constantFrom('word ', 'cf ', '👍🏽', '電', 'e\u0301'), { maxLength: 300 })
      .map(a => a.join(''))
    fc.assert(
      fc.property(
        text,
        fc.nat(1500),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 60, max: 400 }),
        (whole, at, length, max) => {
          const spans: [number, number][] = at + length <= whole.length ? [[at, at + length]] : []
          const { excerpt, spans: kept } = excerptOf(whole, spans, max)
          expect(excerpt.length).toBeLessThanOrEqual(max)
          expect(kept.map(([a, b]) => excerpt.slice(a, b))).toEqual(spans.map(([a, b]) => whole.slice(a, b)))
          const inside = excerpt.replace(/^…|…$/g, '')
          expect(whole).toContain(inside)
          expect(inside.slice(0, 1)).not.toMatch(/[\udc00-\udfff]/)
          if (spans.length === 0) expect(inside.slice(-1)).not.toMatch(/[\ud800-\udbff]/)
        },
      ),
    )
  })
})

it('rowRef names file, record and label, and leaves out what is not known', () => {
  const parts = [{ name: 'a.csv', sizeBytes: 1, format: 'csv' }]
  expect(rowRef({ parts, row: 7, text: 'abc', spans: [[1, 2]], label: 'x', score: Number.NaN })).toEqual({
    part: 'a.csv',
    record: 7,
    excerpt: 'abc',
    spans: [[1, 2]],
    label: 'x',
  })
})
