import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addHour, emptyHours, latestOf, mergeHours } from './latest.ts'

const day = 86_400_000
const gather = (times: readonly number[]) => {
  const hours = emptyHours()
  for (const time of times) addHour(hours, time)
  return hours
}

test('the last moment is the latest one', () => {
  expect(latestOf(gather([5 * day, 9 * day, 7 * day]))).toEqual({ at: 9 * day, doubted: 0 })
  expect(latestOf(emptyHours())).toEqual({ at: null, doubted: 0 })
})

test('one row in a thousand with a clock years ahead does not set it; one in ten does', () => {
  const usual = Array.from({ length: 2000 }, (_, i) => i * 60_000)
  const latest = usual.at(-1)!
  expect(latestOf(gather([...usual, 900 * day, 9000 * day]))).toEqual({ at: latest, doubted: 2 })
  expect(latestOf(gather([...usual.slice(0, 9), 900 * day])).at).toBe(900 * day)
  expect(latestOf(gather([...usual, latest + 3 * day])).at).toBe(latest + 3 * day)
})

test('parts merge to the whole, and more hours than are kept change nothing about the last', () => {
  const times = fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 400 })
  fc.assert(
    fc.property(times, times, (a, b) => {
      const [x, y] = [a, b].map(list => list.map(hour => hour * 3_600_000))
      expect(latestOf(mergeHours(gather(x!), gather(y!)))).toEqual(latestOf(gather([...x!, ...y!])))
    }),
  )
  const many = Array.from({ length: 20_000 }, (_, i) => i * 3_600_000)
  const whole = gather(many)
  expect(whole.bins.size).toBeLessThanOrEqual(8192)
  expect(latestOf(mergeHours(gather(many.slice(9000)), gather(many.slice(0, 9000))))).toEqual(latestOf(whole))
})
