import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { floats, join, payload, zeros } from '../../../test/model-zoo/arrays/bytes.ts'
import written from '../../../test/model-zoo/arrays/h5py.json' with { type: 'json' }
import { hdf5, kerasHdf5 } from '../../../test/model-zoo/arrays/hdf5-file.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('model.h5', data)).root
const rules = async (data: Uint8Array) => (await root(data)).notes.map(note => `${note.severity} ${note.rule}`)
const byH5py = (name: keyof typeof written) => new Uint8Array(gunzipSync(Buffer.from(written[name], 'base64')))
const config = '{"class_name": "Sequential", "config": {"layers": []}}'

describe('HDF5', () => {
  it.each(['earliest', 'latest', 'tracked', 'userblock', 'persist', 'packed'] as const)(
    'accounts for each byte that h5py wrote (%s)',
    async name => {
      const { format, notes, unread } = await root(byH5py(name))
      expect([format, notes, unread]).toEqual(['hdf5', [], []])
    },
  )

  it.each(['earliest', 'latest'] as const)('reads arrays and attributes that h5py wrote (%s)', async name => {
    const { tensors, members } = await root(byH5py(name))
    const big = tensors.find(t => t.name === 'big')!
    expect([big.dtype, big.shape, big.bigEndian]).toEqual(['F64', [3], true])
    expect(new DataView(new Uint8Array(big.bytes.read(16, 24)).buffer).getFloat64(0)).toBe(2)
    expect(tensors.filter(t => t.name.startsWith('layers/')).length).toBe(12)
    expect(members.map(m => m.name)).toContain('model_config')
    expect(new TextDecoder().decode(members[0]!.bytes.read(0, 14))).toBe('{"class_name":')
  })

  it('reads attributes of more than 64 KiB', async () => {
    const { members } = await root(byH5py('latest'))
    expect(members.find(m => m.name === 'huge_config')?.size).toBe(70_008)
  })

  it('leaves what was deleted unread: nobody can say what it was', async () => {
    const { unread, notes } = await root(byH5py('edited'))
    expect(notes).toEqual([])
    expect(unread.length).toBeGreaterThan(0)
  })

  it('names each way out of the file', async () => {
    const named = ['block hdf5-external-link', 'block hdf5-external-storage', 'hold hdf5-virtual-dataset']
    expect((await rules(byH5py('outside'))).sort()).toEqual(named)
    const kept = { e: { externalFile: 'weights.h5', object: '/x' }, f: { floats: floats(4), externalFile: 'data.bin' } }
    expect((await rules(hdf5({ children: kept }))).sort()).toEqual([
      'hold hdf5-external-link',
      'hold hdf5-external-storage',
    ])
    expect(await rules(hdf5({ children: { inner: { group: { children: { s: { soft: '/x' } } } } } }))).toEqual([])
  })

  it('looks into what stands before and behind the file', async () => {
    const before = await root(hdf5({}, { userBlock: join(payload, zeros(512 - payload.length)) }))
    expect(before.notes.map(note => note.rule)).toContain('hdf5-user-block')
    expect(before.members[0]?.name).toBe('user block')
    expect(await rules(hdf5({}, { userBlock: zeros(512) }))).toEqual([])
    const moved = await root(join(zeros(512), hdf5({}, { tail: payload })))
    expect(moved.notes.map(note => note.rule)).toEqual(['hdf5-base-address', 'hdf5-tail'])
    expect(moved.members.map(m => m.format)).toEqual(['pickle'])
    const behind = await root(hdf5({}, { tail: payload }))
    expect(behind.notes.map(note => note.rule)).toEqual(['hdf5-tail'])
    expect(behind.members[0]?.size).toBe(payload.length)
  })

  it('looks into bytes that were compressed', async () => {
    const { members } = await root(byH5py('packedPickle'))
    expect(members.map(m => [m.name, m.format, m.size])).toEqual([['o', 'pickle', payload.length]])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    const whole = kerasHdf5(config)
    expect((await cutEverywhere('a.h5', whole)).clean).toEqual([])
    for (const data of [whole, byH5py('latest'), byH5py('earliest')]) {
      const { threw, slowest } = await mutateOften('a.h5', data, 100)
      expect(threw).toEqual([])
      expect(slowest).toBeLessThan(2000)
    }
  })
})

const real = new URL('../../../../shared/data/models/keras-hdf5/', import.meta.url)
const files = (() => {
  try {
    return readdirSync(real)
  } catch {
    return []
  }
})()
describe.skipIf(files.length === 0)('HDF5 files of trained models', () => {
  it.each(files)('%s is accounted for', async name => {
    const { notes, unread, tensors } = await root(readFileSync(new URL(name, real)))
    expect([notes, unread]).toEqual([[], []])
    expect(tensors.length).toBeGreaterThan(20)
  })
})
