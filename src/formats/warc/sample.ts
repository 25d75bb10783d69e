import { createHash } from 'node:crypto'
import { defaultLimits, type RecordBatch } from '../../core/index.ts'
import { memorySource } from '../../sources/index.ts'
import warc from './index.ts'

/** A digest as WARC declares it. */
export const sha1 = (bytes: string | Uint8Array) => `sha1:${createHash('sha1').update(bytes).digest('hex')}`

/** One WARC record; fields may be overruled. */
export function record(
  type: string,
  block: string | Uint8Array,
  fields: Readonly<Record<string, string>> = {},
): Buffer {
  const all = {
    'WARC-Type': type,
    'WARC-Record-ID': `<urn:uuid:${type}>`,
    'WARC-Date': '2026-01-02T03:04:05Z',
    'Content-Length': String(Buffer.byteLength(block)),
    ...fields,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`WARC/1.1\r\n${lines.join('')}\r\n`), Buffer.from(block), Buffer.from('\r\n\r\n')])
}

/** Content type of a stored answer. */
export const http = 'application/http; msgtype=response'
/** A page with a title and a line. */
export const page = '<html><title>Home</title><body><p>Hello <b>there</b></p></body></html>'
/** An HTTP answer. */
export const reply = (body: string | Uint8Array, head = 'Content-Type: text/html; charset=utf-8') =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`), Buffer.from(body)])
/** A record with an HTTP answer. */
export const response = (body: string | Uint8Array, head?: string, fields: Readonly<Record<string, string>> = {}) =>
  record('response', reply(body, head), {
    'Content-Type': http,
    'WARC-Target-URI': 'https://example.org/',
    'WARC-Payload-Digest': sha1(body),
    ...fields,
  })

/** A record about the file. */
export const info = record('warcinfo', 'software: test\r\n', { 'Content-Type': 'application/warc-fields' })
/** A record of what was asked. */
export const request = record('request', 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n', {
  'Content-Type': 'application/http; msgtype=request',
  'WARC-Target-URI': 'https://example.org/',
})
/** A record of plain text. */
export const note = record('conversion', 'plain text', {
  'Content-Type': 'text/plain',
  'WARC-Target-URI': '<https://example.org/note>',
  'WARC-Block-Digest': `sha256:${createHash('sha256').update('plain text').digest('hex')}`,
})

/** All that the format gives of bytes. */
export async function read(bytes: Uint8Array, request = {}) {
  const file = await warc.open(memorySource('crawl.warc', bytes), defaultLimits)
  const batches: RecordBatch[] = []
  for await (const batch of file.records(request)) batches.push(batch)
  return {
    file,
    cells: (name: string) => batches.flatMap(batch => [...(batch.columns.get(name) ?? [])]),
    records: batches.flatMap(batch => [...batch.records]),
    defects: batches.flatMap(batch => [...batch.defects]),
    kinds: batches.flatMap(batch => batch.defects.map(defect => `${defect.record} ${defect.kind}`)),
  }
}
