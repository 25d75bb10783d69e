import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { info, note, page, read, reply, request, response } from './sample.ts'

describe('damage', () => {
  const lie = (length: number) => response(page, undefined, { 'Content-Length': String(length) })
  it.each([
    ['too long', lie(reply(page).length + 300)],
    ['too short', lie(reply(page).length - 9)],
    ['huge', lie(10 ** 14)],
    [
      'missing',
      lie(0)
        .subarray(0)
        .toString()
        .replace(/Content-Length: 0\r\n/, ''),
    ],
  ])('of a length that is %s costs no other record', async (_, bad) => {
    const { cells, kinds } = await read(Buffer.concat([info, Buffer.from(bad), note, request]))
    expect(cells('type')).toEqual(['warcinfo', 'response', 'conversion', 'request'])
    expect(kinds).toContain('1 wrong-length')
  })
  it('between records is passed over', async () => {
    const { cells, kinds, records } = await read(Buffer.concat([info, Buffer.from('garbage\r\n'.repeat(9)), note]))
    expect(cells('type')).toEqual(['warcinfo', 'conversion'])
    expect([kinds, records]).toEqual([['1 not-a-record'], [0, 2]])
  })
  it('of a head that never ends costs that record alone', async () => {
    const endless = Buffer.from(`WARC/1.0\r\n${'X-Field: value\r\n'.repeat(9000)}`)
    const { cells, kinds } = await read(Buffer.concat([info, endless, note]))
    expect(cells('type')).toEqual(['warcinfo', 'conversion'])
    expect(kinds).toEqual(['1 not-a-record'])
  })
  it('of a cut record says how much is there', async () => {
    const bytes = Buffer.concat([info, response(page)])
    const { cells, defects } = await read(bytes.subarray(0, -30))
    expect(cells('type')).toEqual(['warcinfo'])
    expect(defects).toMatchObject([{ record: 1, kind: 'truncated', lost: true }])
  })
  it('of one gzip member costs no other', async () => {
    const members = [info, response(page), note, request].map(each => gzipSync(each))
    members[1] = Buffer.from(members[1]!).fill(0, 40, 90)
    const { cells, kinds } = await read(Buffer.concat(members))
    expect(cells('type')).toEqual(['warcinfo', 'conversion', 'request'])
    expect(kinds.join()).toMatch(/bad-c(ompression|hecksum)/)
  })
  it('of a checksum is told, and the record is read', async () => {
    const member = gzipSync(response(page))
    member[member.length - 8]! ^= 1
    const { cells, kinds } = await read(Buffer.concat([member, gzipSync(note)]))
    expect(cells('type')).toEqual(['response', 'conversion'])
    expect(kinds).toEqual(['1 bad-checksum'])
  })
  it('of a member that ends before its record costs no other', async () => {
    const cut = gzipSync(response(page).subarray(0, -40))
    const { cells, kinds } = await read(Buffer.concat([gzipSync(info), cut, gzipSync(note)]))
    expect(cells('type')).toEqual(['warcinfo', 'conversion'])
    expect(kinds).toEqual(['1 truncated'])
  })
})

describe('hostile files take no time', () => {
  it.each([
    [
      'heads that promise all',
      Buffer.from('WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\n').toString().repeat(20_000),
    ],
    ['signatures without members', '\x1f\x8b\x08'.repeat(400_000)],
    ['members of nothing', gzipSync('').toString('latin1').repeat(50_000)],
    ['marks without records', `WARC/1.0\r\n\r\n${'WARC/1'.repeat(200_000)}`],
  ])('%s', async (_, bytes) => {
    const start = performance.now()
    await read(Buffer.from(bytes, 'latin1'))
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
