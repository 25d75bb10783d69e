import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lite, withFiles } from '../../../test/model-zoo/graphs/mobile.ts'
import { onnx } from '../../../test/model-zoo/graphs/onnx.ts'
import { t7 } from '../../../test/model-zoo/graphs/others.ts'
import { savedModel } from '../../../test/model-zoo/graphs/tensorflow.ts'
import { samples } from '../../../test/model-zoo/graphs.ts'
import { acceptModel, type ModelSample, modelOf, outcomeOf } from '../../kit/index.ts'
import graphOperator from './index.ts'

/** What other detectors find: structure, bytes that nobody read, what stands in archives and templates. */
const elsewhere =
  /could not be read|takes|entit|document type|instruction|etc\/passwd|os\.system|engine$|RKNN|ONNX$|MNN|Hailo|Ascend/
const structural =
  /^(onnx-(tail|size-lie|huge-size|unknown-field)|tensorflow-checkpoint-tail|tensorrt.*|rknn|ort|mnn|hailo|ascend|paddle-tail|pmml-include)$/
const accused = samples.filter(each => each.verdict !== 'pass')
const isOwn = ({ name, names = '' }: ModelSample) =>
  !structural.test(name) &&
  (!elsewhere.test(names) || /^(onnx-external|coreml|tflite-external|tensorflow-asset)/.test(name))
const named = (name: string) => samples.find(each => each.name === name) as ModelSample

acceptModel(graphOperator, {
  honest: samples.filter(each => each.verdict === 'pass'),
  caught: [
    ...accused.filter(isOwn),
    {
      name: 'torch7-cut',
      class: 'torch7',
      files: { 'm.t7': t7(new Uint8Array(0), 2) },
      verdict: 'hold',
      names: 'followed',
    },
  ],
  missed: [
    {
      sample: named('onnx-tail'),
      because: 'bytes behind a graph are no operators: unread-bytes and file-structure say so',
    },
    { sample: named('tensorrt'), because: 'an engine is not read at all: unread-bytes holds it' },
    { sample: named('pmml-external-entity'), because: 'an entity is a matter of structure: file-structure blocks it' },
  ],
  matters: { allow: ['evil.custom::Backdoor'] },
})

const findings = async (files: Readonly<Record<string, Uint8Array>>, allow: readonly string[] = []) =>
  (await outcomeOf(graphOperator, await modelOf(files), { options: { allow } })).findings

describe('graph-operator', () => {
  it('names the operator, its place and the statement', async () => {
    const [finding] = await findings({
      'saved_model.pb': named('tensorflow-WriteFile-in-function').files['saved_model.pb']!,
    })
    expect(finding).toMatchObject({
      severity: 'block',
      evidence: { kind: 'act', name: 'WriteFile', language: 'tensorflow', by: 'function' },
    })
    const { evidence } = finding!
    if (evidence.kind !== 'act') throw new Error('no act')
    expect(evidence.statement).toContain('inner: bad = WriteFile(path, path)')
    expect(evidence.listing.some(line => line.lit && line.text.includes('WriteFile'))).toBe(true)
  })

  it('trusts what the user names, and never what is denied', async () => {
    const files = named('onnx-unknown-domain').files
    expect(await findings(files, ['evil.custom::Backdoor'])).toEqual([])
    expect(await findings(named('onnx-python-operator').files, ['com.microsoft::PythonOp'])).toHaveLength(1)
  })

  it('makes strangers of one kind one question', async () => {
    const files = {
      'a.tflite': lite('One'),
      'b.tflite': lite('Two'),
      'c.tflite': withFiles(lite('Three'), new Uint8Array(0)),
    }
    expect((await findings(files)).map(each => each.severity)).toEqual(['hold', 'hold', 'hold'])
  })

  it('draws every name with its list', async () => {
    const { figures } = await outcomeOf(graphOperator, await modelOf({ 'm.onnx': onnx(), 's.pb': savedModel() }))
    expect(figures.flatMap(each => (each.kind === 'names' ? each.names : []))).toContainEqual({
      name: 'SaveV2',
      list: 'allowed',
      does: 'called',
      times: 1,
      why: "An operator of the model's own saver.",
    })
  })
})

const real = fileURLToPath(new URL('../../../../shared/data/models/', import.meta.url))
const folders = ['onnx', 'onnx-burn', 'tf-savedmodel-gtsrb'].filter(name =>
  statSync(join(real, name), { throwIfNoEntry: false }),
)

describe.skipIf(folders.length === 0)('published models', () => {
  it.each(folders)(
    '%s is quiet',
    async name => {
      const paths = readdirSync(join(real, name), { recursive: true, encoding: 'utf8' })
      const files = paths.filter(path => statSync(join(real, name, path)).isFile())
      const model = await modelOf(Object.fromEntries(files.map(path => [path, readFileSync(join(real, name, path))])))
      const outcome = await outcomeOf(graphOperator, model)
      expect(outcome.findings.filter(each => each.severity !== 'info')).toEqual([])
    },
    60_000,
  )
})
