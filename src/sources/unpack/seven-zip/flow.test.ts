import { describe, expect, it } from 'vitest'
import { Broken, expanded, memorySource, sevenZipFiles, unsevenZipEach } from '../../index.ts'
import archives from './archives.json' with { type: 'json' }

type Name = keyof typeof archives
const bytesOf = (name: Name): Buffer => Buffer.from(archives[name], 'base64')
const sourceOf = (bytes: Uint8Array, chunkBytes = 4 << 20) => memorySource('x.7z', bytes, chunkBytes)

async function read(
  bytes: Uint8Array,
  { chunk = 4 << 20, most = 1 << 30, entry = undefined as number | undefined } = {},
) {
  const parts: Uint8Array[] = []
  let trouble = ''
  try {
    for await (const part of expanded(sourceOf(bytes, chunk), '7z', most, entry).stream()) parts.push(part)
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    trouble = `${reason.kind}: ${reason.message}`
  }
  return { trouble, text: Buffer.concat(parts).toString('latin1') }
}

async function each(bytes: Uint8Array, most = 1 << 30) {
  const found: string[] = []
  for await (const { file, bytes: own } of unsevenZipEach(sourceOf(bytes), most)) {
    let size = 0
    try {
      for await (const part of own) size += part.length
      found.push(`${file.name} ${size}`)
    } catch (reason) {
      if (!(reason instanceof Broken)) throw reason
      found.push(`${file.name} ${reason.kind}`)
    }
  }
  return found
}

describe('one file', () => {
  it.each(['x86', 'x86-lzma', 'delta', 'deflate', 'zstd', 'bzip2'] as const)('packed by %s is read', async name => {
    const plain = await read(bytesOf('copy'))
    expect(plain.text).toMatch(/^text,label\n(some words of row \d+ and [a-f],[01]\n){60}$/)
    for (const chunk of [4 << 20, 5]) expect(await read(bytesOf(name), { chunk })).toEqual(plain)
  })
  it.each([
    ['arm', /^unsupported: .*the filter for ARM.*unpack it first/],
    ['ppmd', /^unsupported: .*PPMd/],
    ['encrypted', /^encrypted: .*password/],
    ['names-encrypted', /^encrypted: .*password/],
    ['empty', /no file that is not empty/],
    ['three', /holds 3 files/],
  ] as const)('that cannot be read is said: %s', async (name, words) => {
    const { text, trouble } = await read(bytesOf(name))
    expect(text).toBe('')
    expect(trouble).toMatch(words)
  })
  it('that is damaged anywhere gives trouble or what it held, and no more than is allowed', async () => {
    for (const name of ['x86', 'delta', 'three', 'names-encrypted'] as const)
      for (let at = 6; at < bytesOf(name).length; at += 3) {
        const bytes = bytesOf(name)
        bytes[at]! ^= 1 << (at % 8)
        expect((await read(bytes, { most: 1 << 16, entry: 0 })).text.length).toBeLessThanOrEqual(1 << 16)
        await sevenZipFiles(sourceOf(bytes)).catch(reason => expect(reason).toBeInstanceOf(Broken))
      }
  })
})

describe('several files', () => {
  it('are read one by one, and each alone', async () => {
    const three = bytesOf('three')
    const names = (await sevenZipFiles(sourceOf(three))).map(file => file.name)
    expect(names).toEqual(['a.csv', 'b.csv', 'note.dat'])
    const all = await Promise.all([0, 1, 2].map(entry => read(three, { entry, chunk: 7 })))
    expect(all.map(one => one.trouble)).toEqual(['', '', ''])
    expect(await each(three)).toEqual(names.map((name, k) => `${name} ${all[k]!.text.length}`))
    expect(all[1]!.text).toContain('some words of line 59')
    expect((await read(three, { entry: 3 })).trouble).toMatch(/no file/)
  })
  it('are found behind one that is left early', async () => {
    const found: string[] = []
    for await (const { bytes } of unsevenZipEach(sourceOf(bytesOf('three')), 1 << 20))
      for await (const part of bytes) {
        found.push(Buffer.from(part).toString('latin1', 0, 4))
        break
      }
    expect(found.slice(0, 2)).toEqual(['text', 'text'])
    expect(found).toHaveLength(3)
  })
  it('that cannot be unpacked are each said', async () => {
    expect(await each(bytesOf('ppmd-two'))).toEqual(['a.csv unsupported', 'b.csv unsupported'])
    expect(await each(bytesOf('three'), 2000)).toContain('b.csv too-large')
  })
})
