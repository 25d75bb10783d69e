import { describe, expect, it } from 'vitest'
import { graphDef, metaGraph, savedModel, tensorflowSamples } from '../../../test/model-zoo/graphs/tensorflow.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('saved_model.pb', data)).root
const acts = async (data: Uint8Array) => (await root(data)).programs.flatMap(each => each.acts)
const ofSample = (name: string) => acts(Object.values(tensorflowSamples.find(each => each.name === name)!.files)[0]!)
const texts = (act: { args: readonly unknown[] } | undefined) => act?.args.map(arg => (arg as { value: unknown }).value)

describe('tf-savedmodel', () => {
  it('reads an honest model to its last byte', async () => {
    const { format, notes, unread, facts } = await root(savedModel())
    expect([format, notes, unread]).toEqual(['tf-savedmodel', [], []])
    expect(facts).toContainEqual({ name: 'tags', value: 'serve' })
  })

  it('knows the saver of a model by who calls it, and what it is fed with', async () => {
    const all = await acts(savedModel())
    const save = all.find(each => each.name === 'SaveV2')
    expect(save).toMatchObject({ by: 'saver', count: 1 })
    expect(texts(save)).toEqual(['".part"', '"_temp/part"', 'argument'])
    expect(all.find(each => each.name === 'RestoreV2')).toMatchObject({ by: 'saver' })
  })

  it('takes nothing for the saver that a signature runs too', async () => {
    const calls = { key: 'f', value: { func: { name: 'traced_save' } } }
    const nodes = [{ name: 'again', op: 'StatefulPartitionedCall', input: ['x'], attr: [calls] }]
    const all = await acts(savedModel({ nodes }))
    expect(all.find(each => each.name === 'SaveV2')).toMatchObject({ by: 'function' })
  })

  it('follows paths back to the texts that they are made of', async () => {
    expect(texts((await ofSample('tensorflow-WriteFile-in-function')).find(each => each.name === 'WriteFile'))).toEqual(
      ['"/etc/passwd"'],
    )
    expect(texts((await ofSample('tensorflow-PrintV2-in-graph')).find(each => each.name === 'PrintV2'))).toEqual([
      'output_stream=file:///tmp/x',
    ])
  })

  it('reads graphs that stand alone, and with their saver', async () => {
    expect((await root(graphDef())).format).toBe('tf-graphdef')
    expect((await root(metaGraph())).format).toBe('tf-graphdef')
    expect((await acts(metaGraph())).find(each => each.name === 'SaveV2')).toMatchObject({ by: 'saver' })
  })

  it('has the configuration of layers read', async () => {
    const { files } = tensorflowSamples.find(each => each.name === 'tensorflow-keras-lambda-in-object')!
    const { members } = await root(files['saved_model.pb']!)
    expect(members.map(each => each.format)).toEqual(['keras-config'])
  })
})
