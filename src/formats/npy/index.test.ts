import { describe, expect, it } from 'vitest'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import npy from './index.ts'
import { npyOf } from './sample.ts'

const side = 8
const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7) % 256)
const colour = bytes(2 * side * side * 3)
const grey = bytes(side * side)
const raster = (samples: ArrayLike<number>) => ({ width: side, height: side, pixels: Uint8Array.from(samples) })
const spread = (samples: Uint8Array) => raster([...samples].flatMap(v => [v, v, v]))

acceptFormat(npy, {
  golden: [
    {
      name: 'images.npy',
      bytes: npyOf('|u1', [2, side, side, 3], colour),
      rows: [0, 1].map(n => ({ image: raster(colour.subarray(n * 192, (n + 1) * 192)) })),
    },
    { name: 'x_train.npy', bytes: npyOf('|u1', [1, side, side], grey), rows: [{ image: spread(grey) }] },
    {
      name: 'y_train.npy',
      bytes: npyOf('<i8', [2], new Uint8Array(new BigInt64Array([4n, 2n]).buffer)),
      rows: [{ label: 4 }, { label: 2 }],
    },
  ],
  foreign: [
    { name: 'weights.npy', bytes: npyOf('<f4', [4, 3, 3, 3], bytes(432)) },
    { name: 'embeddings.npy', bytes: npyOf('<f4', [4, 64], bytes(1024)) },
  ],
})

const limits = { recordBytes: 1 << 16, expandedBytes: 1 << 22, depth: 32, columns: 200 }
const first = async (file: Buffer) => {
  const opened = await npy.open(memorySource('x.npy', file), limits)
  for await (const { columns } of opened.records({})) return columns.get(opened.columns[0]!)![0]
  return undefined
}

describe('npy', () => {
  it('knows planes, numbers from 0 to 1 and from -1 to 1, and one label of several', async () => {
    const planes = Uint8Array.from({ length: 192 }, (_, k) => Math.floor(k / 64) * 10)
    expect(await first(npyOf('|u1', [1, 3, side, side], planes))).toEqual(
      raster(Array.from({ length: 192 }, (_, k) => (k % 3) * 10)),
    )
    const floats = (values: number[]) =>
      npyOf(
        '<f4',
        [1, side, side],
        new Uint8Array(Float32Array.from({ length: 64 }, (_, k) => values[k % values.length]!).buffer),
      )
    expect(await first(floats([0, 1, 0.5]))).toEqual(
      spread(Uint8Array.from({ length: 64 }, (_, k) => [0, 255, 128][k % 3]!)),
    )
    expect(await first(floats([-1, 1]))).toEqual(spread(Uint8Array.from({ length: 64 }, (_, k) => [0, 255][k % 2]!)))
    expect(await first(npyOf('|u1', [2, 3], Uint8Array.of(0, 0, 1, 1, 0, 0)))).toBe(2)
  })
})
