import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type Cell, defaultLimits } from '../../core/index.ts'
import { acceptFormat } from '../../kit/index.ts'
import { expanded, memorySource } from '../../sources/index.ts'
import warc from './index.ts'
import { http, info, note, page, read, record, reply, request, response, sha1 } from './sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-warc-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const empty = { status: null, mime: null, url: null, about: null, digest: null, observed: null, text: null, inside: 0 }
const time = '2026-01-02T03:04:05Z'
const payload = sha1(page)
const rows = [
  {
    ...empty,
    id: '<urn:uuid:warcinfo>',
    type: 'warcinfo',
    time,
    mime: 'application/warc-fields',
    bytes: 16,
    offset: 0,
  },
  {
    ...empty,
    id: '<urn:uuid:response>',
    type: 'response',
    url: 'https://example.org/',
    time,
    status: 200,
    mime: 'text/html',
    bytes: page.length,
    digest: payload,
    observed: payload,
    text: 'Home\nHello there',
    offset: info.length,
  },
  {
    ...empty,
    id: '<urn:uuid:request>',
    type: 'request',
    about: 'https://example.org/',
    time,
    bytes: 0,
    offset: info.length + response(page).length,
  },
]

acceptFormat(warc, {
  golden: [{ name: 'crawl.warc', bytes: Buffer.concat([info, response(page), request]), rows }].map(file => ({
    ...file,
    rows: file.rows as Readonly<Record<string, Cell>>[],
  })),
  foreign: [{ name: 'words.warc', bytes: Buffer.from('WARC files are fine, said the text.\n') }],
})

describe('bodies', () => {
  const chunked = (text: string) =>
    `5\r\n${text.slice(0, 5)}\r\n${(text.length - 5).toString(16)};x=y\r\n${text.slice(5)}\r\n0\r\n\r\n`
  it.each([
    ['chunks', chunked(page), 'Transfer-Encoding: chunked'],
    ['gzip', gzipSync(page), 'Content-Encoding: gzip'],
    ['deflate', deflateSync(page), 'Content-Encoding: deflate'],
    ['deflate without a head', deflateSync(page).subarray(2, -4), 'Content-Encoding: deflate'],
    ['br', brotliCompressSync(page), 'Content-Encoding: br'],
    ['br over gzip', brotliCompressSync(gzipSync(page)), 'Content-Encoding: gzip, br'],
    ['an encoding that was undone before', page, 'Content-Encoding: gzip'],
  ])('are undone: %s', async (_, body, head) => {
    const { cells, kinds } = await read(response(body, `Content-Type: text/html\r\n${head}`))
    expect(kinds).toEqual([])
    expect(cells('text')).toEqual(['Home\nHello there'])
    expect(cells('observed')).toEqual(cells('digest'))
  })
  it('have the digest that was declared of their joined chunks', async () => {
    const sent = chunked(page)
    const joined = response(sent, 'Content-Type: text/html\r\nTransfer-Encoding: chunked', {
      'WARC-Payload-Digest': sha1(page),
    })
    const { cells, kinds } = await read(joined)
    expect(kinds).toEqual([])
    expect(cells('observed')).toEqual([sha1(page)])
  })
  it('keep what stands before and behind a wrong chunk, and say so', async () => {
    const body = chunked(page)
      .replace('5\r\n', 'ff\r\n')
      .replace(/\r\n0\r\n\r\n$/, '')
    const { cells, kinds } = await read(response(body, 'Content-Type: text/html\r\nTransfer-Encoding: chunked'))
    expect(kinds).toEqual(['0 bad-chunks'])
    expect(cells('text')).toHaveLength(1)
    expect(String(cells('text')[0])).toContain('there')
  })
  it('that grow without end are not expanded', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20))
    const { cells, kinds } = await read(response(bomb, 'Content-Type: text/html\r\nContent-Encoding: gzip'))
    expect(kinds).toEqual(['0 too-large'])
    expect(cells('text')).toEqual([null])
  })
  it('are read in the character set that they name', async () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1')
    const said = await read(response(bytes('<p>\xe9t\xe9 \x96'), 'Content-Type: text/html; charset=iso-8859-1'))
    const meta = await read(response(bytes('<meta charset="windows-1251"><p>\xcf'), 'Content-Type: text/html'))
    const none = await read(response(bytes('<p>\xe9t\xe9'), 'Content-Type: text/html'))
    const unknown = await read(response('<p>ok', 'Content-Type: text/html; charset=martian'))
    expect([said, meta, none, unknown].map(found => found.cells('text')[0])).toEqual(['été –', 'П', 'été', 'ok'])
  })
})

