import { describe, expect, it } from 'vitest'
import { floats } from '../../../test/model-zoo/arrays/bytes.ts'
import { lite, mobileSamples, withFiles } from '../../../test/model-zoo/graphs/mobile.ts'
import { membersOf } from '../../core/index.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('m.tflite', data)).root

describe('tflite', () => {
  it('reads an honest model to its last byte', async () => {
    const { format, notes, unread, tensors, programs } = await root(lite())
    expect([format, notes, unread]).toEqual(['tflite', [], []])
    expect(tensors.map(each => [each.name, each.dtype, each.shape])).toEqual([['w', 'F32', [4]]])
    expect(tensors[0]!.bytes.read(0, 16)).toEqual(floats(4))
    expect(programs[0]!.acts).toMatchObject([{ module: 'builtin', name: 'ADD' }])
  })

  it('looks into the files behind the tables, and takes them for no second format', async () => {
    const { files } = mobileSamples.find(each => each.name === 'tflite-labels')!
    const file = await root(files['m.tflite']!)
    expect([file.notes, file.unread]).toEqual([[], []])
    expect([...membersOf(file)].map(each => each.name)).toEqual(['m.tflite', 'associated files', 'labels.txt'])
    expect((await root(withFiles(lite(), new Uint8Array(0)))).members).toEqual([])
  })

  it('names what the settings of an operator say, which is what is run', async () => {
    const { files } = mobileSamples.find(each => each.name === 'tflite-flex-settings-lie')!
    const names = (await root(files['m.tflite']!)).programs.flatMap(each => each.acts.map(act => act.name))
    expect(names).toEqual(['FlexErf', 'FlexWriteFile'])
  })
})
