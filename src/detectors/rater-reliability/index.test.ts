import { expect, test } from 'vitest'
import raterRing from '../../attacks/rater-ring/index.ts'
import { hashString, type Row } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import { judgeRows, poisonRows, pool } from '../../lab/index.ts'
import raterReliability from './index.ts'

/** Raters of 60 questions with an answer, in which few err; `odd` may vote otherwise. */
function rated(odd: (rater: string, item: number, truth: number) => number | null, split?: string): Row[] {
  const rows: Row[] = []
  for (let r = 0; r < 12; r++)
    for (let item = 0; item < 60; item++) {
      const truth = item % 2
      const slip = (item * 7 + r * 13) % 17 === 0 ? 1 - truth : truth
      rows.push({ rater: `r${r}`, item: `q${item}`, label: odd(`r${r}`, item, truth) ?? slip })
    }
  if (split) for (let item = 0; item < 20; item++) rows.push({ rater: 'x', item: `q${item}`, label: item % 2, split })
  return rows
}

/** Seven who know what the others only guess. */
const knowing = (): Row[] => rated((r, item) => (Number(r.slice(1)) > 6 ? hashString(`${r} ${item}`) & 1 : null))

accept(raterReliability, {
  clean: ['raters'],
  caught: [
    { attack: 'rater-ring', on: 'raters', dose: { rows: 400 }, seeds: [1], recall: 0.9, precision: 0.95, named: true },
  ],
  missed: [
    {
      attack: 'rater-ring',
      on: 'raters',
      options: { noise: 0.5 },
      dose: { rows: 400 },
      seeds: [1],
      because: 'accounts that stray half the time leave hardly a common voice',
    },
  ],
  matters: { risk: 1e-12, alike: 500, gold: 'truth' },
  examples: [
    {
      name: 'a rater who says the opposite',
      rows: rated((r, _, t) => (r === 'r3' ? 1 - t : null)),
      finds: ['inverted'],
    },
    { name: 'a rater who always says the same', rows: rated(r => (r === 'r3' ? 1 : null)), finds: ['constant'] },
    {
      name: 'a rater who votes without looking',
      rows: rated((r, item) => (r === 'r3' ? (item >> 1) % 2 : null)),
      finds: ['random'],
    },
    {
      name: 'a rater who fails curated ratings',
      rows: rated((r, item, t) => (r === 'r3' && item < 10 ? 1 - t : null), 'gold'),
      finds: ['fails-gold'],
    },
    {
      name: 'a taste and a school in an honest pool',
      rows: pool({ raters: 95, items: 120, each: 120, scale: 'stars' }, 5).rows,
      finds: ['taste', 'taste'],
    },
    { name: 'knowing raters among guessing ones', rows: knowing(), finds: ['random'] },
  ],
})

test('tells a ring from an honest minority in a dense pool', async () => {
  const { rows, manners } = pool({ raters: 95, items: 120, each: 120, scale: 'stars' }, 5)
  const options = { raters: 5, targets: 0.2, camouflage: 0.6 }
  const poisoned = poisonRows(rows, { attack: raterRing, dose: { rows: 600 }, seed: 5, options })
  const { accusations } = await judgeRows(poisoned.rows, [raterReliability])
  const rings = accusations.filter(({ finding }) => finding.severity !== 'info')
  expect(rings.map(({ finding }) => finding.message)).toEqual(['ring'])
  const { evidence } = rings[0]!.finding
  const named = evidence.kind === 'group' ? evidence.value : ''
  for (const name of poisoned.names) expect(named).toContain(`"${name}"`)
  for (const name of manners.keys()) expect(named).not.toContain(`"${name}"`)
}, 60_000)
