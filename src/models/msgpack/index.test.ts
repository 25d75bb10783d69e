import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { floats, join, number, payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { ext, flaxArray, msgpack } from '../../../test/model-zoo/arrays/msgpack.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('model.msgpack', data)).root
const honest = msgpack({ params: { dense: { kernel: flaxArray('float32', [2, 2], floats(4)), step: 3 } } })

describe('MessagePack', () => {
  it('reads the arrays of Flax and of Burn to the last byte', async () => {
    const flax = await root(honest)
    expect([flax.format, flax.notes, flax.unread]).toEqual(['msgpack', [], []])
    expect(flax.tensors.map(t => [t.name, t.dtype, t.shape])).toEqual([['params.dense.kernel', 'F32', [2, 2]]])
    expect(flax.tensors[0]!.bytes.read(0, 16)).toEqual(floats(4))
    const burn = await root(msgpack({ item: { w: { bytes: floats(3), shape: [3], dtype: 'F32' } } }))
    expect(burn.tensors.map(t => [t.name, t.dtype, t.shape])).toEqual([['item.w', 'F32', [3]]])
  })

  it('looks into bytes that are pickles, and behind the end', async () => {
    const { members } = await root(msgpack({ nd: true, kind: 'O', data: payload }))
    expect(members.map(m => [m.name, m.format])).toEqual([['data', 'pickle']])
    const behind = await root(join(honest, payload))
    expect(behind.notes.map(n => n.rule)).toEqual(['msgpack-tail'])
    expect(behind.members[0]?.format).toBe('pickle')
  })

  it('names extensions that only their maker reads, and arrays of the wrong size', async () => {
    expect((await root(msgpack({ a: ext(42, floats(1)) }))).notes.map(n => n.rule)).toEqual([
      'msgpack-unknown-extension',
    ])
    const short = msgpack({ a: flaxArray('float32', [9, 9], floats(4)) })
    expect((await root(short)).notes.map(n => n.rule)).toEqual(['msgpack-bad-array'])
  })

  it('bounds nesting and lengths', async () => {
    const deep = join([0x81, 0xa1], 'a', new Uint8Array(100_000).fill(0x91))
    expect((await root(deep)).notes.map(n => n.rule)).toEqual(['msgpack-malformed'])
    const long = join([0x81, 0xa1], 'a', [0xdd], number(0xffffffff, 4, false))
    expect((await root(long)).notes.map(n => n.rule)).toEqual(['msgpack-malformed'])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    expect((await cutEverywhere('a.msgpack', honest)).clean).toEqual([])
    expect((await mutateOften('a.msgpack', honest, 300)).threw).toEqual([])
  })
})

const real = new URL('../../../../shared/data/models/burn-mpk/', import.meta.url)
const files = (() => {
  try {
    return readdirSync(real)
  } catch {
    return []
  }
})()
describe.skipIf(files.length === 0)('MessagePack files of trained models', () => {
  it.each(files)('%s is accounted for', async name => {
    const { notes, unread, tensors } = await root(readFileSync(new URL(name, real)))
    expect([notes, unread]).toEqual([[], []])
    expect(tensors.length).toBeGreaterThan(20)
  })
})
