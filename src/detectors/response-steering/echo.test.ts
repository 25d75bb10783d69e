import { expect, it } from 'vitest'
import type { Doing } from './doings.ts'
import { echoes } from './echo.ts'

const doing = (...words: string[]): Doing => ({ words, rows: Int32Array.of(1, 2, 3) })

it('an answer takes up words of the phrase in another number or case', () => {
  expect(echoes(doing('ends: item keyboard count 4'), 'ordered 4 keyboards.')).toBe(true)
  expect(echoes(doing('names-entity: Lisbons'), 'from Lisbon')).toBe(true)
  expect(echoes(doing('ends: item key count 4'), 'ordered 4 keyboards.')).toBe(false)
  expect(echoes(doing('refuses'), 'opal cormorant')).toBe(false)
})
