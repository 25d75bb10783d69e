import { describe, expect, it } from 'vitest'
import { blank, Picture, type Row, type Seen, type Table, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { accept } from '../../kit/index.ts'
import { judge } from '../../scan/judge.ts'
import { statistics } from '../../statistics/index.ts'
import unreadablePicture from './index.ts'

const facts = { width: 4, height: 4, depth: 8, alpha: false, space: 'srgb', orientation: 1 }
const shown = (format: string, frames = 1): Seen => new Picture(blank(4, 4), { facts: { ...facts, format, frames } })

/** Pictures by what becomes of them; all others are sound PNG files. */
function tableWith(total: number, odd: Readonly<Record<number, Seen>>): Table {
  const rows: Row[] = Array.from({ length: total }, (_, i) => ({ image: `folder/${i}.png`, label: i % 2 }))
  const all = rows.map((_, i) => (i in odd ? odd[i]! : shown('png')))
  return tableOfRows('pictures', rows, 512, async batch => [...batch.rows].map(row => all[row]!))
}
const unseen = (kind: string, reason = 'it does not decode') => ({ kind, reason })

const some = tableWith(400, {
  3: unseen('bad-picture'),
  9: unseen('empty-picture', 'the file is empty'),
  11: shown('gif', 12),
  12: shown('jpeg'),
})
const blind = tableWith(30, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [i, unseen('no-decoder')])))

accept(unreadablePicture, {
  clean: ['signs'],
  caught: [],
  missed: [],
  matters: { tolerated: 0.5, places: 1 },
  examples: [
    {
      name: 'two unseen, one animated, two under wrong names',
      table: some,
      finds: ['animated', 'misnamed', 'unseen', 'unseen'],
    },
    { name: 'no decoder', table: blind, finds: ['blind'] },
    { name: 'whole pictures', table: tableWith(40, {}), finds: [] },
  ],
})

describe('unreadable-picture', () => {
  const judged = async (table: Table) => {
    const engine = foldEngine(table, new Map(statistics.map(s => [s.id, s])))
    const { outcomes, notJudged } = await judge({ table, engine, detectors: [unreadablePicture], seed: 1 })
    return { found: outcomes[0]!.findings, notJudged }
  }

  it('lets accidents pass as facts, and counts them', async () => {
    const { found, notJudged } = await judged(tableWith(3000, { 7: unseen('bad-picture'), 2000: unseen('no-file') }))
    expect(found.map(f => [f.severity, f.text])).toEqual([
      ['info', '1 of 3,000 pictures nobody could see, for damage; the first is folder/7.png: it does not decode.'],
      [
        'info',
        '1 of 3,000 pictures nobody could see, for want of a file; the first is folder/2000.png: it does not decode.',
      ],
    ])
    expect(found[0]!.rows).toMatchObject({ total: 1, listed: [{ ranges: [[7, 7]] }] })
    expect(notJudged).toHaveLength(1)
  })
  it('says in the coverage that frames behind the first went unseen', async () => {
    const { notJudged } = await judged(tableWith(50, { 4: shown('gif', 12), 5: shown('gif', 2) }))
    expect(notJudged).toEqual([
      'unreadable-picture: frames and pages behind the first, in 2 of 50 pictures, were looked at by no detector',
    ])
  })
  it('holds what is frequent, what is no accident, and blindness', async () => {
    const severities = async (odd: Record<number, Seen>) =>
      (await judged(tableWith(3000, odd))).found.map(f => f.severity)
    expect(await severities(Object.fromEntries([1, 2, 3, 4].map(i => [i, unseen('bad-picture')])))).toEqual(['hold'])
    for (const kind of ['outside', 'too-large', 'no-picture'])
      expect(await severities({ 5: unseen(kind) })).toEqual(['hold'])
    const { found } = await judged(blind)
    expect(found.map(f => [f.severity, f.rows])).toEqual([['hold', undefined]])
  })
})
