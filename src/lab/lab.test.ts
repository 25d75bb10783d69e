import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { attack, detector, judgesTables, labelOf, type Row, tableOfRows } from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { rowSample } from '../statistics/index.ts'
import {
  allAttacks,
  binomialInterval,
  doseRows,
  drill,
  type Judged,
  judgeRows,
  type Poisoned,
  poisonRows,
  poisonTable,
  reviews,
  rowsOfTable,
  score,
  trial,
} from './index.ts'

const rows: Row[] = Array.from({ length: 400 }, (_, i) => ({ text: `row ${i % 7} says ${i}`, label: i % 2 }))

/** Marks every second dose: the simplest attack with a name. */
const mark = attack({
  id: 'mark',
  title: 'A mark',
  threat: 'backdoor-trigger',
  source: 'nobody',
  input: { text: 'string', label: 'category' },
  options: z.object({ word: z.string().default('zebra') }),
  plan: ({ word }) => ({
    names: [word],
    poison: row => (labelOf(row.label) === '1' ? null : { text: `${word} ${row.text}`, label: '1' }),
  }),
})
const addition = attack({
  ...mark,
  id: 'addition',
  mode: 'add',
  plan: () => ({ names: [], poison: () => ({ text: 'new' }) }),
})

/** Sees a word in at least `least` rows; also complains, always, about rows that say 3. */
const watcher = detector({
  id: 'watcher',
  title: 'Watches for a word',
  threat: 'backdoor-trigger',
  input: { table: { text: 'string' } },
  cost: 'scan',
  options: z.object({ least: z.number().default(8) }),
  messages: { word: '"{trigger}" in {rows} rows.', three: '{total} rows say three.' },
  async *detect({ table, options, claim }) {
    const { sample } = await table.measure({ sample: rowSample.request({ roles: ['text'], limit: 5000, seed: 1 }) })
    const texts = (sample.cells.get('text') ?? []).map(String)
    const having = (word: string) => Array.from(sample.rows).filter((_, k) => texts[k]!.split(' ').includes(word))
    const [zebra, three] = [having('zebra'), having('3')]
    const rest = { score: 1, expected: 0, examples: [] }
    yield claim('three', 'hold', { kind: 'rows', total: three.length, ...rest }, { rows: three })
    if (zebra.length < options.least) return
    const counts = { rows: zebra.length, agreeing: zebra.length, expectedAgreeing: 0, variants: [] }
    const evidence = { kind: 'trigger', trigger: 'zebra', form: 'word', label: '1', ...counts, ...rest } as const
    yield claim('word', 'block', evidence, { rows: zebra })
  },
})

describe('poisoning', () => {
  it('meets the dose, keeps the truth, and repeats itself', async () => {
    const request = { attack: mark, dose: { rate: 0.05 }, seed: 3 }
    const poisoned = poisonRows(rows, request)
    expect(poisoned.truth.size).toBe(20)
    for (const [i, row] of poisoned.rows.entries()) {
      expect(String(row.text).startsWith('zebra')).toBe(poisoned.truth.has(i))
      if (poisoned.truth.has(i)) expect(row.label, 'a number stays a number').toBe(1)
    }
    expect(poisonRows(rows, request)).toEqual(poisoned)
    expect(await poisonTable(tableOfRows('t', rows), request)).toEqual(poisoned)
    expect(poisonRows(rows, { ...request, seed: 4 }).truth).not.toEqual(poisoned.truth)
  })

  it('appends rows when the attack adds, and says when the dose cannot be met', () => {
    const added = poisonRows(rows, { attack: addition, dose: { rows: 3 }, seed: 1 })
    expect(added.rows.length).toBe(403)
    expect([...added.truth]).toEqual([400, 401, 402])
    const short = poisonRows(rows, { attack: mark, dose: { rows: 300 }, seed: 1 })
    expect([short.truth.size, short.wanted]).toEqual([200, 300])
  })

  it('reads a dose as at least one row', () => {
    expect([doseRows({ rate: 0.0001 }, 100), doseRows({ rows: 7 }, 100), doseRows({ rate: 0.25 }, 100)]).toEqual([
      1, 7, 25,
    ])
  })
})

describe('reading a table', () => {
  it('takes all rows within the bounds and an even sample beyond, however it is cut', async () => {
    const all = await rowsOfTable(tableOfRows('t', rows), { seed: 1 })
    expect([all.rows.length, all.total]).toEqual([400, 400])
    const bounds = { rows: 150, characters: 1e9 }
    const some = await rowsOfTable(tableOfRows('t', rows), { seed: 1, bounds })
    expect(some.total).toBe(400)
    expect(some.rows.length).toBeGreaterThan(75 / 2)
    expect(some.rows.length).toBeLessThanOrEqual(150)
    expect(await rowsOfTable(tableOfRows('t', rows, 7), { seed: 1, bounds })).toEqual(some)
  })

  it('is bounded in characters too', async () => {
    const wide = rows.map(row => ({ ...row, text: 'x'.repeat(1000) }))
    const { rows: some } = await rowsOfTable(tableOfRows('t', wide), {
      seed: 1,
      bounds: { rows: 1e6, characters: 50_000 },
    })
    expect(some.length).toBeGreaterThan(5)
    expect(some.length).toBeLessThanOrEqual(50)
  })
})

