import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnyStatistic, type Row, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import latestTime from '../latest-time/index.ts'
import pageRevisions, { type PageRevisionsOptions } from './index.ts'

const start = 1_700_000_000
const revision = fc.record({
  item: fc.oneof(
    { weight: 9, arbitrary: fc.nat(6).map(n => `Page ${n}`) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  id: fc.oneof(fc.nat(90), fc.constant(null)),
  time: fc.oneof(
    { weight: 9, arbitrary: fc.nat(40).map(n => start + 900 * n) },
    { weight: 1, arbitrary: fc.constant('?') },
  ),
  actor: fc.constantFrom('a', 'b', null),
  digest: fc.constantFrom('x', 'y', 'Y', 'z', null, ''),
})

lawfulStatistic(pageRevisions, {
  options: [
    { radius: 1, pages: 100 },
    { radius: 2, pages: 3 },
    { at: (start + 9000) * 1000, radius: 1, pages: 100 },
  ],
  rows: revision,
  flood: i => ({ item: `Page ${i % 3000}`, id: i, time: start + i, actor: `a${i}`, digest: `d${i}` }),
  floodRows: 40_000,
  runs: 40,
})

const catalogue = new Map<string, AnyStatistic>([pageRevisions, latestTime].map(s => [s.id, s]))
const measured = async (rows: readonly Row[], options: PageRevisionsOptions) =>
  (await foldEngine(tableOfRows('t', rows), catalogue).measure({ a: pageRevisions.request(options) })).a

describe('page-revisions', () => {
  it('keeps the newest revisions up to the moment and the oldest after it', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ item: 'P', id: i, time: start + 60 * i, digest: `d${i}` }))
    const { revisions, starts } = await measured([...rows].reverse(), {
      at: (start + 60 * 50) * 1000,
      radius: 3,
      pages: 9,
    })
    const ids = [...revisions.id.subarray(0, revisions.size)]
    expect(ids).toEqual(Array.from({ length: 12 + 4 }, (_, k) => 39 + k))
    expect([...starts]).toEqual([0, 16])
  })

  it('beyond the page limit keeps whole pages, an even share of them', async () => {
    const rows = Array.from({ length: 8000 }, (_, i) => ({ item: `P${i % 4000}`, id: i, time: start + i, digest: 'd' }))
    const { starts, level } = await measured(rows, { radius: 3, pages: 1000 })
    const pages = starts.length - 1
    expect(level).toBeGreaterThanOrEqual(2)
    expect(pages).toBeLessThanOrEqual(1000)
    expect(Math.abs(pages - 4000 / 2 ** level)).toBeLessThan(6 * Math.sqrt(4000 / 2 ** level))
    for (let p = 0; p < pages; p++) expect(starts[p + 1]! - starts[p]!).toBe(2)
  })

  it('reads texts where there are no digests, and counts what it cannot place', async () => {
    const rows: Row[] = [
      { item: 'P', time: start, text: 'one' },
      { item: 'P', time: start + 1, text: 'two' },
      { item: 'P', time: start + 2, text: 'one' },
      { item: 'P', time: null, text: 'one' },
      { item: ' ', time: start, text: 'one' },
    ]
    const { revisions, rows: placed, without, hourly } = await measured(rows, { radius: 3, pages: 9 })
    expect([placed, without, hourly[0]]).toEqual([3, 2, 3])
    expect(revisions.digestLow[0]).toBe(revisions.digestLow[2])
    expect(revisions.digestLow[0]).not.toBe(revisions.digestLow[1])
  })
})
