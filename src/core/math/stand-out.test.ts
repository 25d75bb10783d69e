import { describe, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { standOut } from './stand-out.ts'

type Draw = (random: () => number) => number
const crowds: Record<string, Draw> = {
  'a power law': random => (1 - random()) ** (-1 / 3),
  exponentials: random => -Math.log(1 - random()),
  'lengths of normal rows': random => 10 + Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283185 * random()),
  'a bounded range': random => 1 + random(),
}

const crowdOf = (draw: Draw, count: number, seed: number): Float64Array => {
  const random = seeded(seed)
  return Float64Array.from({ length: count }, () => draw(random))
}

describe('standOut', () => {
  it.each(Object.keys(crowds))('names none of %s more often than its risk allows', name => {
    let named = 0
    for (let seed = 1; seed <= 200; seed++)
      if (standOut(crowdOf(crowds[name]!, 1500, seed), { most: 15, risk: 0.01 }).length > 0) named++
    // 200 draws at 1 %: more than 7 happen once in a hundred times.
    expect(named).toBeLessThanOrEqual(7)
  })

  it('names what stands clear, largest first, and nothing else', () => {
    const values = crowdOf(crowds['lengths of normal rows']!, 1500, 3)
    values[40] = 25
    values[900] = 30
    const found = standOut(values, { most: 15, risk: 0.001 })
    expect(found.map(each => each.index)).toEqual([900, 40])
    expect(found[0]!.times).toBeGreaterThan(2)
    expect(found[0]!.chance).toBeLessThan(1e-6)
  })

  it('is not misled by equal values, zeros, or too few', () => {
    expect(standOut(new Float64Array(500), { most: 5, risk: 0.01 })).toEqual([])
    expect(standOut(new Float64Array(500).fill(3), { most: 5, risk: 0.01 })).toEqual([])
    expect(standOut(Float64Array.of(1, 2, 100), { most: 5, risk: 0.01 })).toEqual([])
  })
})
