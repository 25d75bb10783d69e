import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import domainCounts, { type DomainCountsOptions } from './index.ts'

const hosts = ['a.com', 'www.a.com', 'b.co.uk', 'x.b.co.uk', 'me.github.io', 'you.github.io', '127.0.0.1', 'localhost']
const anyUrl = fc.oneof(
  fc.constantFrom(...hosts).map(host => `http://${host}/x`),
  fc.nat(30).map(i => `https://h.d${i}.org/`),
  fc.constantFrom(null, '', 'data:,x', 7),
)

lawfulStatistic(domainCounts, {
  options: [{ limit: 1000 }, { limit: 7 }],
  rows: fc.record({ url: anyUrl, registered: fc.constantFrom('lapsed', '2020-01-01', null) }),
  flood: i => ({ url: `http://d${i}.com/`, registered: i % 50 === 0 ? 'lapsed' : null }),
  floodRows: 3000,
  runs: 12,
})

async function counted(urls: readonly (string | null)[], options: DomainCountsOptions, registered?: string) {
  const rows = urls.map(url => ({ url, registered: registered ?? null }))
  const engine = foldEngine(tableOfRows('t', rows), new Map([['domain-counts', domainCounts]]))
  return (await engine.measure({ found: domainCounts.request(options) })).found
}

it('puts hosts under the domain that a registry sells', async () => {
  const { domains, rows, hosted, nowhere, complete, distinct } = await counted(
    [...hosts.map(host => `http://${host}/`), null, '', 'data:,x'],
    { limit: 100 },
  )
  expect(domains).toEqual([
    { domain: 'a.com', rows: 2, hosted: 0, lapsed: 0 },
    { domain: 'b.co.uk', rows: 2, hosted: 0, lapsed: 0 },
    { domain: 'github.io', rows: 2, hosted: 2, lapsed: 0 },
  ])
  expect({ rows, hosted, nowhere, complete, distinct }).toEqual({
    rows: 6,
    hosted: 2,
    nowhere: 3,
    complete: true,
    distinct: 3,
  })
})

it('counts lapsed rows', async () => {
  const { lapsed, lapsedRows, domains } = await counted(['http://a.com/', 'http://a.com/2'], { limit: 9 }, 'lapsed')
  expect([lapsed, domains[0]!.lapsed, lapsedRows]).toEqual([2, 2, [0, 1]])
})

it('finds the largest domains in a second pass though a flood of others overflows the first', async () => {
  const urls = Array.from({ length: 30_000 }, (_, i) => (i % 3 === 0 ? `http://big${i % 5}.com/` : `http://d${i}.com/`))
  const first = await counted(urls, { limit: 500 })
  expect(first.complete).toBe(false)
  expect(Math.abs(first.distinct / 20_005 - 1)).toBeLessThan(0.15)
  const second = await counted(urls, { limit: 500, large: first })
  expect(second.complete).toBe(true)
  expect(second.domains.slice(0, 5).map(d => d.rows)).toEqual([2000, 2000, 2000, 2000, 2000])
})
