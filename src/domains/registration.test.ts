import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addRegistration,
  domainsIn,
  emptyRegistrations,
  isKnown,
  readRegistration,
  registeredCell,
  registeredOn,
  sharedRegistrations,
} from './index.ts'

const day = 86_400_000
const at = (text: string): number => Date.parse(text)
const answer = (events: unknown, more = {}) =>
  ({ objectClassName: 'domain', ldhName: 'EXAMPLE.COM', events, ...more }) as never

function book(...lines: unknown[]) {
  const all = emptyRegistrations()
  lines.forEach((line, i) => void addRegistration(all, typeof line === 'string' ? line : JSON.stringify(line), i + 1))
  return all
}

describe('a snapshot line', () => {
  it('may be four plain fields', () => {
    const read = readRegistration({ domain: 'www.Example.com', registeredAt: '2021-05-06', expiresAt: 1_800_000_000 })
    expect(read).toEqual({
      domain: 'example.com',
      registeredAt: at('2021-05-06'),
      expiresAt: 1_800_000_000_000,
      checkedAt: null,
      held: true,
    })
  })

  it('may be an answer of RFC 9083, whose latest registration counts', () => {
    const events = [
      { eventAction: 'registration', eventDate: '1999-01-02T03:04:05Z' },
      { eventAction: 'Reregistration', eventDate: '2022-02-03T00:00:00+02:00' },
      { eventAction: 'transfer', eventDate: '2023-01-01T00:00:00Z' },
      { eventAction: 'expiration', eventDate: '2030-01-01T00:00:00Z' },
      { eventAction: 'last update of RDAP database', eventDate: '2024-06-01T00:00:00Z' },
    ]
    const expected = {
      domain: 'example.com',
      registeredAt: at('2022-02-02T22:00:00Z'),
      expiresAt: at('2030-01-01'),
      checkedAt: at('2024-06-01'),
      held: true,
    }
    expect(readRegistration(answer(events))).toEqual(expected)
    expect(readRegistration({ domain: 'example.com', answer: answer(events) })).toEqual(expected)
  })

  it.each([
    ['no events', answer(undefined)],
    ['redacted dates', answer([{ eventAction: 'registration' }, { eventAction: 'registration', eventDate: '' }])],
    ['events of another kind', answer({ registration: '2020-01-01' })],
    ['odd events', answer([null, 7, 'x', { eventAction: 5, eventDate: '2020-01-01' }])],
    ['an impossible date', answer([{ eventAction: 'registration', eventDate: '2020-13-45T00:00:00Z' }])],
  ])('leaves the date unknown with %s', (_, value) => {
    const read = readRegistration(value)
    expect(read).toMatchObject({ domain: 'example.com', registeredAt: null, held: true })
    expect(typeof read === 'string' ? '' : registeredCell(read)).toBeNull()
  })

  it.each([
    [7, 'the line is no object'],
    [[], 'the line is no object'],
    [{}, 'no domain is named'],
    [{ domain: 5 }, 'no domain is named'],
    [{ domain: 'com' }, 'what is named is no domain that a registry sells'],
    [{ domain: '127.0.0.1' }, 'what is named is no domain that a registry sells'],
    [{ domain: 'a b' }, 'what is named is no domain that a registry sells'],
  ])('%j is refused: %s', (value, message) => expect(readRegistration(value as never)).toBe(message))

  it('says that nobody holds a domain', () => {
    const gone = (value: object) => registeredCell(readRegistration(value as never) as never)
    expect(gone({ domain: 'example.com', errorCode: 404 })).toBe('lapsed')
    expect(gone({ domain: 'example.com', answer: { errorCode: 404, title: 'Not Found' } })).toBe('lapsed')
    const expired = { domain: 'example.com', registeredAt: '2010-01-01', expiresAt: '2020-01-01' }
    expect(gone({ ...expired, checkedAt: '2020-02-01' })).toBe('2010-01-01T00:00:00.000Z')
    expect(gone({ ...expired, checkedAt: '2020-06-01' })).toBe('lapsed')
    expect(gone(expired)).toBe('2010-01-01T00:00:00.000Z')
  })
})

describe('a snapshot', () => {
  it('keeps what was checked last, and tells which lines say nothing', () => {
    const all = book(
      { domain: 'a.com', registeredAt: '2020-01-01', checkedAt: '2024-01-01' },
      '',
      '{"domain":',
      { domain: 'a.com', registeredAt: '2010-01-01', checkedAt: '2023-01-01' },
      { domain: 'b.com', registeredAt: '2011-01-01' },
      { domain: 'b.com', registeredAt: '2012-01-01' },
      `"${'x'.repeat(2 << 20)}"`,
    )
    expect(registeredOn(all, 'a.com')).toBe('2020-01-01T00:00:00.000Z')
    expect(registeredOn(all, 'b.com')).toBe('2012-01-01T00:00:00.000Z')
    expect(all.bad).toBe(2)
    expect(all.defects).toEqual([
      { line: 3, message: 'the line is no JSON' },
      { line: 7, message: 'the line is longer than an answer can be' },
    ])
    expect(at('2020-01-01') % day).toBe(0)
  })

  it('takes any JSON without harm', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, events) => {
        const all = book(value, { domain: 'example.com', events }, { ldhName: 'example.com', answer: value })
        expect(() => registeredOn(all, 'example.com')).not.toThrow()
        expect(isKnown(all, 'example.com')).toBe(true)
        expect(domainsIn(all)).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps few of the defects of many bad lines', () => {
    const all = book(...Array.from({ length: 500 }, () => 'no'))
    expect([all.bad, all.defects.length]).toEqual([500, 100])
  })

  it('tells of any number of domains what a map of its lines would, also in shared memory', () => {
    const line = fc.record({ name: fc.nat(3000), day: fc.nat(9000), checked: fc.option(fc.nat(5)), held: fc.boolean() })
    const named = (name: number) => `${name.toString(36)}.com`
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4000, size: 'max' }), lines => {
        const all = emptyRegistrations()
        const plain = new Map<string, { checked: number; cell: string | null }>()
        lines.forEach((one, i) => {
          const [domain, registeredAt] = [named(one.name), new Date(one.day * day).toISOString()]
          const checked = one.checked === null ? 0 : at('2024-01-01') + one.checked * day
          const answer = { domain, registeredAt, ...(one.held ? {} : { errorCode: 404 }) }
          const text = JSON.stringify({ ...answer, ...(checked > 0 ? { checkedAt: checked } : {}) })
          addRegistration(all, text, i + 1)
          if (checked >= (plain.get(domain)?.checked ?? 0))
            plain.set(domain, { checked, cell: one.held ? registeredAt : 'lapsed' })
        })
        for (const book of [all, sharedRegistrations(all)]) {
          expect(domainsIn(book)).toBe(plain.size)
          const told = Array.from({ length: 3002 }, (_, name) => named(name)).filter(domain => isKnown(book, domain))
          expect(new Set(told)).toEqual(new Set(plain.keys()))
          expect(told.map(domain => registeredOn(book, domain))).toEqual(told.map(domain => plain.get(domain)!.cell))
        }
      }),
      { numRuns: 10 },
    )
  })
})
