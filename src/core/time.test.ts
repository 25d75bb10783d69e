import { expect, it } from 'vitest'
import { timeOf } from './time.ts'

it.each([
  ['2024-03-04', Date.UTC(2024, 2, 4)],
  ['2024-03-04 05:06', Date.UTC(2024, 2, 4, 5, 6)],
  ['2024-03-04T05:06:07.5+02:00', Date.UTC(2024, 2, 4, 3, 6, 7, 500)],
  ['2024-03-04 05:06:07 UTC', Date.UTC(2024, 2, 4, 5, 6, 7)],
  [1709510400, 1709510400000],
  ['1709510400123', 1709510400123],
  [1709510400123456, 1709510400123],
  ['2024-13-04', null],
  ['yesterday', null],
  [12, null],
  [null, null],
])('reads %j as %j', (cell, ms) => {
  expect(timeOf(cell)).toBe(ms)
})
