import { expect, test } from 'vitest'
import { momentIn } from './moment.ts'

test('a day or a moment with its zone is one', () => {
  expect(momentIn('2026-01-31')).toBe(Date.UTC(2026, 0, 31))
  expect(momentIn('2024-02-29T12:00:00.5+01:00')).toBe(Date.UTC(2024, 1, 29, 11, 0, 0, 500))
  expect(momentIn('2024-02-29T12:00Z')).toBe(Date.UTC(2024, 1, 29, 12))
  expect(momentIn('2024-02-29T12:00:00-0130')).toBe(Date.UTC(2024, 1, 29, 13, 30))
})

test.each([
  '',
  'yesterday',
  '2026-02-29',
  '2026-02-31T00:00:00Z',
  '2026-04-31',
  '2026-13-01',
  '2026-01-01T00:00:00',
  '2026-01-01T25:00:00Z',
  '2026-1-1',
  '20260101',
  '9999-12-31T23:59:59-14:00',
  '0000-01-01T00:00:00+14:00',
  ' 2026-01-01',
])('"%s" is none', text => expect(momentIn(text)).toBeNull())
