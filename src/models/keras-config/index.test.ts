import { describe, expect, it } from 'vitest'
import { payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { kerasHdf5 } from '../../../test/model-zoo/arrays/hdf5-file.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { type ModelFile, membersOf } from '../../core/index.ts'
import { examined } from '../../kit/index.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const layer = (text: string) => `{"class_name": "Sequential", "config": {"name": "s", "layers": [${text}]}}`
const acts = (file: ModelFile) =>
  [...membersOf(file.root)].flatMap(m => m.programs.flatMap(p => p.acts.map(a => `${a.kind} ${a.module}:${a.name}`)))
const actsOf = async (text: string) => acts(await examined('config.json', utf8(text)))
const lambda =
  '{"class_name": "Lambda", "config": {"function": ["4wEAAAAAAAAA", null, null], "function_type": "lambda"}}'

describe('Keras configuration', () => {
  it('says what is made and called', async () => {
    const text = layer(
      '{"module": "keras.layers", "class_name": "Dense", "config": {"units": 1}, "registered_name": null}',
    )
    const { root } = await examined('config.json', utf8(text))
    expect([root.format, root.notes, root.unread]).toEqual(['keras-config', [], []])
    expect(root.programs[0]?.acts.map(a => [a.module, a.name])).toEqual([
      ['', 'Sequential'],
      ['keras.layers', 'Dense'],
    ])
    expect(root.programs[0]?.listing?.(10)[1]).toMatch(/^\d+: keras.layers.Dense\(/)
  })

  it.each([
    ['as a list', layer(lambda)],
    ['in a wrapper', layer(`{"class_name": "TimeDistributed", "config": {"layer": ${lambda}}}`)],
    ['in a model in a model', layer(layer(layer(lambda)))],
    [
      'as an object',
      layer(
        '{"class_name": "Lambda", "config": {"function": {"class_name": "__lambda__", "config": {"code": "4wEA"}}}}',
      ),
    ],
    ['in escapes', layer(lambda.replaceAll('Lambda', '\\u004cambda').replaceAll('class_name', 'class\\u005fname'))],
    ['behind a doubled key', layer(lambda.replace('"Lambda"', '"Lambda", "class_name": "Dense"'))],
    ['before a doubled key', layer(lambda.replace('"Lambda"', '"Dense", "class_name": "Lambda"'))],
    ['with a false version', `{"keras_version": "3.99.0", ${layer(lambda).slice(1)}`],
    [
      'in an activation',
      layer(
        '{"class_name": "Dense", "config": {"activation": {"class_name": "__lambda__", "config": {"value": "4wEA"}}}}',
      ),
    ],
    ['as a list of layers', `[${lambda}]`],
  ])('finds a Lambda %s', async (_, text) => {
    const found = (await actsOf(text)).filter(act => /^call .*(__code__|__lambda__)/.test(act))
    expect(found.length).toBeGreaterThan(0)
  })

  it('reads what Python reads: UTF-16, UTF-32, byte order marks', async () => {
    const text = layer(lambda)
    const wide = new Uint8Array(Uint32Array.from([0xfeff, ...[...text].map(c => c.codePointAt(0)!)]).buffer)
    const all = [
      Buffer.from(text, 'utf16le'),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      wide,
    ]
    for (const data of [...all, utf8(`\ufeff${text}`)])
      expect(acts(await examined('config.json', new Uint8Array(data)))).toContain('call :__code__')
  })

  it('names functions, files, and classes by each of their names', async () => {
    const config = '{"module": "os", "class_name": "function", "config": "system", "registered_name": "popen"}'
    expect(await actsOf(layer(config))).toEqual(expect.arrayContaining(['call os:system', 'call os:popen']))
    const lookup = '{"class_name": "StringLookup", "config": {"vocabulary": "/etc/passwd"}}'
    expect(await actsOf(layer(lookup))).toContain('reach :/etc/passwd')
    const renamed = '{"class_name": "Dense", "registered_name": "Lambda", "config": {}}'
    expect(await actsOf(layer(renamed))).toContain('operator :Lambda')
    const op = '{"class_name": "TFOpLambda", "config": {"function": "io.write_file"}}'
    expect(await actsOf(layer(op))).toContain('operator tf:io.write_file')
  })

  it('notes doubled keys and looks into base64', async () => {
    const { root } = await examined('c.json', utf8(layer('{"class_name": "Dense", "class_name": "Add", "config": {}}')))
    expect(root.notes.map(n => `${n.severity} ${n.rule}`)).toEqual(['block keras-config-duplicate-key'])
    const packed = `{"class_name": "TorchModuleWrapper", "config": {"module": "${Buffer.from(payload).toString('base64')}"}}`
    const inner = (await examined('c.json', utf8(layer(packed)))).root.members[0]
    expect([inner?.format, inner?.size]).toEqual(['pickle', payload.length])
  })

  it('reads the attributes of HDF5 by their name, whatever they look like', async () => {
    const padded = `{"a": "${' '.repeat(50_000)}", ${layer(lambda).slice(1)}`
    expect(acts(await examined('m.h5', kerasHdf5(padded)))).toContain('call :__code__')
  })

  it('never takes a broken text for whole, and never gives up', async () => {
    const whole = utf8(layer(lambda))
    expect((await cutEverywhere('config.json', whole, { from: 30 })).clean).toEqual([])
    expect((await mutateOften('config.json', whole, 200)).threw).toEqual([])
  })
})
