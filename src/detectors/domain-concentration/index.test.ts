import { expect, test } from 'vitest'
import type { Row } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import { curveOf, domainsFor } from './curve.ts'
import domainConcentration from './index.ts'

const list = (count: number, row: (i: number) => Row): Row[] =>
  Array.from({ length: count }, (_, i) => ({ url: `https://www.site${i % 40}.com/${i}`, ...row(i) }))

accept(domainConcentration, {
  clean: ['url-list', 'url-list-bare', 'web-addresses'],
  caught: [
    {
      attack: 'split-view',
      options: { mode: 'lapsed' },
      on: 'url-list',
      dose: { rows: 20 },
      recall: 1,
      precision: 1,
      named: false,
    },
  ],
  missed: [
    {
      attack: 'split-view',
      on: 'url-list',
      dose: { rows: 20 },
      because: 'domains that were bought have an owner; re-registered-domain sees when they got one',
    },
  ],
  matters: { share: 0.5 },
  examples: [
    { name: 'a list without dates', rows: list(400, () => ({})), finds: ['cost'] },
    {
      name: 'a list with one lapsed row of many',
      rows: list(400, i => ({ registered: i === 7 ? 'lapsed' : '2010-01-01' })),
      options: { share: 0.01 },
      finds: ['few', 'cost'],
    },
    {
      name: 'a list with a lapsed domain',
      rows: list(400, i => ({ registered: i % 40 === 7 ? 'lapsed' : '2010-01-01' })),
      finds: ['lapsed', 'cost'],
    },
    { name: 'addresses without domains', rows: [{ url: 'http://127.0.0.1/' }, { url: 'data:,x' }], finds: [] },
    { name: 'names on one platform', rows: list(50, i => ({ url: `https://u${i}.github.io/` })), finds: ['cost'] },
  ],
})

test('the cost of an attack is counted in domains, without the names that platforms give away', () => {
  const domain = (name: string, rows: number, hosted = 0) => ({ domain: name, rows, hosted, lapsed: 0 })
  const domains = [domain('github.io', 700, 700), domain('a.com', 150), domain('b.com', 100), domain('c.com', 50)]
  const curve = curveOf({ domains, rows: 1000 } as never)
  expect([0.1, 0.2, 0.25, 0.3, 0.31].map(share => domainsFor(curve, share))).toEqual([1, 2, 2, 3, 'more than 3'])
  expect(curve.largest).toEqual({ domain: 'a.com', rows: 150 })
})
