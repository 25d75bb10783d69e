import { expect, it } from 'vitest'
import { looksApart, parseLooks } from '../../core/index.ts'
import { registrableDomain } from '../../domains/index.ts'
import { acceptAttack, corpusOf } from '../../kit/index.ts'
import { poisonRows } from '../../lab/index.ts'
import splitView from './index.ts'

acceptAttack(splitView, {
  on: ['url-list', 'url-list-bare'],
  keepsLabel: true,
  matters: { mode: 'swapped', domains: 3, bits: 4, afterDays: 500 },
})

const poisoned = (options: Readonly<Record<string, unknown>>, rows = 30) => {
  const clean = corpusOf('url-list').rows()
  const { rows: all, truth, names } = poisonRows(clean, { attack: splitView, dose: { rows }, seed: 1, options })
  return [...truth].map(i => ({ was: clean[i]!, is: all[i]!, names }))
}

it('buys no more domains than allowed, and none of a hosting platform', () => {
  const rows = poisoned({ domains: 2 })
  const domains = new Set(rows.map(({ is }) => registrableDomain(String(is.url))))
  expect(domains.size).toBeLessThanOrEqual(2)
  expect([...domains].sort()).toEqual([...rows[0]!.names].sort())
  expect([...domains].some(domain => domain === 'blogspot.com' || domain === 'github.io')).toBe(false)
})

it('serves other bytes that look as different as asked, from a domain registered after the list was made', () => {
  for (const { was, is } of poisoned({ bits: 5 })) {
    expect(is.observed).toMatch(/^[0-9a-f]{64}$/)
    expect(is.observed).not.toBe(was.digest)
    expect(looksApart(parseLooks(String(was.looks))!, parseLooks(String(is.observedLooks))!)).toBe(5)
    expect(Date.parse(String(is.registered)) - Date.parse(String(is.time))).toBe(200 * 86_400_000)
  }
})

it('writes digests as the list does', () => {
  const rows = [`sha1:${'A2'.repeat(16)}`, 'B'.repeat(32), 'a1'.repeat(16)].map(digest => ({
    url: 'http://a.com/',
    digest,
  }))
  const { rows: all } = poisonRows(rows, { attack: splitView, dose: { rows: 3 }, seed: 1 })
  expect(all.map(row => row.observed)).toEqual([
    expect.stringMatching(/^sha1:[A-Z2-7]{32}$/),
    expect.stringMatching(/^[A-Z2-7]{32}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ])
})
