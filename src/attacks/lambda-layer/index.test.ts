import { describe, expect, it } from 'vitest'
import { kerasArchive, model, oldModel, weights } from '../../../test/model-zoo/arrays/keras-file.ts'
import { zipOf } from '../../../test/model-zoo/containers/zip-file.ts'
import { membersOf, seeded } from '../../core/index.ts'
import graphOperator from '../../detectors/graph-operator/index.ts'
import { acceptModelAttack, examined, modelOf, outcomeOf } from '../../kit/index.ts'
import lambdaLayer from './index.ts'
import { shapeNames } from './shapes.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const text = (config: object) => utf8(JSON.stringify(config))
const packed = (descriptor: boolean) =>
  zipOf([
    { name: 'metadata.json', data: '{"keras_version": "3.5.0"}', deflate: true, descriptor },
    { name: 'config.json', data: text(model()), deflate: true, descriptor },
    { name: 'model.weights.h5', data: weights },
  ])
const hosts = {
  'config.json': text(model()),
  'old.json': text(oldModel()),
  'stored.keras': kerasArchive(model()),
  'deflated.keras': packed(false),
  'streamed.keras': packed(true),
}
const poisonedBy = (options: object, files: Readonly<Record<string, Uint8Array>>) =>
  lambdaLayer.corrupt(lambdaLayer.options.parse(options), files, seeded(1))

acceptModelAttack(lambdaLayer, {
  host: { 'model.keras': hosts['stored.keras'] },
  matters: { shape: 'list', place: 'front', name: 'other', payload: 'another text that is no code' },
})

describe.each(Object.entries(hosts))('the detector of layers, in %s', (file, data) => {
  it('leaves the host alone', async () => {
    expect((await outcomeOf(graphOperator, await modelOf({ [file]: data }))).findings).toEqual([])
  })

  it.each(shapeNames.flatMap(shape => (['front', 'behind'] as const).map(place => [shape, place] as const)))(
    'blocks the shape %s, %s',
    async (shape, place) => {
      const poisoned = poisonedBy({ shape, place }, { [file]: data })!
      const { findings } = await outcomeOf(graphOperator, await modelOf(poisoned.files))
      const named = findings.filter(each => poisoned.names.some(name => each.text.includes(name)))
      expect(named[0]?.severity).toBe('block')
    },
  )
})

describe('the archive', () => {
  it.each(['stored.keras', 'deflated.keras', 'streamed.keras'] as const)('stays whole: %s', async file => {
    const poisoned = poisonedBy({}, { [file]: hosts[file] })!
    const { root } = await examined(file, poisoned.files[file]!)
    expect([root.format, root.notes, root.unread]).toEqual(['zip', [], []])
    const inside = [...membersOf(root)].map(member => member.name)
    expect(inside).toEqual(expect.arrayContaining(['metadata.json', 'config.json', 'model.weights.h5']))
    const kept = [...membersOf(root)].find(member => member.name === 'model.weights.h5')!
    expect([...kept.bytes.read(0, kept.bytes.size)]).toEqual([...weights])
  })

  it('is left when it is cut, and throws on no change of a byte', () => {
    const whole = hosts['deflated.keras']
    for (let end = 0; end < whole.length; end++)
      expect(poisonedBy({}, { 'model.keras': whole.subarray(0, end) })).toBeNull()
    for (let at = 0; at < whole.length; at++) {
      const broken = Uint8Array.from(whole, (byte, k) => (k === at ? byte ^ 0xff : byte))
      expect(() => poisonedBy({}, { 'model.keras': broken })).not.toThrow()
    }
  })
})

it('writes what JSON of Python reads as a Lambda', () => {
  for (const shape of ['escaped', 'doubled'] as const) {
    const { files } = poisonedBy({ shape }, { 'config.json': hosts['config.json'] })!
    const written = new TextDecoder().decode(files['config.json'])
    expect(JSON.parse(written).config.layers.at(-1).class_name).toBe('Lambda')
    expect(written.includes('"Lambda"')).toBe(shape === 'doubled')
  }
})

it('needs a list of layers', () => {
  for (const host of ['{}', '[]', 'null', '{"class_name": "Sequential"}', '{"config": {"layers": []}}', '{"layers": ['])
    expect(poisonedBy({}, { 'config.json': utf8(host) })).toBeNull()
})
