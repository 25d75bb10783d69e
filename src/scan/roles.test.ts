import { describe, expect, it } from 'vitest'
import { inferRoles, readsLikeProse, type Sample } from './roles.ts'

const url = (i: number) => `https://example${i % 7}.org/pictures/${i}.jpg`
const sha256 = (i: number) => i.toString(16).padStart(64, '0')
const words = (i: number) => `a picture of thing number ${i * 7919}`

/** Columns of 60 rows, each given by a rule. */
const samples = (columns: Readonly<Record<string, (i: number) => string | number | null>>): Sample[] =>
  Object.entries(columns).map(([name, rule]) => ({ name, cells: Array.from({ length: 60 }, (_, i) => rule(i)) }))
const roles = (columns: Parameters<typeof samples>[0], flags = {}) =>
  Object.fromEntries(inferRoles(samples(columns), flags).flatMap(c => (c.role ? [[c.role, c.name]] : [])))

describe('columns of web corpora', () => {
  it.each([
    ['LAION', { URL: url, TEXT: words }, { url: 'URL', text: 'TEXT' }],
    ['image_url', { image_url: url, caption: words }, { url: 'image_url', text: 'caption' }],
    ['the field of WARC', { 'WARC-Target-URI': url, sha1: sha256 }, { url: 'WARC-Target-URI', digest: 'sha1' }],
    [
      'img2dataset',
      {
        key: i => String(i).padStart(9, '0'),
        url,
        caption: words,
        status: i => (i % 9 === 0 ? 'failed' : 'success'),
        sha256,
        width: () => 256,
      },
      { id: 'key', url: 'url', text: 'caption', digest: 'sha256' },
    ],
    [
      'LAION with sizes, which are no labels',
      { URL: url, TEXT: words, WIDTH: i => [640, 320, 480][i % 3]!, HEIGHT: i => [480, 240][i % 2]! },
      { url: 'URL', text: 'TEXT' },
    ],
    ['addresses under any name', { where: url, what: words }, { url: 'where', text: 'what' }],
    ['addresses without http', { link: i => `example${i}.org/a`, note: words }, { url: 'link', text: 'note' }],
    ['lines of addresses', { text: url }, { url: 'text' }],
    [
      'revisions',
      {
        page: i => `Page ${i}`,
        revision: i => i,
        timestamp: i => `2026-01-01T00:00:${10 + (i % 50)}Z`,
        sha1: sha256,
        username: i => `u${i}`,
        text: words,
      },
      { item: 'page', id: 'revision', time: 'timestamp', digest: 'sha1', actor: 'username', text: 'text' },
    ],
    [
      'revisions without text, whose titles name pages',
      {
        title: i => `The page of thing ${i}`,
        revision_id: i => i,
        timestamp: i => 1e9 + i,
        user: i => `u${i}`,
        sha1: sha256,
      },
      { item: 'title', id: 'revision_id', time: 'timestamp', actor: 'user', digest: 'sha1' },
    ],
    [
      'revisions as the tables of wikis name them',
      {
        page_title: i => `A page ${i}`,
        rev_id: i => i,
        rev_timestamp: i => String(20260101000000 + i),
        rev_actor: i => `u${i}`,
        rev_sha1: i => i.toString(36).padStart(31, '0'),
      },
      { item: 'page_title', id: 'rev_id', time: 'rev_timestamp', actor: 'rev_actor', digest: 'rev_sha1' },
    ],
    [
      'revisions of articles',
      {
        article: i => `A page ${i}`,
        revid: i => i,
        edited_at: i => 1e9 + i,
        editor: i => `u${i}`,
        content_sha1: sha256,
      },
      { item: 'article', id: 'revid', time: 'edited_at', actor: 'editor', digest: 'content_sha1' },
    ],
    [
      'revised articles with their words',
      { revision: i => i, article: i => words(i).repeat(9), date: i => 1e9 + i },
      { id: 'revision', text: 'article', time: 'date' },
    ],
    ['looks of pictures', { url, looks: i => `p:${i.toString(16).padStart(16, '0')}` }, { url: 'url', looks: 'looks' }],
    [
      'digests then and now',
      { url, digest: sha256, observed: sha256 },
      { url: 'url', digest: 'digest', observed: 'observed' },
    ],
  ] as [string, Parameters<typeof samples>[0], object][])('%s', (_, columns, wanted) => {
    expect(roles(columns)).toEqual(wanted)
  })

  it.each([
    ['a hash that is no digest', { hash: (i: number) => i * 31, text: words }, 'digest'],
    ['a link that is a phrase', { link: (i: number) => `see chapter ${i}`, text: words }, 'url'],
    ['looks that are words', { looks: (i: number) => (i % 2 ? 'fine' : 'odd'), text: words }, 'looks'],
    ['few addresses among words', { text: (i: number) => (i % 9 ? words(i) : url(i)) }, 'url'],
  ])('are not told from %s', (_, columns, role) => {
    expect(roles(columns)).not.toHaveProperty(role)
  })

  it('follow the flags', () => {
    expect(roles({ a: url, b: url, c: sha256 }, { url: 'b', digest: 'c' })).toMatchObject({ url: 'b', digest: 'c' })
  })

  it('follow the format that knows them, and infer no more', () => {
    const own = samples({ url, text: words, status: i => (i % 2 ? 'a' : 'b') })
    expect(inferRoles(own, {}, { own: { url: 'url' } })).toEqual([
      { name: 'url', role: 'url', because: 'format' },
      { name: 'text' },
      { name: 'status' },
    ])
  })
})

describe('prose', () => {
  const date = (i: number) => `2024-01-0${(i % 9) + 1} 10:00:00`
  it.each([
    ['words', words, true],
    ['a few words of many', (i: number) => (i % 2 ? null : words(i)), true],
    ['long words that repeat', (i: number) => `${'one of two long answers '.repeat(3)}${i % 2}`, true],
    ['addresses', url, false],
    ['digests', sha256, false],
    ['numbers', (i: number) => i * 31, false],
    ['times', date, false],
    ['kinds of few words', (i: number) => ['CC BY 4.0', 'CC BY SA 4.0', 'all rights reserved'][i % 3]!, false],
    ['names of files', (i: number) => `crawl-data/segments/${i}/warc.gz`, false],
    ['nothing', () => null, false],
  ] as [string, (i: number) => string | number | null, boolean][])('is told from the rest: %s', (_, rule, wanted) => {
    expect(readsLikeProse(samples({ column: rule })[0]!.cells)).toBe(wanted)
  })
})