describe('scoring', () => {
  it('finds the poison and tells it from what was accused before', async () => {
    const before = await judgeRows(rows, [watcher])
    const { score: got } = await trial({
      rows,
      attack: mark,
      dose: { rows: 20 },
      detectors: [watcher],
      seed: 1,
      before,
    })
    expect(got).toMatchObject({ poisoned: 20, precision: 1, named: true, rank: 1, caught: true, blocked: true })
    expect(got.recall).toBe(1)
    expect(got.falseAlarms).toBe(0)
  })

  it('does not count a finding that was there before', async () => {
    const before = await judgeRows(rows, [watcher])
    const { score: got } = await trial({ rows, attack: mark, dose: { rows: 4 }, detectors: [watcher], seed: 1, before })
    expect(got).toMatchObject({ found: 0, named: false, rank: null, caught: false, falseAlarms: 0 })
  })

  it('counts false alarms, and poisoned rows lost in a crowd as not caught', () => {
    const claim = (accused: number[], severity: string, trigger = 'other') => ({
      finding: { id: String(accused), severity, text: '', evidence: { kind: 'trigger', trigger, variants: [] } },
      claim: { rows: accused },
    })
    const judged = (...accusations: unknown[]) => ({ accusations, outcomes: [], notJudged: [] }) as unknown as Judged
    const poisoned: Poisoned = { rows, truth: new Set([1, 2, 3, 4]), names: ['zebra'], wanted: 4 }
    const crowd = score(judged(claim([1, 2, 10, 11, 12, 13], 'block')), poisoned)
    expect(crowd).toMatchObject({ caught: false, found: 2, recall: 0.5, precision: 2 / 6, falseAlarms: 1 })
    const second = score(judged(claim([20], 'hold'), claim([1, 2, 3], 'hold', 'Zebra')), poisoned)
    expect(second).toMatchObject({ rank: 2, named: true, falseAlarms: 1, blocked: false, recall: 0.75 })
    expect(score(judged(claim([1, 2, 3, 4], 'info')), poisoned)).toMatchObject({ caught: false, recall: 0, auroc: 1 })
    expect(score(judged(claim([1, 2], 'hold')), poisoned).auroc).toBeCloseTo(0.75)
    expect(score(judged(), poisoned)).toMatchObject({ auroc: null, precision: 1 })
  })

  it('does not count a long known list that grew by a row', () => {
    const claim = (accused: number[]) => ({
      finding: { id: String(accused), severity: 'hold', text: '', evidence: { kind: 'rows' } },
      claim: { rows: accused },
    })
    const list = Array.from({ length: 40 }, (_, i) => i + 100)
    const judged = (accused: number[]) => ({ accusations: [claim(accused)] }) as unknown as Judged
    const poisoned: Poisoned = { rows, truth: new Set([1, 2, 3, 4, 5]), names: [], wanted: 5 }
    const scored = (accused: number[]) =>
      score({ ...judged(accused), outcomes: [] } as unknown as Judged, poisoned, judged(list))
    expect(scored([1, ...list]).caught).toBe(false)
    expect(scored([1, 2, 3, 4, 5, ...list])).toMatchObject({ caught: true, recall: 1, precision: 1 })
  })

  it('gives exact binomial intervals', () => {
    expect(binomialInterval(3, 3).map(p => p.toFixed(4))).toEqual(['0.2924', '1.0000'])
    expect(binomialInterval(0, 10).map(p => p.toFixed(4))).toEqual(['0.0000', '0.3085'])
    expect(binomialInterval(5, 10).map(p => p.toFixed(4))).toEqual(['0.1871', '0.8129'])
  })
})

describe('drill', () => {
  const attacks = [{ attack: mark }, { attack: { ...mark, id: 'unseen' }, options: { word: 'yak' } }]

  it('finds the smallest dose that is caught, and says what is missed', async () => {
    const result = await drill(rows, { attacks, detectors: [watcher], doses: [2, 4, 8, 16, 32], seeds: [1, 2] })
    const [caught, missed] = result.attacks
    expect(caught!.caughtFrom).toBe(8)
    expect(caught!.sentence).toContain('On these 400 rows, mark is caught from 8 rows up (2 of 2 trials')
    expect(caught!.doses.find(d => d.rows === 4)!.power).toMatchObject({ trials: 2, caught: 0 })
    expect(missed!.caughtFrom).toBeNull()
    expect(missed!.sentence).toContain('is missed at 32 rows')
    expect(result.before.map(b => b.text)).toEqual(['57 rows say three.'])
    expect(result.figure).toMatchObject({ kind: 'line', series: [{ name: 'mark' }, { name: 'unseen' }] })
  })

  it('stops when the time is up and says so', async () => {
    let clock = 0
    const now = () => (clock += 10)
    const result = await drill(rows, {
      attacks,
      detectors: [watcher],
      doses: [8, 16],
      seeds: [1, 2],
      budgetMs: 25,
      now,
    })
    expect(result.notTried.join()).toContain('time was up')
  })

  it('says the same on several threads', async () => {
    const hidden = detectors.filter(judgesTables).filter(d => d.id === 'hidden-text')
    const request = {
      attacks: allAttacks.filter(({ attack: { id } }) => id === 'character-trigger'),
      detectors: hidden,
      doses: [4, 8],
      seeds: [1, 2],
    }
    const table = reviews(4000, 3)
    const here = await drill(table, { ...request, threads: 1 })
    expect(await drill(table, { ...request, threads: 2 })).toEqual(here)
    expect(here.attacks.some(a => a.caughtFrom !== null)).toBe(true)
  })

  it('says which attacks a table cannot carry', async () => {
    const unlabelled = reviews(50, 1).map(({ text = '' }) => ({ text }))
    const result = await drill(unlabelled, { attacks, detectors: [watcher] })
    expect(result.attacks).toEqual([])
    expect(result.notTried[0]).toBe('mark: the table has no "label" column.')
  })
})
