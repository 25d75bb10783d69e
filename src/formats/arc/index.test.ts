import { describe, expect, it } from 'vitest'
import { type Cell, defaultLimits, type RecordBatch } from '../../core/index.ts'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import arc from './index.ts'

const page = 'HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>T</title><p>Hello'
const block = (head: string, body: string) => `${head} ${body.length}\n${body}\n`
const first = (version: number, fields: string) =>
  block(
    `filedesc://a.arc 0.0.0.0 20140216050221 text/plain${version === 2 ? ' 200 - - 0 a.arc' : ''}`,
    `${version} 0 Test\n${fields}\n\n`,
  )
const v1 =
  first(1, 'URL IP-address Archive-date Content-type Archive-length') +
  block('http://example.com/a b 192.0.2.1 20140216050222 text/html', page) +
  block('dns:example.com 192.0.2.1 20140216050223 text/dns', 'plain')
const v2 =
  first(2, 'URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length') +
  block('http://example.com/ 192.0.2.1 20140216050222 text/html 200 abc - 0 a.arc', page)

const empty = {
  id: null,
  url: null,
  about: null,
  status: null,
  mime: null,
  digest: null,
  observed: null,
  text: null,
  inside: 0,
}
const row = {
  ...empty,
  type: 'response',
  time: '2014-02-16T05:02:22Z',
  status: 200,
  mime: 'text/html',
  bytes: 24,
  text: 'T\nHello',
}
const desc = { ...empty, type: 'filedesc', time: '2014-02-16T05:02:21Z', mime: 'text/plain', offset: 0 }
const rows: Readonly<Record<string, Cell>>[] = [
  { ...desc, about: 'filedesc://a.arc', bytes: 74 },
  { ...row, url: 'http://example.com/', offset: v2.indexOf('http://example') },
]

acceptFormat(arc, {
  golden: [
    {
      name: 'two.arc',
      bytes: Buffer.from(v2),
      rows: rows.map((each, k) =>
        k === 0 ? { ...each, status: 200, bytes: v2.indexOf('\nhttp') - v2.indexOf('\n') - 1 } : each,
      ),
    },
  ],
  foreign: [{ name: 'a.arc', bytes: Buffer.from('filedesc of something\n') }],
})

async function read(text: string) {
  const file = await arc.open(memorySource('a.arc', Buffer.from(text)), defaultLimits)
  const batches: RecordBatch[] = []
  for await (const batch of file.records({})) batches.push(batch)
  return {
    cells: (name: string) => batches.flatMap(batch => [...(batch.columns.get(name) ?? [])]),
    kinds: batches.flatMap(batch => batch.defects.map(({ record, kind }) => `${record} ${kind}`)),
  }
}

describe('ARC records', () => {
  it('of version 1 are read, and white space in addresses is told', async () => {
    const { cells, kinds } = await read(v1)
    expect(cells('url')).toEqual([null, 'http://example.com/a b', null])
    expect(cells('text')).toEqual([null, 'T\nHello', null])
    expect(cells('mime')).toEqual(['text/plain', 'text/html', 'text/dns'])
    expect(kinds).toEqual(['1 bad-uri'])
  })
  it('that lie about their length cost no other', async () => {
    for (const length of ['-1', 'abc', '3', '9999']) {
      const { cells, kinds } = await read(v1.replace(`text/html ${page.length}`, `text/html ${length}`))
      expect(cells('url'), length).toEqual([null, 'http://example.com/a b', null])
      expect(kinds, length).toContain('1 wrong-length')
    }
  })
})
