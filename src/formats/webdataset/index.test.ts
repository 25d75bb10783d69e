import { describe, expect, it } from 'vitest'
import { blank, pngOf } from '../../core/index.ts'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import webdataset from './index.ts'

const png = (n: number) => Buffer.from(pngOf(blank(2, 2, [n, n, n])))

/** A tar archive of these files. */
function tarOf(files: readonly (readonly [string, Buffer | string])[]): Buffer {
  const blocks = files.flatMap(([name, content]) => {
    const body = Buffer.from(content)
    const head = Buffer.alloc(512)
    head.write(name)
    head.write('0000644\0', 100)
    head.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
    head.write('        0', 148)
    head.write('ustar\x0000', 257)
    const sum = head.reduce((total, byte) => total + byte, 0)
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

const shard = tarOf([
  ['a/001.png', png(1)],
  ['a/001.cls', '7\n'],
  ['a/001.json', '{"width": 2, "source": "x"}'],
  ['a/002.cls', '3'],
  ['a/002.png', png(2)],
  ['a/._002.png', 'junk'],
])

acceptFormat(webdataset, {
  golden: [
    {
      name: 'shard-000000.tar',
      bytes: shard,
      rows: [
        { key: 'a/001', image: png(1), label: '7', width: 2, source: 'x' },
        { key: 'a/002', image: png(2), label: '3', width: null, source: null },
      ],
    },
    {
      name: 'folders.tar',
      bytes: tarOf([
        ['./set/cat/1.png', png(1)],
        ['./set/dog/1.png', png(2)],
      ]),
      rows: [
        { key: 'set/cat/1', image: png(1), label: 'cat' },
        { key: 'set/dog/1', image: png(2), label: 'dog' },
      ],
    },
  ],
  foreign: [{ name: 'code.tar', bytes: tarOf([['setup.py', 'print(1)']]) }],
})

const limits = { recordBytes: 100, expandedBytes: 1 << 22, depth: 32, columns: 200 }

describe('webdataset', () => {
  it('says what is wrong with a field, and goes on', async () => {
    const bytes = tarOf([
      ['1.png', Buffer.alloc(200)],
      ['1.json', '{"a": '],
      ['2.png', png(1)],
      ['2.cls', 'x'],
    ])
    const file = await webdataset.open(memorySource('odd.tar', bytes), limits)
    for await (const { size, defects } of file.records({})) {
      expect(size).toBe(2)
      expect(defects.map(d => [d.record, d.lost])).toEqual([
        [0, false],
        [0, false],
      ])
    }
  })
})
