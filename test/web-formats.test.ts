import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { kindOf, openTable } from '../src/scan/index.ts'
import { captureAt, captures, fileSource } from '../src/sources/index.ts'

const golden = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url))
const crawl = (name: string) => fileURLToPath(new URL(`../../shared/data/crawl/warc/${name}`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'bezoar-web-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

/** All cells of a table by role, its defects, and the roles it has. */
async function read(path: string) {
  const table = await openTable([path], { digest: false })
  const cells = new Map<string, unknown[]>()
  const defects: string[] = []
  let rows = 0
  for await (const batch of table.batches()) {
    rows += batch.size
    for (const [role, values] of batch.columns) cells.set(role, [...(cells.get(role) ?? []), ...values])
    defects.push(...batch.defects.map(defect => defect.kind))
  }
  await table.close()
  return { format: table.parts[0]!.format, rows, defects, of: (role: string) => cells.get(role) ?? [] }
}

describe('a wiki dump', () => {
  it.each(['history.xml', 'history.xml.bz2', 'history.xml.xz', 'history.xml.7z'])(
    'is read as published: %s',
    async name => {
      const path = golden(name)
      expect(await kindOf([path])).toBe('dataset')
      const { format, rows, defects, of } = await read(path)
      expect([format, rows, defects]).toEqual(['mediawiki', 3, []])
      expect(of('item')).toEqual(['Harbour', 'Harbour', 'Talk:Harbour'])
      expect(of('id')).toEqual([1, 2, 3])
      expect(of('actor')).toEqual(['Ann', '192.0.2.7', null])
      expect(of('digest')).toEqual(['2y5cmbm8rqdz9ufsgzwjnwmzcdo3djh', '9ke1ag6ebs3g9sq3tc7phk4q8eu1sqd', null])
      expect(of('text')).toEqual(["A '''harbour''' holds ships.", "A '''harbour''' holds <b>no</b> ships.", null])
    },
  )
  it('that was cut off says so, however it is packed', async () => {
    for (const name of ['history.xml', 'history.xml.bz2', 'history.xml.xz']) {
      const bytes = readFileSync(golden(name))
      const { defects } = await read(put(name, bytes.subarray(0, bytes.length - 60)))
      expect(defects, name).toContain('truncated')
    }
    const archive = readFileSync(golden('history.xml.7z'))
    const { rows, defects } = await read(put('history.xml.7z', archive.subarray(0, archive.length - 60)))
    expect([rows, defects]).toEqual([0, ['truncated']])
  })
})

describe('what a file is', () => {
  const pickle = Buffer.from('\x80\x04\x95\x0b\0\0\0\0\0\0\0}\x94\x8c\x01a\x94K\x01s.', 'latin1')
  const record = 'WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n'
  const line = 'org,example)/ 20260102030405 {"url":"http://example.org/"}\n'
  it.each([
    ['pickle.warc', pickle, 'model'],
    ['pickle.warc.gz', gzipSync(pickle), 'model'],
    ['pickle.arc', pickle, 'model'],
    ['pickle.cdxj', pickle, 'model'],
    ['pickle.xml', pickle, 'model'],
    ['records.warc', record, 'dataset'],
    ['records.warc.gz', gzipSync(record), 'dataset'],
    ['records.bin', record, 'dataset'],
    ['lines.cdxj', line, 'dataset'],
    ['lines.cdxj.gz', gzipSync(line), 'dataset'],
  ] as const)('%s is told by its content', async (name, bytes, kind) => {
    expect(await kindOf([put(name, bytes)])).toBe(kind)
  })
})

/** What the names of real files promise: their format, their records, and what is wrong with them. */
const real: readonly (readonly [string, string, number, readonly string[]])[] = [
  ['bad.arc', 'arc', 4, ['wrong-length', 'wrong-length', 'wrong-length']],
  ['example.arc.gz', 'arc', 2, []],
  ['example.warc.gz', 'warc', 6, []],
  ['example-bad.warc.gz.bad', 'warc', 6, ['one-member']],
  ['example-iana.org-chunked.warc', 'warc', 3, []],
  ['example-space-in-target-uri.warc.gz', 'warc', 2, ['bad-uri']],
  ['example-trunc.warc', 'warc', 4, ['wrong-length', 'bad-digest', 'bad-digest']],
  ['example-wrong-chunks.warc.gz', 'warc', 2, ['bad-digest']],
]

describe.skipIf(!existsSync(crawl('bad.arc')))('a crawl of the wild', () => {
  it.each(real)('is what its name promises: %s', async (name, format, rows, defects) => {
    expect(await kindOf([crawl(name)])).toBe('dataset')
    const found = await read(crawl(name))
    expect([found.format, found.rows, found.defects]).toEqual([format, rows, defects])
  })
  it.each(real)('gives each capture again by its place: %s', async name => {
    const source = await fileSource(crawl(name))
    for await (const capture of captures(source)) {
      const again = await captureAt(source, capture)
      expect(again).toMatchObject({ url: capture.url, date: capture.date, actualDigest: capture.actualDigest })
      expect(Buffer.compare(again!.payload, capture.payload)).toBe(0)
    }
  })
  it('gives the text of its pages', async () => {
    const { of } = await read(crawl('example-iana.org-chunked.warc'))
    expect(String(of('text')[1])).toMatch(/^Internet Assigned Numbers Authority\n/)
    expect(String(of('text')[1])).not.toMatch(/<|\{/)
  })
})
