import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  stateDict,
  tensor,
  torchLegacy,
  torchMembers,
  torchScript,
  torchZip,
  wickedZip,
} from '../../../test/model-zoo/containers/torch-file.ts'
import { written } from '../../../test/model-zoo/containers/written.ts'
import { called, named, object, pickled } from '../../../test/model-zoo/pickle/assembler.ts'
import { seeded } from '../../core/index.ts'
import { convertModel } from './convert.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-convert-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const out = join(folder, 'out.safetensors')

async function convert(data: Uint8Array, name = 'model.pt') {
  const path = join(folder, name)
  writeFileSync(path, data)
  rmSync(out, { force: true })
  return convertModel({ path, out })
}

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** The written file as a reader of safetensors sees it. */
function read(): { header: Record<string, Entry>; data: (name: string) => Buffer; size: number } {
  const bytes = readFileSync(out)
  const size = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + size))
  const data = (name: string) => {
    const [start, end] = header[name].data_offsets
    return bytes.subarray(8 + size + start, 8 + size + end)
  }
  return { header, data, size }
}

const floats = (...values: number[]): Uint8Array => new Uint8Array(new Float32Array(values).buffer)
const six = { key: '0', count: 6 }
const sixNumbers = { 0: floats(1, 2, 3, 4, 5, 6) }
const zipWith = (pickle: Uint8Array, storages: Readonly<Record<string, Uint8Array>> = sixNumbers) =>
  torchZip(torchMembers(pickle, storages))

