import { expect, test } from 'vitest'
import { type Row, type RowId, seeded } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { excesses } from './excess.ts'
import type { Group } from './groups.ts'
import sourceConcentration from './index.ts'

/** Messages with senders that have nothing to do with them, but for some who only send one label. */
function sent(choose: (row: Row, random: () => number) => string): Row[] {
  const random = seeded(11)
  return corpusOf('sms')
    .rows()
    .map((row, i) => ({ ...row, source: choose(row, random), time: 1_700_000_000 + 600 * i }))
}

const anyone = (random: () => number): string => 's' + Math.floor(12 ** random())
const flipped = (row: Row): string => (row.label === 'spam' ? 'ham' : 'spam')

accept(sourceConcentration, {
  clean: ['reviews'],
  caught: [
    { attack: 'fabricated-campaign', dose: { rows: 50 }, recall: 0.9, precision: 0.9 },
    {
      attack: 'fabricated-campaign',
      options: { senders: 1, reword: 0.25 },
      seeds: [2],
      dose: { rows: 50 },
      recall: 0.9,
      precision: 0.9,
    },
    { attack: 'duplicate-flood', dose: { rows: 50 }, seeds: [1], recall: 0.9, precision: 0.9 },
    { attack: 'label-flip', options: { by: 'actor', who: 'guslolo' }, dose: { rows: 30 }, recall: 0.5, precision: 0.6 },
  ],
  missed: [
    {
      attack: 'label-flip',
      options: { by: 'source' },
      dose: { rows: 60 },
      seeds: [1],
      because: 'a few wrong labels among hundreds from one source are within what honest sources differ by',
    },
    {
      attack: 'label-flip',
      dose: { rows: 100 },
      seeds: [1],
      because: 'flips by anyone leave no trace of a sender; label-noise ranks them',
    },
  ],
  matters: { risk: 1e-5, share: 0.9 },
  examples: [
    {
      name: 'senders who only send one label',
      rows: sent((row, r) => (r() < 0.6 ? 'only ' + row.label : anyone(r))),
      finds: ['mix'],
    },
    {
      name: 'a sender whose labels are all wrong',
      rows: sent((_, r) => anyone(r)).map(row => (row.source === 's7' ? { ...row, label: flipped(row) } : row)),
      finds: ['contradicts', 'mix'],
    },
  ],
})

const groupOf = (value: string, rows: RowId[]): Group => ({ role: 'actor', value, rows, cells: [] })

test('groups that honestly differ widen what is expected of all', () => {
  const rate = (level: (g: number) => number) => {
    const random = seeded(5)
    const marked = new Set<RowId>()
    const groups = Array.from({ length: 40 }, (_, g) => {
      const rows = Array.from({ length: 100 }, (_, k) => 100 * g + k)
      for (const row of rows) if (random() < level(g)) marked.add(row)
      return groupOf('a' + g, rows)
    })
    return excesses(groups, () => row => ({ marked: marked.has(row), kind: 0 }), 1)
  }
  const even = rate(g => (g === 0 ? 0.4 : 0.1))
  const uneven = rate(g => (g === 0 ? 0.4 : 0.35 * ((g * 7) % 10) * 0.1))
  expect(even[0]!.logChance).toBeLessThan(-12)
  expect(uneven[0]!.logChance).toBeGreaterThan(-6)
})
