import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Row, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import domainTakeovers, { type DomainTakeoversOptions } from './index.ts'

const digest = (k: number): string => k.toString(16).padStart(64, '0')
const anyDigest = fc.oneof(fc.nat(9).map(digest), fc.constantFrom(null, 'n/a'))
const anyLooks = fc.constantFrom('p:0000000000000000', 'p:ffffffffffffffff', null)

lawfulStatistic(domainTakeovers, {
  options: [{ curatedAt: null }, { curatedAt: Date.UTC(2021, 0, 1), pages: [digest(1)] }],
  rows: fc.record({
    url: fc.oneof(
      fc.nat(6).map(i => `http://www.d${i}.com/${i}`),
      fc.constantFrom(null, 'data:,'),
    ),
    registered: fc.constantFrom('2020-01-01', '2023-01-01', 'lapsed', null, 'x'),
    time: fc.constantFrom('2022-01-01', null),
    text: fc.constantFrom('This domain is for sale', 'hello', null),
    digest: anyDigest,
    observed: anyDigest,
    looks: anyLooks,
    observedLooks: anyLooks,
  }),
  flood: i => ({
    url: `http://d${i % 100}.com/`,
    registered: '2023-01-01',
    time: '2022-01-01',
    digest: digest(i),
    observed: digest(i + 1),
  }),
  floodRows: 55_000,
  runs: 20,
})

async function found(rows: readonly Row[], options: DomainTakeoversOptions = { curatedAt: null }) {
  const engine = foldEngine(tableOfRows('t', rows), new Map([['domain-takeovers', domainTakeovers]]))
  return (await engine.measure({ found: domainTakeovers.request(options) })).found
}

describe('a row is suspect', () => {
  const row = { url: 'http://a.com/1', time: '2022-01-01', registered: '2020-01-01' }
  const sale = 'This domain is for sale'
  const other = { digest: digest(1), observed: digest(2) }

  it.each<[string, Row, Partial<DomainTakeoversOptions>, number]>([
    ['when its domain was registered after it was listed', { ...row, registered: '2022-01-02' }, {}, 1],
    ['not when before', row, {}, 0],
    ['when before it was listed, but after the list was made', row, { curatedAt: Date.UTC(2019, 0, 1) }, 1],
    [
      'and a later date of the list changes nothing',
      { ...row, registered: '2022-01-02' },
      { curatedAt: Date.UTC(2030, 0, 1) },
      1,
    ],
    ['when other bytes are a page that sells domains', { ...row, ...other, text: sale }, {}, 1],
    ['not when the same bytes were such a page', { ...row, digest: digest(1), observed: digest(1), text: sale }, {}, 0],
    ['not when nobody recorded bytes', { ...row, text: sale }, {}, 0],
    ['not when other bytes are other text', { ...row, ...other, text: 'A story.' }, {}, 0],
    ['not without a domain', { ...row, url: 'http://127.0.0.1/', registered: '2023-01-01' }, {}, 0],
  ])('%s', async (_, cells, options, count) => {
    const { suspects } = await found([cells], { curatedAt: null, ...options })
    expect(suspects.length).toBe(count)
  })

  it('and what nobody tells is counted', async () => {
    const rows = [row, { ...row, registered: null }, { ...row, registered: 'lapsed' }, { ...row, time: null }]
    expect(await found(rows)).toMatchObject({ rows: 4, unknown: 1, undated: 1, registered: 0, complete: true })
  })
})

it('finds a page that took the place of different ones on several domains, and its rows when asked', async () => {
  const rows = Array.from({ length: 12 }, (_, i) => ({
    url: `http://d${i % 6}.com/${i}`,
    digest: digest(100 + i),
    observed: digest(i < 8 ? 7 : 200 + i),
  }))
  const { shared, suspects } = await found(rows)
  expect([shared, suspects]).toEqual([[{ digest: digest(7), rows: 8, domains: 6 }], []])
  const again = await found(rows, { curatedAt: null, pages: [digest(7)] })
  expect(again.suspects.map(s => s.row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  const logo = rows.map(r => ({ ...r, digest: digest(1), observed: digest(7) }))
  expect((await found(logo)).shared).toEqual([])
})
