import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Copies, type Copy, once } from '../../sources/index.ts'
import type { Asked, Seen } from './record.ts'
import { type SeeOptions, seeAll } from './see.ts'
import { survey } from './survey.ts'

const hash = (text: string, name = 'sha256') => createHash(name).update(text).digest('hex')
const found = (url: string, text: string, more = {}): Copy => ({
  url,
  fetchedAt: null,
  body: once(Buffer.from(text)),
  ...more,
})
const none = (url: string, trouble: 'absent' | 'gone' | 'redirects', more = {}): Copy => ({
  url,
  fetchedAt: null,
  trouble,
  message: trouble,
  ...more,
})
const row = (i: number, url: string | null, more: Partial<Asked> = {}): Asked => ({
  row: i,
  url,
  digest: null,
  looks: null,
  ...more,
})

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
const lookup = (answers: Readonly<Record<string, string>>, asked: string[] = []): Copies => ({
  kind: 'lookup',
  name: 'lookup',
  atOnce: 3,
  find: async url => {
    asked.push(url)
    // The first takes longest: the order of the list must hold all the same.
    await new Promise(resolve => setTimeout(resolve, asked.length === 1 ? 30 : 1))
    return answers[url] === undefined ? none(url, 'absent') : found(url, answers[url])
  },
})
const stream = (copies: readonly (() => Copy)[]): Copies => ({
  kind: 'stream',
  name: 'stream',
  async *all(wanted) {
    for (const make of copies) if (wanted(make().url)) yield make()
  },
})

async function seen(
  rows: readonly Asked[],
  sources: readonly Copies[],
  options: Partial<SeeOptions> = {},
): Promise<Seen[]> {
  const all: Seen[] = []
  const known = await survey(given(rows), { hosts: false, wanted: true })
  const signal = new AbortController().signal
  for await (const one of seeAll(given(rows), sources, { survey: known, pictures: true, signal, ...options }))
    all.push(one)
  return all
}

