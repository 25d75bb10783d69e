import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fileSource } from '../file.ts'
import { memorySource } from '../memory.ts'
import type { Copy } from './copy.ts'
import { crawlCopies } from './crawl.ts'

/** A WARC record that stores an answer of a server. */
const record = (
  url: string,
  status: string,
  body: string | Buffer,
  more: { http?: string; warc?: string; date?: string } = {},
) => {
  const block = Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${more.http ?? ''}\r\n`), Buffer.from(body)])
  const date = more.date ?? '2024-05-06T07:08:09Z'
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${url}\r\nWARC-Date: ${date}\r\nContent-Type: application/http; msgtype=response\r\n${more.warc ?? ''}Content-Length: ${block.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), block, Buffer.from('\r\n\r\n')])
}
const sha1 = (text: string) => `sha1:${createHash('sha1').update(text).digest('hex')}`

async function copies(
  bytes: Buffer,
  wanted: (url: string) => boolean = () => true,
): Promise<(Copy & { text?: string })[]> {
  const found: (Copy & { text?: string })[] = []
  for await (const copy of crawlCopies('crawl', [memorySource('a.warc', bytes)], { mostBytes: 1 << 16 }).all(wanted)) {
    let text = ''
    if ('body' in copy) for await (const chunk of copy.body) text += Buffer.from(chunk).toString()
    found.push({ ...copy, text })
  }
  return found
}

describe('crawlCopies', () => {
  it('gives what servers answered, with place and time', async () => {
    const bytes = Buffer.concat([
      record('http://a.example/', '200 OK', 'hello', { warc: `WARC-Payload-Digest: ${sha1('hello')}\r\n` }),
      record('http://a.example/z', '200 OK', gzipSync('packed'), { http: 'Content-Encoding: gzip\r\n' }),
    ])
    expect(await copies(bytes)).toMatchObject([
      {
        url: 'http://a.example/',
        text: 'hello',
        fetchedAt: expect.stringMatching(/^2024-05-06T07:08:09/),
        warc: { file: 'a.warc', offset: 0, digest: sha1('hello') },
      },
      { url: 'http://a.example/z', text: 'packed' },
    ])
    expect(await copies(bytes, url => url.endsWith('z'))).toHaveLength(1)
  })
  it.each([
    ['404 Not Found', '', {}, 'gone'],
    ['500 Oh', '', {}, 'network'],
    ['403 No', '', {}, 'refused'],
    ['302 Found', '', { http: 'Location: /b\r\n' }, 'redirects'],
    ['200 OK', 'x', { warc: `WARC-Payload-Digest: ${sha1('y')}\r\n` }, 'damaged'],
    ['200 OK', 'x', { warc: 'WARC-Truncated: length\r\n' }, 'cut'],
    ['200 OK', 'x'.repeat(70_000), {}, 'too-large'],
    ['200 OK', gzipSync(Buffer.alloc(200_000)), { http: 'Content-Encoding: gzip\r\n' }, 'too-large'],
  ])('of an answer %s says why there are no bytes', async (status, body, more, trouble) => {
    expect(await copies(record('http://a.example/', status, body, more))).toMatchObject([{ trouble }])
  })
  it('says where redirects lead', async () => {
    const [copy] = await copies(record('http://a.example/x', '301 Moved', '', { http: 'Location: ../y\r\n' }))
    expect(copy).toMatchObject({ trouble: 'redirects', finalUrl: 'http://a.example/y' })
  })
  it('tells of a record that was cut, and keeps those before it', async () => {
    const whole = Buffer.concat([
      record('http://a.example/', '200 OK', 'hello'),
      record('http://a.example/2', '200 OK', 'world'),
    ])
    const told: string[] = []
    const found: string[] = []
    const stream = crawlCopies('crawl', [memorySource('a.warc', whole.subarray(0, whole.length - 6))], {
      mostBytes: 1 << 16,
      onDefect: (file, message) => told.push(`${file}: ${message}`),
    })
    for await (const { url } of stream.all(() => true)) found.push(url)
    expect(found).toEqual(['http://a.example/'])
    expect(told).toEqual([expect.stringContaining('cut off')])
  })
})

const crawl = join(import.meta.dirname, '../../../../shared/data/crawl/warc')
describe.skipIf(!existsSync(crawl))('on published crawls', () => {
  it.each([
    'example.warc.gz',
    'example.arc.gz',
    'example-trunc.warc',
    'bad.arc',
    'example-bad.warc.gz.bad',
    'example-wrong-chunks.warc.gz',
  ])('reads %s without a crash', async name => {
    const files = [await fileSource(join(crawl, name), name)]
    const found: Copy[] = []
    for await (const copy of crawlCopies('crawl', files, { mostBytes: 1 << 20 }).all(() => true)) found.push(copy)
    if (name === 'example.warc.gz')
      expect(found).toMatchObject([{ url: 'http://example.com/', body: expect.anything() }])
  })
})
