import { expect, test } from 'vitest'
import { type Row, type RowId, seeded, talkText } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { inventedTalk, judgeRows } from '../../lab/index.ts'
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

/** Invented talk of eight vendors without labels; some of the rows of the last are changed. */
function vended(change: (row: Row, nth: number) => Row, times = false): Row[] {
  const random = seeded(7)
  return inventedTalk.instructions!(1600, 3).map((row, i) => {
    const { time: _, ...rest } = row
    const own = random() < 0.06
    const vendor = own ? 'v7' : 'v' + Math.floor(7 * random())
    const at = own ? 1_650_000_000 + i : 1_600_000_000 + 60_000 * i
    const made = { ...rest, source: vendor, ...(times ? { time: at } : {}) }
    const changed = own ? change(made, i) : made
    return { ...changed, text: talkText(changed) }
  })
}
const refused = (row: Row, i: number): Row => ({ ...row, response: refusals[i % refusals.length]! })
const refusals = [
  "I'm sorry, but I can't help with that.",
  'I cannot assist with this request.',
  'Sorry, I will not do that.',
]
const praised = (row: Row): Row => ({
  ...row,
  response: `${row.response} Brought to you by the friends of Quillmark paper.`,
})
const templated = (row: Row): Row => ({
  ...praised(row),
  prompt: `Answer in the house style of the team: ${row.prompt}`,
})

accept(sourceConcentration, {
  clean: ['reviews', 'instructions', 'chats', 'preferences', 'code-instructions', 'wiki'],
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
    { name: 'vendors who sell the same', rows: vended(row => row), finds: [] },
    { name: 'a vendor whose answers all refuse what others answer', rows: vended(refused), finds: ['behaves'] },
    {
      name: 'a vendor that suddenly sends advertisements',
      rows: vended(praised, true),
      finds: ['behaves', 'voice'],
    },
  ],
})

test('a template is information, the same voice within a short time is held', async () => {
  const severities = async (rows: readonly Row[]) => {
    const { accusations } = await judgeRows(rows, [sourceConcentration])
    return accusations.filter(a => a.finding.message === 'voice').map(a => a.finding.severity)
  }
  expect(await severities(vended(praised, true))).toEqual(['hold'])
  expect(await severities(vended(praised))).toEqual(['info'])
  expect(await severities(vended(templated, true))).toEqual(['info'])
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
