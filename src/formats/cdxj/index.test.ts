import { describe, expect, it } from 'vitest'
import { defaultLimits, type RecordBatch } from '../../core/index.ts'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import cdxj from './index.ts'

const digest = 'B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A'
const said = {
  url: 'http://example.com/',
  mime: 'text/html',
  status: '200',
  digest,
  length: '1030',
  offset: '784',
  filename: 'a.warc.gz',
}
const row = {
  urlkey: 'com,example)/',
  time: '2014-01-03T03:03:21Z',
  url: 'http://example.com/',
  status: 200,
  mime: 'text/html',
  digest,
  bytes: 1030,
  filename: 'a.warc.gz',
  offset: 784,
}
const line = `com,example)/ 20140103030321 ${JSON.stringify(said)}\n`
const cdx11 = `com,example)/ 20140103030321 http://example.com/ text/html 200 ${digest} - - 1030 784 a.warc.gz\n`
const cdx9 = `com,example)/ 20140103030321 http://example.com/ text/html 200 ${digest} - 784 a.warc.gz\n`
const older = 'org,iana)/ 20130702195402 http://iana.org/ unk - - - 7 b.arc\n'
const olderRow = {
  ...{ urlkey: 'org,iana)/', time: '2013-07-02T19:54:02Z', url: 'http://iana.org/', status: null, mime: 'unk' },
  ...{ digest: null, bytes: null, filename: 'b.arc', offset: 7 },
}

acceptFormat(cdxj, {
  golden: [
    { name: 'index.cdxj', bytes: Buffer.from(`!OpenWayback-CDXJ 1.0\n${line}${line}`), rows: [row, row] },
    { name: 'index', bytes: Buffer.from(line.repeat(3)), rows: [row, row, row] },
    { name: 'index.cdx', bytes: Buffer.from(` CDX N b a m s k r M S V g\n${cdx11}`), rows: [row] },
    { name: 'nine.cdx', bytes: Buffer.from(cdx9 + older), rows: [{ ...row, bytes: null }, olderRow] },
  ],
  foreign: [
    { name: 'notes.txt', bytes: Buffer.from('CDX is a format\nof indexes\n') },
    { name: 'rows.jsonl', bytes: Buffer.from('{"url":"http://example.com/"}\n') },
    { name: 'rows.csv', bytes: Buffer.from('a,b\n1,2\n3,4\n') },
  ],
})

describe('lines that are no captures', () => {
  it('are told with their number, and the others are read', async () => {
    const text = `${line}com,example)/ 20140103030321 {"url": \nnot a capture\n${line}`
    const file = await cdxj.open(memorySource('index.cdxj', Buffer.from(text)), defaultLimits)
    const batches: RecordBatch[] = []
    for await (const batch of file.records({})) batches.push(batch)
    expect(batches.flatMap(batch => [...batch.records])).toEqual([0, 3])
    expect(batches.flatMap(batch => batch.defects)).toMatchObject([
      { record: 1, line: 2, kind: 'bad-index', lost: true },
      { record: 2, line: 3, kind: 'bad-index', lost: true },
    ])
  })
  it('are told when an index of one kind has lines of another', async () => {
    const file = await cdxj.open(
      memorySource('index.cdx', Buffer.from(` CDX N b a m s k r M S V g\n${cdx9}`)),
      defaultLimits,
    )
    for await (const { size, defects } of file.records({}))
      expect([size, defects.map(({ kind }) => kind)]).toEqual([0, ['bad-index']])
  })
})
