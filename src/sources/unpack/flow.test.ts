import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Broken, type Codec, codecOf, expanded, memorySource } from '../index.ts'
import streams from './streams.json' with { type: 'json' }

const plain = Buffer.concat([
  Buffer.from('plain words\n'.repeat(24_000)),
  Uint8Array.from({ length: 256 }, (_, k) => k),
])
const packed = (name: keyof typeof streams) => Buffer.from(streams[name], 'base64')

/** A number as 7z writes it, below two to the fourteenth, or of four bytes. */
const number = (value: number): number[] =>
  value < 0x80 ? [value] : [0xf0, value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255]
const u32 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]

/** A 7z archive of files that are packed alike. */
function archive(
  method: number[],
  properties: number[],
  data: Uint8Array,
  names = ['a.xml'],
  crc = crc32(plain),
): Buffer {
  const coder = [method.length | (properties.length > 0 ? 0x20 : 0), ...method]
  if (properties.length > 0) coder.push(properties.length, ...properties)
  const count = names.length
  const sizes = Array.from({ length: count }, () => number(plain.length)).flat()
  const text = [...Buffer.from(names.map(name => `${name}\0`).join(''), 'utf16le')]
  const folders = Array.from({ length: count }, () => [1, ...coder]).flat()
  const header = Buffer.from([
    ...[1, 4, 6, 0, count, 9, ...Array.from({ length: count }, () => number(data.length)).flat(), 0],
    ...[7, 11, count, 0, ...folders, 12, ...sizes, 10, 1, ...names.flatMap(() => u32(crc)), 0, 0],
    ...[5, count, 17, ...number(text.length + 1), 0, ...text, 0, 0],
  ])
  const body = Buffer.concat(names.map(() => data))
  const start = Buffer.alloc(32)
  start.set([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4])
  start.writeBigUInt64LE(BigInt(body.length), 12)
  start.writeBigUInt64LE(BigInt(header.length), 20)
  start.writeUInt32LE(crc32(header), 28)
  return Buffer.concat([start, body, header])
}
const lzma = [
  [3, 1, 1],
  [93, 0, 0, 1, 0],
] as const
const sevenZip = {
  lzma: archive([...lzma[0]], [...lzma[1]], packed('lzma')),
  lzma2: archive([0x21], [8], packed('lzma2')),
  bzip2: archive([4, 2, 2], [], packed('bzip2')),
  copied: archive([0], [], plain),
}

async function read(bytes: Uint8Array, chunkBytes = 4 << 20, most = 1 << 30) {
  const codec = codecOf(bytes) as Codec
  const parts: Uint8Array[] = []
  let trouble = ''
  try {
    for await (const part of expanded(memorySource('x', bytes, chunkBytes), codec, most).stream()) parts.push(part)
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    trouble = `${reason.kind}: ${reason.message}`
  }
  return { codec, trouble, bytes: Buffer.concat(parts) }
}

describe('compressed streams', () => {
  it.each([
    ['bzip2', packed('bzip2')],
    ['xz', packed('xz')],
    ['7z', sevenZip.lzma],
    ['7z', sevenZip.lzma2],
    ['7z', sevenZip.bzip2],
    ['7z', sevenZip.copied],
  ] as const)('of %s are expanded, in chunks of any size', async (codec, bytes) => {
    for (const size of [4 << 20, 77]) {
      const found = await read(bytes, size)
      expect([found.codec, found.trouble, found.bytes.equals(plain)]).toEqual([codec, '', true])
    }
  })
  it('that stand one behind the other are all expanded', async () => {
    for (const one of [packed('bzip2'), packed('xz')]) {
      const { bytes, trouble } = await read(Buffer.concat([one, one, one]))
      expect([bytes.length, trouble]).toEqual([plain.length * 3, ''])
    }
  })
  it('keep to the limit on what they expand to', async () => {
    for (const bytes of [packed('bzip2'), packed('xz'), sevenZip.lzma]) {
      const found = await read(bytes, 4 << 20, 100_000)
      expect(found.trouble).toBe('too-large: expands to more than 100000 bytes')
      expect(found.bytes.length).toBeLessThanOrEqual(100_000)
    }
  })
  it('that are cut off anywhere give what stands before, and say so', async () => {
    for (const bytes of [packed('bzip2'), packed('xz'), sevenZip.lzma])
      for (let end = 16; end < bytes.length; end += 7) {
        const found = await read(bytes.subarray(0, end))
        if (found.codec) expect(found.trouble, `cut at ${end}`).not.toBe('')
        expect(plain.subarray(0, found.bytes.length).equals(found.bytes), `cut at ${end}`).toBe(true)
      }
  })
  it('that are nothing but tiny streams take little time', async () => {
    const tiny = Buffer.from('QlpoOTFBWSZTWRmTm2sAAAABACAAIAAhGEaC7kinChIDMnNtYA==', 'base64')
    const start = performance.now()
    const found = await read(Buffer.concat(Array.from({ length: 20_000 }, () => tiny)))
    expect([found.trouble, found.bytes.length]).toEqual(['', 20_000])
    expect(performance.now() - start).toBeLessThan(20_000)
  })
  it('that are damaged anywhere neither crash nor hang', async () => {
    for (const bytes of [packed('bzip2'), packed('xz'), sevenZip.lzma])
      for (let at = 6; at < bytes.length; at += 9) {
        const copy = Buffer.from(bytes)
        copy[at]! ^= 1 << (at % 8)
        if (codecOf(copy)) expect((await read(copy, 4 << 20, 1 << 20)).bytes.length).toBeLessThanOrEqual(1 << 20)
      }
  })
})

describe('7z archives', () => {
  it('of several files are refused with a remedy', async () => {
    const two = archive([0], [], plain, ['a.xml', 'b.xml'])
    expect((await read(two)).trouble).toMatch(/holds 2 files: unpack it/)
  })
  it('packed in other ways are refused', async () => {
    const ppmd = archive([3, 4, 1], [6, 0, 0, 0, 1], packed('lzma'))
    expect((await read(ppmd)).trouble).toMatch(/not read here/)
  })
  it('are held to their checksum', async () => {
    const other = archive([0], [], plain, ['a.xml'], 7)
    expect((await read(other)).trouble).toMatch(/^bad-checksum/)
  })
})
