import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { memoryBytes } from '../../core/index.ts'
import { expandBytes, shelf } from '../expand.ts'
import fixtures from './fixtures.json' with { type: 'json' }

/** The generator of the fixtures: bench/codec-fixtures.py. */
function* states(seed: number): Generator<number> {
  for (let state = seed; ; ) yield (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)
}
const first = (seed: number, count: number): number[] => {
  const all = states(seed)
  return Array.from({ length: count }, () => all.next().value as number)
}

const names = ['layer', 'weight', 'bias', 'norm', '.', '\n', 'attention', ' 0.5']
function calls(): Buffer {
  const parts: Buffer[] = []
  first(3, 400).forEach((state, k) => {
    const target = Buffer.alloc(4)
    target.writeInt32LE(((state >>> 28) * 4096 - k * 8 - 5) | 0)
    parts.push(Buffer.from([0x8b, 0x45, k % 251, k % 3 ? 0xe8 : 0xe9]), target)
  })
  return Buffer.concat(parts)
}
const sources: Readonly<Record<string, Buffer>> = {
  words: Buffer.from(
    first(7, 1500)
      .map(state => names[state >>> 29])
      .join(''),
  ),
  noise: Buffer.from(first(1, 700).map(state => state >>> 24)),
  zeros: Buffer.alloc(300_000),
  calls: calls(),
  one: Buffer.from('x'),
  none: Buffer.alloc(0),
}
const tail = Buffer.from('what follows')

async function unpacked(codec: string, packed: Uint8Array, { memory = 1 << 20, most = 1 << 30 } = {}) {
  const room = shelf(memory)
  const found = await expandBytes(codec, memoryBytes(packed), { shelf: room, mostBytes: most })
  if ('reason' in found) throw new Error(found.reason)
  const data = Buffer.from(found.bytes.read(0, found.bytes.size))
  room.close()
  return { ...found, data }
}

describe('expandBytes', () => {
  it.each(Object.entries(fixtures))('%s is what was packed, and says where it ends', async (name, base64) => {
    const [how, source] = name.split(': ') as [string, string]
    const packed = Buffer.from(base64, 'base64')
    const { data, used, trouble } = await unpacked(how.split(' ')[0]!, Buffer.concat([packed, tail]))
    expect(trouble).toBeUndefined()
    expect(data.equals(sources[source]!)).toBe(true)
    expect(used).toBe(packed.length)
  })

  it.each(Object.entries(fixtures))('%s says so when it is cut, and gives what it has', async (name, base64) => {
    const [how, source] = name.split(': ') as [string, string]
    const packed = Buffer.from(base64, 'base64')
    const whole = sources[source]!
    for (let cut = 0; cut < packed.length; cut += Math.max(1, packed.length >> 4)) {
      const { data, trouble } = await unpacked(how.split(' ')[0]!, packed.subarray(0, cut))
      expect(trouble, `cut at ${cut}`).toMatch(/ends too early|damaged/)
      expect(whole.subarray(0, data.length).equals(data), `cut at ${cut}`).toBe(true)
    }
  })

  it.each(Object.entries(fixtures))('%s takes changed bytes without harm', async (name, base64) => {
    const codec = name.split(/[: ]/)[0]!
    const packed = Buffer.from(base64, 'base64')
    for (let k = 0; k < packed.length; k += Math.max(1, packed.length >> 5)) {
      const changed = Buffer.from(packed)
      changed[k]! ^= 1 << (k % 8)
      const { data, used } = await unpacked(codec, changed, { most: 1 << 22 })
      expect(data.length).toBeLessThanOrEqual(1 << 22)
      expect(used).toBeLessThanOrEqual(packed.length)
    }
  })

  it('stops at the limit, and says so', async () => {
    const packed = deflateRawSync(Buffer.alloc(3 << 20))
    const { data, stopped, trouble } = await unpacked('deflate', packed, { most: 100_000 })
    expect(data.length).toBe(100_000)
    expect(stopped).toBe(true)
    expect(trouble).toMatch(/stopped/)
  })

  it('keeps what is large on the disk, and takes it away again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shelf-test-'))
    vi.stubEnv('TMPDIR', folder)
    const room = shelf(1000)
    const noise = Buffer.from(first(5, 50_000).map(state => state >>> 24))
    const small = await expandBytes('deflate', memoryBytes(deflateRawSync(Buffer.alloc(100, 7))), {
      shelf: room,
      mostBytes: 1e6,
    })
    const large = await expandBytes('deflate', memoryBytes(deflateRawSync(noise)), { shelf: room, mostBytes: 1e6 })
    if (!('bytes' in small) || !('bytes' in large)) throw new Error('not expanded')
    expect(Buffer.from(large.bytes.read(10, 40_010)).equals(noise.subarray(10, 40_010))).toBe(true)
    expect(Buffer.from(small.bytes.read(0, 100)).equals(Buffer.alloc(100, 7))).toBe(true)
    expect(large.bytes.read(49_990, 60_000).length).toBe(10)
    expect(readdirSync(folder)).toHaveLength(1)
    room.close()
    expect(readdirSync(folder)).toEqual([])
    vi.unstubAllEnvs()
    rmdirSync(folder)
  })

  it('says what it cannot expand', async () => {
    const found = await expandBytes('brotli', memoryBytes(tail), { shelf: shelf(1), mostBytes: 1 })
    expect(found).toEqual({ reason: 'Nothing here expands brotli.' })
  })
})
