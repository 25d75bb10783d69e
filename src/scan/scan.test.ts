import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { detector, type Table, tableOfRows } from '../core/index.ts'
import { labelCounts } from '../statistics/index.ts'
import { optionInfos, scan } from './index.ts'

const rows = Array.from({ length: 10 }, (_, i) => ({ text: `row ${i}`, label: i % 2 === 0 ? 'a' : 'b' }))
const table = tableOfRows('rows', rows)
const count = labelCounts.request({ limit: 8 })

const quick = detector({
  id: 'quick',
  title: 'Asks once',
  threat: 'data-injection',
  input: { table: { label: 'category' } },
  cost: 'scan',
  options: z.object({ least: z.number().int().min(1).default(1).describe('Fewest rows.') }),
  messages: { seen: '{rows} rows.' },
  async *detect({ table: measured, claim }) {
    const { labels } = await measured.measure({ labels: count })
    yield claim(
      'seen',
      'info',
      { kind: 'rows', total: labels.rows, score: 1, expected: 0, examples: [] },
      { rows: [1, 3, 2] },
    )
  },
})
const slow = detector({
  ...quick,
  id: 'slow',
  async *detect({ table: measured, claim }) {
    for (let rows = 1; rows > 0; ) rows = (await measured.measure({ labels: count })).labels.rows
    yield claim('seen', 'info', { kind: 'rows', total: 0, score: 0, expected: 0, examples: [] })
  },
})
const broken = detector({
  ...quick,
  id: 'broken',
  async *detect({ table: measured, claim }) {
    await measured.measure({ labels: { ...count, statistic: 'unheard-of' } })
    yield claim('seen', 'info', { kind: 'rows', total: 0, score: 0, expected: 0, examples: [] })
  },
})
const needy = detector({ ...quick, id: 'needy', input: { table: { image: 'any' } } })

const only = (...detectors: (typeof quick)[]) => ({ detectors, only: detectors.map(d => d.id) })

describe('scan', () => {
  it('says what nobody looked at', async () => {
    const odd: Table = { ...table, columns: [...table.columns, { name: 'stars' }] }
    const { coverage } = await scan(odd, only(quick, needy))
    const said = coverage.notLookedAt.join('\n')
    expect(said).toContain('"stars"')
    expect(said).toContain('needy did not run: no "image" column')
    expect(said).toContain('front-running')
    expect(said).not.toMatch(/looks for [^\n]*data-injection/)
    expect(coverage).toMatchObject({ rows: 10, lostRows: 0 })
  })

  it('says in one sentence which detectors pictures have nothing for', async () => {
    const image = { name: 'image', role: 'image', because: 'content: names of pictures' } as const
    const shown: Table = { ...table, columns: [image], roles: new Set(['image', 'label']) }
    const texts = ['a', 'b'].map(id => detector({ ...quick, id, input: { table: { text: 'any' } } }))
    const { coverage } = await scan(shown, only(quick, ...texts))
    const said = coverage.notLookedAt.join('\n')
    expect(said).toContain('2 detectors of other data did not run')
    expect(said).not.toContain('no "text" column')
    expect(said).toContain('The digest pins the file that names the pictures, not the pictures')
  })

  it('gives a valid partial report when it is stopped', async () => {
    const stop = new AbortController()
    const report = await scan(table, {
      ...only(quick, slow),
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 1) stop.abort()
      },
    })
    const [first, second] = report.outcomes
    expect(first).toMatchObject({ detector: 'quick', status: 'found' })
    expect(second).toMatchObject({ detector: 'slow', status: 'skipped', cause: 'stopped' })
  })

  it('fails the detector whose question nobody can answer, and no other', async () => {
    const { outcomes, coverage } = await scan(table, only(quick, broken))
    expect(outcomes.map(o => [o.detector, o.status])).toEqual([
      ['quick', 'found'],
      ['broken', 'failed'],
    ])
    expect(coverage.notLookedAt.join()).toContain('unheard-of')
  })

  it('packs the accused rows into ranges', async () => {
    const { outcomes } = await scan(table, only(quick))
    expect(outcomes[0]!.findings[0]!.rows).toEqual({
      total: 3,
      listed: [{ part: 'rows', ranges: [[1, 3]] }],
      complete: true,
    })
  })

  it('pins rows in memory however they are cut', async () => {
    const digest = async (of: Table) => (await scan(of, only(quick))).artifact.digest
    expect(await digest(tableOfRows('rows', rows, 3))).toBe(await digest(table))
    expect(await digest(tableOfRows('rows', rows.slice(1)))).not.toBe(await digest(table))
  })

  it('takes no unknown detector, option or value', async () => {
    await expect(scan(table, { only: ['quik'], detectors: [quick] })).rejects.toMatchObject({ remedy: /quick/ })
    const wrong = { detectors: [quick], options: { quick: { leest: 1 } } }
    await expect(scan(table, wrong)).rejects.toMatchObject({ code: 'bad-option', remedy: 'Did you mean "least"?' })
    const low = { detectors: [quick], options: { quick: { least: 0 } } }
    await expect(scan(table, low)).rejects.toMatchObject({ code: 'bad-option' })
  })
})

describe('optionInfos', () => {
  it('tells type, bounds, default and meaning', () => {
    expect(optionInfos(quick.options)).toEqual([
      { name: 'least', type: 'integer ≥ 1', fallback: 1, description: 'Fewest rows.' },
    ])
  })
})