describe('digests', () => {
  const bytes = createHash('sha1').update(page).digest()
  it.each([
    ['base 32', 'sha1:', /^sha1:[A-Z2-7]{32}$/],
    ['hexadecimal', sha1(page), /^sha1:[\da-f]{40}$/],
    ['capitals', `SHA-1:${bytes.toString('hex').toUpperCase()}`, /^SHA-1:[\dA-F]{40}$/],
    ['base 64', `sha1:${bytes.toString('base64')}`, /=$/],
    ['md5', `md5:${createHash('md5').update(page).digest('hex')}`, /^md5:/],
  ])('are compared as they are spelled: %s', async (name, declared, shape) => {
    const base32 = { 'WARC-Payload-Digest': name === 'base 32' ? `sha1:${'A'.repeat(32)}` : declared }
    const { cells } = await read(response(page, undefined, base32))
    expect(String(cells('observed')[0])).toMatch(shape)
    if (name !== 'base 32') expect(cells('observed')).toEqual([declared])
  })
  it('that do not fit are told with the place', async () => {
    const altered = Buffer.from(response(page).toString().replace('there', 'where'))
    const { defects, cells } = await read(Buffer.concat([info, altered]))
    expect(defects).toMatchObject([{ record: 1, kind: 'bad-digest', lost: false }])
    expect(defects[0]!.message).toContain(`byte ${info.length}`)
    expect(cells('observed')[1]).not.toBe(cells('digest')[1])
  })
  it('of an algorithm that nobody knows are not compared', async () => {
    const { cells, kinds } = await read(response(page, undefined, { 'WARC-Payload-Digest': 'crc9:00' }))
    expect([cells('digest'), cells('observed'), kinds]).toEqual([['crc9:00'], [null], []])
  })
  it('of a visit to what was stored before are not compared', async () => {
    const revisit = record('revisit', reply(''), { 'Content-Type': http, 'WARC-Payload-Digest': sha1(page) })
    const { cells, kinds } = await read(revisit)
    expect([cells('digest'), cells('observed'), kinds]).toEqual([[sha1(page)], [null], []])
  })
  it('of a block that is too long to keep cover all of it', async () => {
    const long = Buffer.alloc(3 << 20, 'long ')
    const file = await warc.open(memorySource('a', response(long)), { ...defaultLimits, recordBytes: 1 << 20 })
    for await (const { columns, defects } of file.records({})) {
      expect(columns.get('observed')).toEqual([sha1(long)])
      expect(defects.map(defect => defect.kind)).toEqual(['too-long'])
    }
  })
})

describe('compressed files', () => {
  it('give rows or defects when they are cut off anywhere', async () => {
    const bytes = Buffer.concat([info, response(page), note].map(each => gzipSync(each)))
    for (let end = 0; end < bytes.length; end++) {
      const { records, defects } = await read(bytes.subarray(0, end))
      expect(records.length < 3 || defects.length > 0, `cut at ${end}`).toBe(true)
    }
  })
  it('give the place of each member, through the layer that expands them', async () => {
    const members = [info, response(page), note].map(each => gzipSync(each))
    const stored = memorySource('crawl.warc.gz', Buffer.concat(members))
    const file = await warc.open(expanded(stored, 'gzip', 1 << 30), defaultLimits)
    for await (const { columns } of file.records({}))
      expect(columns.get('offset')).toEqual([0, members[0]!.length, members[0]!.length + members[1]!.length])
  })
  it('of one member say that nothing can be looked up', async () => {
    const { cells, kinds } = await read(gzipSync(Buffer.concat([info, response(page), note])))
    expect(cells('type')).toEqual(['warcinfo', 'response', 'conversion'])
    expect(cells('inside')).toEqual([0, info.length, info.length + response(page).length])
    expect(kinds).toEqual(['1 one-member'])
  })
  it('with records larger than memory should hold at once are read', async () => {
    const long = record('resource', Buffer.alloc(9 << 20, 'abc'), { 'Content-Type': 'text/plain' })
    const { cells } = await read(Buffer.concat([gzipSync(long), gzipSync(note)]))
    expect(cells('type')).toEqual(['resource', 'conversion'])
    expect(cells('text').map(text => String(text).length)).toEqual([9 << 20, 10])
  })
})

describe('without some records', () => {
  it.each([
    ['plain', (each: Buffer) => each],
    ['gzip', (each: Buffer) => gzipSync(each)],
  ])('the others stay as they are: %s', async (name, packed) => {
    const all = [info, response(page), note, request]
    const { file } = await read(Buffer.concat(all.map(packed)))
    const path = join(folder, `${name}.warc`)
    await file.without!(ordinal => ordinal === 1, path)
    const left = readFileSync(path)
    if (name === 'plain') expect(left).toEqual(Buffer.concat([info, note, request]))
    const again = await read(left)
    expect([again.cells('type'), again.kinds]).toEqual([['warcinfo', 'conversion', 'request'], []])
    if (name === 'gzip') expect(again.cells('inside')).toEqual([0, 0, 0])
  })
})
