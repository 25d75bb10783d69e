import { describe, expect, it } from 'vitest'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import idx from './index.ts'

const pictures = (count: number): Uint8Array => {
  const head = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 3]
  return Uint8Array.from([...head, ...Array.from({ length: count * 6 }, (_, i) => i * 9)])
}
const raster = (n: number) => ({
  width: 3,
  height: 2,
  pixels: Uint8Array.from({ length: 18 }, (_, k) => (n * 6 + Math.floor(k / 3)) * 9),
})
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9)

acceptFormat(idx, {
  golden: [
    { name: 'train-images-idx3-ubyte', bytes: pictures(4), rows: [0, 1, 2, 3].map(n => ({ image: raster(n) })) },
    { name: 'train-labels-idx1-ubyte', bytes: labels, rows: [{ label: 7 }, { label: 0 }, { label: 9 }] },
  ],
  foreign: [
    { name: 'an icon', bytes: Uint8Array.of(0, 0, 1, 0, 1, 0, 16, 16) },
    { name: 'text', bytes: Buffer.from('a,b\n1,2\n') },
  ],
})

const limits = { recordBytes: 1 << 16, expandedBytes: 1 << 22, depth: 32, columns: 200 }

describe('idx', () => {
  it('says how many pictures are missing at the end', async () => {
    const file = await idx.open(memorySource('cut', pictures(4).slice(0, 30)), limits)
    const found = []
    for await (const { size, defects } of file.records({})) found.push([size, defects])
    expect(found).toMatchObject([
      [2, []],
      [0, [{ record: 2, records: 2, kind: 'truncated', lost: true }]],
    ])
  })
})
