import { describe, expect, it } from 'vitest'
import { type Row, seeded, shuffled, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { judge } from '../../scan/judge.ts'
import { statistics, type TableProfile, tableProfile } from '../../statistics/index.ts'
import drift from './index.ts'

const catalogue = new Map(statistics.map(s => [s.id, s]))

async function profiled(rows: readonly Row[]): Promise<{ 'table-profile': TableProfile }> {
  const { profile } = await foldEngine(tableOfRows('before', rows), catalogue).measure({
    profile: tableProfile.request({}),
  })
  return { 'table-profile': JSON.parse(JSON.stringify(profile)) }
}

const all = corpusOf('reviews').rows()
const order = shuffled(all.length, seeded(11))
const half = (k: number): Row[] => [...order].filter((_, i) => i % 2 === k).map(i => all[i]!)
const [first, second] = [half(0), half(1)]
const before = await profiled(first)
/** The second half with a share of its rows changed. */
const changed = (share: number, change: (row: Row, i: number) => Row): Row[] =>
  second.map((row, i) => (i % 1000 < 1000 * share ? change(row, i) : row))

accept(drift, {
  clean: [],
  caught: [],
  missed: [],
  matters: { minEffect: 0.5, risk: 1e-300 },
  examples: [
    { name: 'the other half of the table', rows: second, baseline: before, finds: [] },
    {
      name: 'a tenth of the rows with a phrase',
      rows: changed(0.1, row => ({ ...row, text: `${row.text} zyx` })),
      baseline: before,
      finds: ['share', 'share'],
    },
    {
      name: 'a few rows with a new label',
      rows: changed(0.02, row => ({ ...row, label: 'new' })),
      baseline: before,
      finds: ['appeared'],
    },
    {
      name: 'texts cut short',
      rows: second.map(row => ({ ...row, text: String(row.text).slice(0, 12) })),
      baseline: before,
      finds: ['share', 'share', 'length'],
    },
  ],
})

const findingsOf = async (rows: readonly Row[], baseline: Readonly<Record<string, unknown>>, options = {}) => {
  const table = tableOfRows('after', rows)
  const engine = foldEngine(table, catalogue)
  return judge({ table, engine, detectors: [drift], options: { drift: options }, seed: 1, baseline })
}

describe('drift', () => {
  it('keeps its budget of false alarms on halves of one population', async () => {
    let alarms = 0
    const vocabulary = Array.from({ length: 400 }, (_, i) => `w${i}`)
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed)
      const row = (): Row => ({
        text: Array.from({ length: 12 }, () => vocabulary[Math.floor(400 * random() ** 2)]).join(' '),
        label: random() < 0.3 ? 'a' : 'b',
        source: `s${Math.floor(random() * 30)}`,
      })
      const rows = (n: number) => Array.from({ length: n }, row)
      const { outcomes } = await findingsOf(rows(300), await profiled(rows(300)), { minEffect: 0.001, risk: 0.05 })
      if (outcomes[0]!.findings.length > 0) alarms++
    }
    // 2 expected at most; above 7 has a chance below 0.001.
    expect(alarms).toBeLessThanOrEqual(7)
  })

  it('names the label, the sender and the script that moved', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({
      text: `text ${i % 50}`,
      label: `l${i % 4}`,
      source: `s${i % 20}`,
    }))
    const then = await profiled(rows)
    const moved = rows.map((row, i) => (i % 10 < 2 ? { text: `текст ${i % 50}`, label: 'l0', source: 's3' } : row))
    const { outcomes } = await findingsOf(moved, then)
    const texts = outcomes[0]!.findings.map(finding => finding.text)
    expect(texts).toContain('Drift of label: "l0" went from 25 % to 40 % of the rows.')
    expect(texts).toContain('Drift of source: "s3" went from 5 % to 25 % of the rows.')
    expect(texts).toContain('Drift of the script of text: "cyrillic" went from 0 % to 20 % of the rows.')
    expect(outcomes[0]!.findings.every(finding => finding.severity === 'hold')).toBe(true)
  })

  it('is skipped without a baseline', async () => {
    const { outcomes } = await findingsOf(second.slice(0, 100), {})
    expect(outcomes[0]).toMatchObject({ status: 'skipped', cause: 'no-column', findings: [] })
  })

  it('says when the baseline cannot be read', async () => {
    for (const given of [null, 'profile', { rows: -1 }, { rows: 1, texts: { text: { rows: 'many' } }, values: {} }]) {
      const { outcomes, notJudged } = await findingsOf(second.slice(0, 100), { 'table-profile': given })
      expect(outcomes[0]!.status).toBe('skipped')
      expect(notJudged).toEqual(['drift: the baseline holds no profile that this version can read'])
    }
  })
})
