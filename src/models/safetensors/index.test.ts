import { describe, expect, it } from 'vitest'
import { floats, join, number, payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { safetensors, safetensorsOf } from '../../../test/model-zoo/arrays/tensor-files.ts'
import { examined } from '../../kit/index.ts'

const honest = safetensors({ a: floats(4), b: floats(2) }, { format: 'pt' })
const root = async (data: Uint8Array) => (await examined('model.safetensors', data)).root
const rules = async (data: Uint8Array) => (await root(data)).notes.map(note => `${note.severity} ${note.rule}`)
const entry = (start: number, end: number) =>
  `{"dtype":"F32","shape":[${(end - start) / 4}],"data_offsets":[${start},${end}]}`

describe('safetensors', () => {
  it('reads an honest file to its last byte', async () => {
    const { format, notes, unread, tensors, facts } = await root(honest)
    expect([format, notes, unread]).toEqual(['safetensors', [], []])
    expect(tensors.map(t => [t.name, t.dtype, t.shape])).toEqual([
      ['a', 'F32', [4]],
      ['b', 'F32', [2]],
    ])
    expect(tensors[1]!.bytes.read(0, 8)).toEqual(floats(2))
    expect(facts).toContainEqual({ name: 'metadata format', value: 'pt' })
  })

  it('names overlaps, holes, tails, lies and doubled keys', async () => {
    const of = (header: string, bytes = 16) => rules(safetensorsOf(header, floats(bytes / 4)))
    expect(await of(`{"a":${entry(0, 12)},"b":${entry(8, 16)}}`)).toEqual(['hold safetensors-overlap'])
    expect(await of(`{"a":${entry(0, 4)},"b":${entry(8, 16)}}`)).toEqual(['hold safetensors-hole'])
    expect(await of(`{"a":${entry(0, 12)}}`)).toEqual(['hold safetensors-tail'])
    expect(await of(`{"a":${entry(0, 20)}}`)).toEqual(['hold safetensors-out-of-bounds', 'hold safetensors-tail'])
    expect(await of(`{"a":${entry(0, 16)},"a":${entry(0, 16)}}`)).toContain('block safetensors-duplicate-key')
    expect(await of(`{"a":${entry(0, 16)},"\\u0061":${entry(0, 16)}}`)).toContain('block safetensors-duplicate-key')
    expect(await of(`{"a":{"dtype":"F32","dtype":"F64","shape":[2],"data_offsets":[0,16]}}`)).toEqual([
      'block safetensors-duplicate-key',
    ])
    expect(await of(`{"a":${entry(0, 16)}}x`)).toEqual(['hold safetensors-header-tail'])
    expect(await of(`{"__metadata__":{"x":1},"a":${entry(0, 16)}}`)).toEqual(['hold safetensors-bad-metadata'])
    expect(await of('{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,16]}}')).toContain(
      'hold safetensors-bad-tensor',
    )
  })

  it('looks into what is hidden behind the tensors', async () => {
    const { members, unread } = await root(join(honest, payload))
    expect(members.map(m => m.name)).toEqual([`tail@${honest.length}`])
    expect(unread).toEqual([])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    expect(await cutEverywhere('a.safetensors', honest)).toMatchObject({ clean: [] })
    const { threw, slowest } = await mutateOften('a.safetensors', honest, 300)
    expect(threw).toEqual([])
    expect(slowest).toBeLessThan(1000)
  })

  it('reads a header of nested lists without recursion, and bounds it', async () => {
    const deep = '['.repeat(1_000_000)
    expect(await rules(join(number(deep.length + 5, 8), '{"a":', deep))).toEqual(['hold safetensors-malformed'])
  })
})
