import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Row } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import reRegisteredDomain from './index.ts'
import { isRefilled, type Taken } from './taken.ts'

const hex = (text: string) => createHash('sha256').update(text).digest('hex')
const looks = 'p:00000000000000ff'
const other = 'p:ffffffffffffff00'

/** Twelve domains with five rows each, listed in 2021, held since 2005. */
const list = (change: (domain: number, i: number) => Row): Row[] =>
  Array.from({ length: 60 }, (_, i) => ({
    url: `https://img.site${i % 12}.com/${i}.jpg`,
    time: '2021-03-01T00:00:00Z',
    registered: '2005-01-01',
    digest: hex(`${i}`),
    observed: hex(`${i}`),
    looks,
    observedLooks: looks,
    text: null,
    ...change(i % 12, i),
  }))

accept(reRegisteredDomain, {
  clean: ['url-list', 'url-list-bare'],
  caught: [
    { attack: 'split-view', on: 'url-list', dose: { rows: 30 }, recall: 1, precision: 1 },
    {
      attack: 'split-view',
      options: { domains: 2, bits: 3 },
      on: 'url-list',
      dose: { rows: 30 },
      recall: 1,
      precision: 1,
    },
    { attack: 'split-view', options: { mode: 'parked' }, on: 'url-list', dose: { rows: 30 }, recall: 1, precision: 1 },
    { attack: 'split-view', on: 'url-list-bare', dose: { rows: 30 }, recall: 1, precision: 1 },
  ],
  missed: [
    {
      attack: 'split-view',
      options: { mode: 'swapped' },
      on: 'url-list',
      dose: { rows: 30 },
      because: 'nobody bought a domain; digest-mismatch sees what is served',
    },
    {
      attack: 'split-view',
      options: { mode: 'lapsed' },
      on: 'url-list',
      dose: { rows: 30 },
      because: 'nobody bought a domain yet; domain-concentration sees who could',
    },
  ],
  matters: { curatedAt: '2000-01-01', domains: 12 },
  examples: [
    { name: 'a list as it was', rows: list(() => ({})), finds: [] },
    {
      name: 'a domain with a new owner who serves what stood there',
      rows: list(domain => (domain === 3 ? { registered: '2022-05-01' } : {})),
      finds: ['rebought'],
    },
    {
      name: 'a domain with a new owner who serves other pictures',
      rows: list((domain, i) =>
        domain === 3 ? { registered: '2022-05-01', observed: hex(`new${i}`), observedLooks: other } : {},
      ),
      finds: ['swapped'],
    },
    {
      name: 'a domain with a new owner and one page for all addresses',
      rows: list(domain =>
        domain === 3 ? { registered: '2022-05-01', observed: hex('new'), observedLooks: other } : {},
      ),
      finds: ['rebought'],
    },
    {
      name: 'a domain for sale, with the old registration',
      rows: list(domain => (domain === 3 ? { observed: hex('p'), text: 'This domain is for sale' } : {})),
      finds: ['parked'],
    },
    {
      name: 'a domain for sale, registered anew',
      rows: list(domain =>
        domain === 3 ? { registered: '2022-05-01', observed: hex('p'), text: 'Diese Domain steht zum Verkauf' } : {},
      ),
      finds: ['parked'],
    },
    {
      name: 'a page that always sold its domain',
      rows: list(() => ({ text: 'This domain is for sale' })),
      finds: [],
    },
    {
      name: 'one page on eleven domains',
      rows: list(domain => (domain < 11 ? { observed: hex('p'), observedLooks: other } : {})),
      finds: ['page'],
    },
    {
      name: 'one page on five domains',
      rows: list(domain => (domain < 5 ? { observed: hex('p'), observedLooks: other } : {})),
      finds: [],
    },
    {
      name: 'a logo that eleven domains exchanged',
      rows: list(domain => (domain < 11 ? { digest: hex('l'), observed: hex('p'), observedLooks: other } : {})),
      finds: [],
    },
    {
      name: 'more domains than are told one by one',
      rows: list((_, i) => ({ url: `https://site${i}.org/`, registered: i < 25 ? '2022-05-01' : '2005-01-01' })),
      finds: [...Array.from({ length: 20 }, () => 'rebought'), 'others'],
    },
    {
      name: 'a list that says when it was made, not when its rows were',
      rows: list(() => ({ time: null })),
      options: { curatedAt: '2004-01-01' },
      finds: Array.from({ length: 12 }, () => 'rebought'),
    },
  ],
})

test('a site is refilled when several addresses answer, and not all with one page', () => {
  const taken = (changed: number, contents: number, registered: number | null = 1) =>
    isRefilled({ changed, contents, registered } as Taken)
  expect([taken(3, 3), taken(2, 2), taken(50, 1), taken(3, 3, null)]).toEqual([true, false, false, false])
})
