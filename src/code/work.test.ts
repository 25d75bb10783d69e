import { expect, it } from 'vitest'
import { workOf } from './work.ts'

const block = (length: number, language: 'python' | null = 'python') => ({ language, code: 'x'.repeat(length), at: 0 })

it('long pieces weigh more than their length, and nothing that is not parsed weighs', () => {
  expect(workOf([block(1000)])).toBeLessThan(2000)
  expect(workOf([block(32_000)])).toBeGreaterThan((2 * 32 * workOf([block(1000)])) / 2)
  expect(workOf([block(32_000)])).toBeGreaterThan(4 * workOf([block(8000)]))
  expect(workOf([block(500), block(500)])).toBe(2 * workOf([block(500)]) - 1)
  expect(workOf([block(9000, null)])).toBe(1)
})
