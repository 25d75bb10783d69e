import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { acceptFormat } from '../../kit/index.ts'
import { memorySource } from '../../sources/index.ts'
import { npyOf } from '../npy/sample.ts'
import npz from './index.ts'

/** An archive as NumPy writes it. */
function zipOf(files: Readonly<Record<string, Buffer>>, deflated: boolean): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflated ? deflateRawSync(bytes) : bytes
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(deflated ? 8 : 0, 8)
    head.writeUInt32LE(crc32(bytes), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(bytes.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    bodies.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

const side = 8
const samples = (count: number) => Uint8Array.from({ length: count * side * side * 3 }, (_, i) => (i * 11) % 256)
const image = (all: Uint8Array, n: number) => ({ width: side, height: side, pixels: all.slice(n * 192, (n + 1) * 192) })
const labels = (...values: number[]) =>
  npyOf('<i8', [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer))
const pictures = (count: number) => npyOf('|u1', [count, side, side, 3], samples(count))

const keras = {
  'x_test.npy': pictures(1),
  'x_train.npy': pictures(2),
  'y_train.npy': labels(3, 5),
  'y_test.npy': labels(1),
}
const kerasRows = [
  { image: image(samples(1), 0), label: 1, split: 'test' },
  { image: image(samples(2), 0), label: 3, split: 'train' },
  { image: image(samples(2), 1), label: 5, split: 'train' },
]

acceptFormat(npz, {
  golden: [
    { name: 'cifar.npz', bytes: zipOf(keras, false), rows: kerasRows },
    { name: 'packed.npz', bytes: zipOf(keras, true), rows: kerasRows },
    {
      name: 'plain.npz',
      bytes: zipOf({ 'arr_0.npy': pictures(2), 'arr_1.npy': labels(9, 8) }, false),
      rows: [
        { image: image(samples(2), 0), label: 9 },
        { image: image(samples(2), 1), label: 8 },
      ],
    },
  ],
  foreign: [{ name: 'weights.npz', bytes: zipOf({ 'layer1.npy': npyOf('<f4', [9, 9], new Uint8Array(324)) }, false) }],
})

describe('npz', () => {
  it('knows arrays of pictures in an archive, packed or not, and leaves weights to those who judge models', () => {
    const floats = (...shape: number[]) => npyOf('<f4', shape, new Uint8Array(shape.reduce((a, b) => a * b) * 4))
    for (const packed of [false, true]) {
      expect(npz.sniff(zipOf(keras, packed), new Uint8Array(0), 'data.npz')).toBe(3)
      expect(npz.sniff(zipOf({ 'conv1.npy': floats(3, 3, 3, 8) }, packed), new Uint8Array(0), 'data.npz')).toBe(0)
    }
  })
  it('reads what it was asked for from packed arrays, in any thread', async () => {
    const limits = { recordBytes: 1 << 16, expandedBytes: 1 << 22, depth: 32, columns: 200 }
    const file = await npz.open(memorySource('packed.npz', zipOf(keras, true)), limits)
    const found = []
    for await (const { records, columns } of file.records({ rowsPerBatch: 1, take: index => index !== 1 }))
      found.push([records[0], columns.get('label')![0]])
    expect(found).toEqual([
      [0, 1],
      [2, 5],
    ])
  })
})
