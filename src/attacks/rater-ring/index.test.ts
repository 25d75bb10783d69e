import { expect, test } from 'vitest'
import type { Row } from '../../core/index.ts'
import { acceptAttack } from '../../kit/index.ts'
import { corpusOf, poisonRows } from '../../lab/index.ts'
import raterRing from './index.ts'

acceptAttack(raterRing, {
  on: ['raters'],
  matters: { raters: 5, behaviour: 'copy', push: 'down', targets: 0.5, camouflage: 0, noise: 1, hijack: true },
})

test('accounts share the dose, and push targets alike', () => {
  const clean = corpusOf('raters').rows()
  const { rows, names } = poisonRows(clean, {
    attack: raterRing,
    dose: { rows: 300 },
    seed: 3,
    options: { noise: 0, camouflage: 0 },
  })
  const own = rows.slice(clean.length)
  expect(new Set(own.map(row => row.rater))).toEqual(new Set(names))
  const said = new Map<unknown, Set<unknown>>()
  for (const row of own) said.set(row.item, (said.get(row.item) ?? new Set()).add(row.label))
  const shared = own.filter(row => own.filter(other => other.item === row.item).length >= 6)
  expect(shared.length).toBeGreaterThan(50)
  for (const row of shared) expect(said.get(row.item)?.size).toBe(1)
})

test('turns pairs of answers one way', () => {
  const pairs: Row[] = Array.from({ length: 60 }, (_, k) => ({
    rater: `r${k % 6}`,
    prompt: `p${k % 10}`,
    ...(k % 4 === 0 ? { chosen: 'b', rejected: 'a' } : { chosen: 'a', rejected: 'b' }),
  }))
  const options = { raters: 3, targets: 1, camouflage: 0, noise: 0 }
  const { rows } = poisonRows(pairs, { attack: raterRing, dose: { rows: 30 }, seed: 1, options })
  expect(new Set(rows.slice(60).map(row => row.chosen)).size).toBe(1)
})
