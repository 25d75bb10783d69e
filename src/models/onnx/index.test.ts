import { describe, expect, it } from 'vitest'
import { floats, join } from '../../../test/model-zoo/arrays/bytes.ts'
import { onnx, onnxSamples } from '../../../test/model-zoo/graphs/onnx.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('m.onnx', data)).root
const acts = async (name: string) => {
  const { files } = onnxSamples.find(each => each.name === name)!
  return (await root(files['model.onnx']!)).programs.flatMap(each => each.acts)
}

describe('onnx', () => {
  it('reads an honest model to its last byte', async () => {
    const { format, notes, unread, tensors, programs, facts } = await root(onnx())
    expect([format, notes, unread]).toEqual(['onnx', [], []])
    expect(tensors.map(each => [each.name, each.dtype, each.shape])).toEqual([['w', 'F32', [4]]])
    expect(tensors[0]!.bytes.read(0, 16)).toEqual(floats(4))
    expect(programs[0]!.acts).toMatchObject([{ kind: 'operator', module: '', name: 'Add', count: 1 }])
    expect(programs[0]!.listing!(10)).toEqual([expect.stringMatching(/^\d+: y = Add\(x, w\)$/)])
    expect(facts).toContainEqual({ name: 'operators ai.onnx', value: 17 })
  })

  it('tells operators by their domain, wherever they stand', async () => {
    expect(await acts('onnx-unknown-domain-in-function')).toContainEqual(
      expect.objectContaining({ module: 'evil.custom', name: 'Backdoor', by: 'node' }),
    )
    expect(await acts('onnx-own-function')).toContainEqual(
      expect.objectContaining({ module: 'own.domain', name: 'Gelu', by: 'function of the model' }),
    )
  })

  it('names files of numbers, in attributes too, with settings that no writer makes', async () => {
    expect(await acts('onnx-external-in-attribute')).toContainEqual(
      expect.objectContaining({ kind: 'reach', name: '../x', by: 'external data' }),
    )
    const [strange] = (await acts('onnx-external-strange-settings')).filter(each => each.kind === 'reach')
    expect(strange!.args).toEqual([{ kind: 'constant', value: 'basepath=/etc' }])
  })

  it('is told by its content, with fields before it that nobody knows', async () => {
    const before = join([0xda, 0x3e, 4], 'junk')
    const { format, unread } = await root(join([0x08, 0x08], before, onnx()))
    expect(format).toBe('onnx')
    expect(unread.map(({ start, end }) => [start, end])).toEqual([[2, 2 + before.length]])
    expect((await examined('a.bin', onnx())).root.format).toBe('onnx')
  })
})