describe('convertModel', () => {
  it('writes views of a shared storage each in full, in rows, bit for bit', async () => {
    const views = stateDict({
      whole: tensor(six, { shape: [2, 3], strides: [3, 1] }),
      turned: tensor(six, { shape: [3, 2], strides: [1, 3] }),
      tail: tensor(six, { offset: 4, shape: [2] }),
      again: tensor(six, { shape: [2, 3], strides: [3, 1] }),
    })
    expect(await convert(zipWith(views))).toMatchObject({ kind: 'written', tensors: 4, leftOut: [] })
    const { header, data, size } = read()
    expect(Object.keys(header)).toEqual(['__metadata__', 'again', 'tail', 'turned', 'whole'])
    expect(size % 8).toBe(0)
    expect(header.turned!.shape).toEqual([3, 2])
    expect(new Uint8Array(data('whole'))).toEqual(floats(1, 2, 3, 4, 5, 6))
    expect(new Uint8Array(data('turned'))).toEqual(floats(1, 4, 2, 5, 3, 6))
    expect(new Uint8Array(data('tail'))).toEqual(floats(5, 6))
    expect(new Uint8Array(data('again'))).toEqual(floats(1, 2, 3, 4, 5, 6))
  })

  it('keeps patterns that are no number, and every number type, wide ones first', async () => {
    const bits = Uint8Array.of(1, 0, 0xc0, 0x7f, 255, 255, 255, 255)
    const types = stateDict({
      b: tensor({ key: '1', count: 3, type: 'BoolStorage' }),
      f: tensor({ key: '0', count: 2 }),
      l: tensor({ key: '2', count: 1, type: 'LongStorage' }),
    })
    await convert(zipWith(types, { 0: bits, 1: Uint8Array.of(1, 0, 1), 2: Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 128) }))
    const { header, data } = read()
    expect(
      Object.entries(header)
        .slice(1)
        .map(([name, { dtype }]) => [name, dtype]),
    ).toEqual([
      ['l', 'I64'],
      ['f', 'F32'],
      ['b', 'BOOL'],
    ])
    expect(new Uint8Array(data('f'))).toEqual(bits)
    expect([...data('b')]).toEqual([1, 0, 1])
  })

  it('gives the same bytes twice, and says their digest', async () => {
    const state = zipWith(stateDict({ w: tensor(six) }))
    const first = await convert(state)
    const bytes = readFileSync(out)
    expect(await convert(state)).toEqual(first)
    expect(readFileSync(out).equals(bytes)).toBe(true)
  })

  it('turns big-endian numbers', async () => {
    const members = torchMembers(stateDict({ w: tensor({ key: '0', count: 1 }) }), {
      0: Uint8Array.of(0x3f, 0x80, 0, 0),
    })
    await convert(torchZip(members.map(each => (each.name.endsWith('byteorder') ? { ...each, data: 'big' } : each))))
    expect(new Uint8Array(read().data('w'))).toEqual(floats(1))
  })

  it('reads checkpoints of the old kind, and NumPy files', async () => {
    expect(await convert(torchLegacy())).toMatchObject({ kind: 'written', tensors: 1, leftOut: [] })
    expect(read().header['fc.weight']).toMatchObject({ dtype: 'F32', shape: [2, 2] })
    expect(await convert(written('plain.npy'), 'plain.npy')).toMatchObject({ kind: 'written', tensors: 1 })
    expect(await convert(written('plain.npz'), 'plain.npz')).toMatchObject({ kind: 'written' })
  })

  it('reads arrays of NumPy within a pickle', async () => {
    const dtype = object('numpy.dtype', { tuple: [3, '<', null, null, null, -1, -1, 0] }, ['f4', false, true])
    const state = { tuple: [1, { tuple: [3] }, dtype, false, floats(1, 2, 3)] }
    const array = {
      ...called('numpy.core.multiarray._reconstruct', named('numpy.ndarray'), { tuple: [0] }, Uint8Array.of(98)),
      state,
    }
    expect(await convert(pickled({ dict: { w: array, epoch: 3 } }))).toMatchObject({
      kind: 'written',
      tensors: 1,
      leftOut: ['epoch'],
    })
    expect(new Uint8Array(read().data('w'))).toEqual(floats(1, 2, 3))
  })

  it('says what is no tensor and was left out', async () => {
    const state = pickled({ dict: { epoch: 7, model: { dict: { w: tensor(six) } } } }, 2)
    expect(await convert(zipWith(state))).toMatchObject({ kind: 'written', leftOut: ['epoch'] })
    expect(Object.keys(read().header)).toContain('model.w')
  })

  it.each([
    ['a call', wickedZip(), /calls/],
    ['an unknown class', zipWith(pickled({ dict: { a: called('mypkg.Thing'), w: tensor(six) } }, 2)), /mypkg\.Thing/],
    ['TorchScript', torchScript('class Net(Module):\n  pass\n'), /torchscript|python|names/i],
    ['a lying shape', zipWith(stateDict({ w: tensor(six, { shape: [9] }) })), /reads element/],
    ['a short storage', zipWith(stateDict({ w: tensor(six) }), { 0: floats(1) }), /bytes/],
    [
      'a view without end',
      zipWith(stateDict({ w: tensor(six, { shape: [1 << 29], strides: [0] }) })),
      /times its own|count/,
    ],
    ['no tensors', zipWith(stateDict({}), {}), /no tensors/],
    ['a tail', Uint8Array.from([...torchZip(), 1, 2, 3]), /behind|bytes|understood/],
    ['joblib', written('plain.joblib'), /joblib/],
    ['text', new TextEncoder().encode('hello'), /no checkpoint/],
  ])('refuses %s, says why and writes nothing', async (_, data, why) => {
    const result = await convert(data)
    expect(result.kind).toBe('refused')
    if (result.kind === 'refused') expect(result.reasons.join('\n')).toMatch(why)
    expect(existsSync(out)).toBe(false)
  })

  it('overwrites only when told to', async () => {
    const path = join(folder, 'model.pt')
    writeFileSync(path, zipWith(stateDict({ w: tensor(six) })))
    writeFileSync(out, 'mine')
    await expect(convertModel({ path, out })).rejects.toMatchObject({ code: 'would-overwrite' })
    expect(readFileSync(out, 'utf8')).toBe('mine')
    expect((await convertModel({ path, out, force: true })).kind).toBe('written')
    expect(Object.keys(read().header)).toContain('w')
  })

  it('writes the right numbers or nothing for files that were changed at random', { timeout: 60_000 }, async () => {
    const whole = zipWith(stateDict({ w: tensor(six, { shape: [2, 3], strides: [3, 1] }) }))
    const random = seeded(3)
    for (let round = 0; round < 150; round++) {
      const changed = whole.slice()
      changed[Math.floor(random() * changed.length)]! ^= 1 << Math.floor(random() * 8)
      const result = await convert(
        round % 3 === 0 ? whole.subarray(0, Math.floor(random() * whole.length)) : changed,
      ).catch(reason => reason)
      if (result.kind !== 'written') continue
      const { header, data } = read()
      for (const name of Object.keys(header))
        if (name !== '__metadata__') expect(data(name).length).toBeLessThanOrEqual(24)
    }
  })
})
