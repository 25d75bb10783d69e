import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import frontRun from '../../attacks/front-run/index.ts'
import { type Row, tableOfRows, timeOf } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { judgeTable, poisonRows } from '../../lab/index.ts'
import youngRevision from './index.ts'

const wiki = (): readonly Row[] => corpusOf('wiki').rows()
const end = Math.max(...wiki().map(row => timeOf(row.time)!))
const iso = (ms: number): string => new Date(ms).toISOString()

/** The wiki with edits in its last hour that are undone afterwards, as a later dump shows it. */
const undone = (rows: number): readonly Row[] =>
  poisonRows(wiki(), { attack: frontRun, options: { reverted: true, accounts: 'aged' }, dose: { rows }, seed: 3 }).rows

/** One account's edits over the last day, on so many pages. */
const oneAccount = (actor: string, pages: number): readonly Row[] => {
  const names = [...new Set(wiki().map(row => row.item ?? ''))].slice(0, pages)
  const edits = names.map((item, k): Row => {
    const time = iso(end - 1000 - ((k * 37) % 23) * 3_600_000)
    return { item, id: 900_000 + k, time, actor, digest: `own ${k}`, text: `Another text of page ${k}.` }
  })
  return [...wiki(), ...edits]
}

accept(youngRevision, {
  clean: ['wiki'],
  caught: [
    { attack: 'front-run', on: 'wiki', dose: { rows: 25 }, recall: 0.8, precision: 0.7 },
    {
      attack: 'front-run',
      options: { accounts: 'aged' },
      on: 'wiki',
      dose: { rows: 25 },
      recall: 0.8,
      precision: 0.7,
    },
    {
      attack: 'front-run',
      options: { accounts: 'few' },
      on: 'wiki',
      dose: { rows: 40 },
      named: false,
      recall: 0.8,
      precision: 0.9,
    },
    {
      attack: 'front-run',
      options: {
        accounts: 'aged',
        minutes: 1400,
        message: 'The mayor has since admitted that the bridge was never safe.',
      },
      on: 'wiki',
      dose: { rows: 12 },
      recall: 0.7,
      precision: 0.9,
    },
  ],
  missed: [
    {
      attack: 'front-run',
      options: { accounts: 'aged', ago: 25, minutes: 600 },
      on: 'wiki',
      dose: { rows: 25 },
      because:
        'known accounts, one edit each, older than the hold and never reverted, are what honest editing looks like',
    },
    {
      attack: 'front-run',
      options: { accounts: 'aged', minutes: 1400 },
      on: 'wiki',
      dose: { rows: 20 },
      because:
        'as many edits as a busy day has, spread over the day; the hold of a snapshot keeps them out all the same',
    },
    {
      attack: 'front-run',
      on: 'wiki',
      dose: { rows: 2 },
      because: 'two edits in an hour are usual; the hold of a snapshot keeps them out all the same',
    },
  ],
  matters: { at: iso(end - 5 * 86_400_000), hold: 48, radius: 1, risk: 1e-6, days: 3, pages: 100 },
  examples: [
    {
      name: 'edits that were undone after the snapshot',
      rows: undone(60),
      options: { at: iso(end) },
      finds: ['burst', 'undone', 'young'],
    },
    { name: 'a new account on eighty pages', rows: oneAccount('Eighty', 80), finds: ['burst', 'young'] },
    { name: 'a known account on two hundred pages', rows: oneAccount('Editor 3', 200), finds: ['account', 'young'] },
    { name: 'rows without times', rows: [{ item: 'P', time: 'soon', digest: 'a' }], finds: [] },
    { name: 'a page alone', rows: [{ item: 'P', time: '2024-01-31T00:00:00Z', digest: 'a' }], finds: ['young'] },
  ],
})

const judged = (rows: readonly Row[], options: Readonly<Record<string, unknown>> = {}) =>
  judgeTable(tableOfRows('rows', rows), [youngRevision], { options: { 'young-revision': options }, seed: 1 })

describe('young-revision', () => {
  it('blocks edits that were undone afterwards far beyond what other hours have, and tells few as a fact', async () => {
    const severity = async (rows: number) => {
      const { accusations } = await judged(undone(rows), { at: iso(end) })
      return accusations.find(a => a.finding.message === 'undone')?.finding.severity
    }
    expect(await severity(60)).toBe('block')
    expect(await severity(2)).toBe('info')
  })

  it('blocks one sentence on many pages from new accounts, holds it from known ones', async () => {
    const message = 'The mayor has since admitted that the bridge was never safe.'
    const severity = async (accounts: string) => {
      const { rows } = poisonRows(wiki(), {
        attack: frontRun,
        options: { accounts, message },
        dose: { rows: 15 },
        seed: 1,
      })
      const { accusations } = await judged(rows)
      return accusations.find(a => a.finding.message === 'words')?.finding.severity
    }
    expect(await severity('new')).toBe('block')
    expect(await severity('aged')).toBe('hold')
  })

  it('does not call a bot with one phrase on many pages an attack', async () => {
    const names = [...new Set(wiki().map(row => row.item ?? ''))].slice(0, 20)
    const edits = names.map((item, k): Row => {
      const text = `${
        wiki()
          .filter(row => row.item === item)
          .at(-1)!.text
      } Find sources for this article in the union catalogue of libraries`
      return { item, id: 900_000 + k, time: iso(end - 60_000 * k), actor: 'LinkBot', digest: `own ${k}`, text }
    })
    const { accusations } = await judged([...wiki(), ...edits])
    expect(accusations.map(a => [a.finding.message, a.finding.severity])).toContainEqual(['words', 'info'])
    expect(accusations.filter(a => a.finding.severity !== 'info')).toEqual([])
  })

  it('takes whatever the columns hold', async () => {
    const cell = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.constant('2024-01-31T00:00:00Z'),
      fc.constant({ a: [1] }),
    )
    const row = fc.record({ item: cell, id: cell, time: cell, actor: cell, digest: cell, text: cell })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async rows => {
        const { outcomes } = await judged(rows as readonly Row[])
        expect(outcomes.filter(o => o.status === 'failed')).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('refuses a moment that is none', async () => {
    expect(youngRevision.options.safeParse({ at: 'yesterday' }).success).toBe(false)
  })
})