describe('seeAll', () => {
  it('sees rows in the order of the list, each address once', async () => {
    const asked: string[] = []
    const source = lookup({ 'http://a.example/': 'one', 'http://b.co.uk/': 'two' }, asked)
    const all = await seen(
      [row(0, 'http://a.example/'), row(5, 'http://b.co.uk/'), row(7, 'http://a.example/'), row(9, null)],
      [source],
    )
    expect(all.map(({ row }) => row)).toEqual([0, 5, 7, 9])
    expect(asked).toHaveLength(2)
    expect(all[0]!.record).toEqual({
      url: 'http://a.example/',
      registrableDomain: 'a.example',
      sha256: hash('one'),
      bytes: 3,
      mediaType: 'text/plain',
      looks: null,
      fetchedAt: null,
    })
    expect(all[1]!.record.registrableDomain).toBe('b.co.uk')
    expect(all[3]!.record.error?.kind).toBe('bad-url')
    expect(all[3]!.observed).toBeNull()
  })
  it('spells digests as the list does', async () => {
    const url = 'http://a.example/'
    const forms = [
      hash('one', 'md5'),
      hash('other', 'sha1').toUpperCase(),
      `sha256:${hash('x')}`,
      'sha1:QLUCACZNCOAVLYYLUGEUOGGFSJ2P4MZP',
      'n/a',
    ]
    const all = await seen(
      forms.map((digest, i) => row(i, url, { digest })),
      [lookup({ [url]: 'one' })],
    )
    expect(all.map(({ observed }) => observed)).toEqual([
      hash('one', 'md5'),
      hash('one', 'sha1').toUpperCase(),
      `sha256:${hash('one')}`,
      expect.stringMatching(/^sha1:[A-Z2-7]{32}$/),
      hash('one'),
    ])
  })
  it('asks the sources in turn until one holds it', async () => {
    const all = await seen(
      [row(0, 'http://a.example/'), row(1, 'http://b.example/'), row(2, 'http://c.example/')],
      [
        lookup({ 'http://a.example/': 'first' }),
        stream([() => found('http://a.example/', 'second'), () => none('http://b.example/', 'gone')]),
      ],
    )
    expect(all.map(({ record }) => record.sha256 ?? record.error?.kind)).toEqual([hash('first'), 'gone', 'absent'])
  })
  it('takes the copy that was fetched last', async () => {
    const url = 'http://a.example/'
    const at = (day: number) => ({ fetchedAt: `2024-01-0${day}T00:00:00Z` })
    const all = await seen(
      [row(0, url)],
      [stream([() => found(url, 'old', at(1)), () => found(url, 'new', at(3)), () => found(url, 'mid', at(2))])],
    )
    expect(all[0]!.record).toMatchObject({ sha256: hash('new'), fetchedAt: '2024-01-03T00:00:00Z' })
  })
  it('follows redirects inside a crawl, wherever their targets stand', async () => {
    const to = (url: string, finalUrl: string) => () => none(url, 'redirects', { finalUrl })
    const all = await seen(
      [row(0, 'http://a.example/'), row(1, 'http://b.example/'), row(2, 'http://c.example/')],
      [
        stream([
          () => found('http://early.example/', 'early'),
          to('http://a.example/', 'http://early.example/'),
          to('http://b.example/', 'http://late.example/'),
          () => found('http://late.example/', 'late'),
          to('http://c.example/', 'http://d.example/'),
          to('http://d.example/', 'http://c.example/'),
        ]),
      ],
    )
    expect(all.map(({ record }) => record.sha256 ?? record.error?.kind)).toEqual([
      hash('early'),
      hash('late'),
      'redirects',
    ])
    expect(all[0]!.record.finalUrl).toBe('http://early.example/')
  })
  it('records nothing of an empty answer', async () => {
    const [one] = await seen([row(0, 'http://a.example/')], [lookup({ 'http://a.example/': '' })])
    expect(one).toMatchObject({ observed: null, record: { sha256: null, error: { kind: 'empty' } } })
  })
  it('does not call bytes changed that a downloader stored in another size', async () => {
    const url = 'http://a.example/'
    const stored = stream([() => found(url, 'resized', { stated: { md5: hash('served', 'md5') } })])
    const recorded = { digest: hash('served', 'md5') }
    expect((await seen([row(0, url, recorded)], [stored]))[0]!.record.error?.kind).toBe('altered')
    const looks = await seen([row(0, url, { ...recorded, looks: 'p:0123456789abcdef' })], [stored])
    expect(looks[0]!.observed).toBe(hash('resized', 'md5'))
    const other = await seen([row(0, url, { digest: hash('other', 'md5') })], [stored])
    expect(other[0]!.observed).toBe(hash('resized', 'md5'))
  })
  it('says when a domain was registered and what a picture lacks', async () => {
    const [one] = await seen([row(0, 'http://a.example/')], [lookup({ 'http://a.example/': 'GIF89a' })], {
      registered: domain => (domain === 'a.example' ? '2020-01-01T00:00:00.000Z' : null),
      fetchedAt: '2024-01-01T00:00:00.000Z',
    })
    expect(one!.record).toMatchObject({
      registeredAt: '2020-01-01T00:00:00.000Z',
      fetchedAt: '2024-01-01T00:00:00.000Z',
      mediaType: 'image/gif',
      looks: null,
      remark: expect.stringContaining('does not decode'),
    })
  })
  it('believes a crawl before the user, and the user before the time of a file', async () => {
    const [url, written, fetchedAt] = ['http://a.example/', '2026-11-21T00:00:00.000Z', '2024-01-01T00:00:00.000Z']
    const when = async (more: object, options: object) =>
      (await seen([row(0, url)], [stream([() => found(url, 'a', more)])], options))[0]!.record.fetchedAt
    expect(await when({ written }, { fetchedAt })).toBe(fetchedAt)
    expect(await when({ written }, {})).toBe(written)
    const crawled = '2025-05-05T00:00:00.000Z'
    expect(await when({ fetchedAt: crawled, written }, { fetchedAt })).toBe(crawled)
    const lost = stream([() => none(url, 'gone', { written })])
    expect((await seen([row(0, url)], [lost], { fetchedAt }))[0]!.record.fetchedAt).toBe(fetchedAt)
  })
  it('stops between rows when it is told to', async () => {
    const stop = new AbortController()
    const rows = Array.from({ length: 50 }, (_, i) => row(i, `http://a.example/${i}`))
    const source = lookup(Object.fromEntries(rows.map(({ url }) => [url, url!])))
    const known = await survey(given(rows), { hosts: true, wanted: false })
    expect(known.hosts.get('a.example')).toBe(50)
    let count = 0
    for await (const _ of seeAll(given(rows), [source], { survey: known, pictures: false, signal: stop.signal }))
      if (++count === 5) stop.abort()
    expect(count).toBe(5)
  })
})
