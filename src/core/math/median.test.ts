import { expect, test } from 'vitest'
import { seeded } from '../random.ts'
import { medianOf } from './median.ts'

test('the median is the one that sorting finds, ties and single values included', () => {
  const random = seeded(3)
  for (let size = 1; size < 300; size++) {
    const steps = 1 + Math.floor(random() * size)
    const values = Float64Array.from({ length: size }, () => Math.floor(random() * steps))
    expect(medianOf(values.slice())).toBe(values.slice().sort()[size >> 1])
  }
  expect(medianOf(new Float64Array(0))).toBe(0)
})
