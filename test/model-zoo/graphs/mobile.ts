import coreml from '../../../src/models/coreml/schema.json' with { type: 'json' }
import executorch from '../../../src/models/executorch/schema.json' with { type: 'json' }
import tensorflow from '../../../src/models/tensorflow-schema.json' with { type: 'json' }
import tfliteOperators from '../../../src/models/tflite/operators.json' with { type: 'json' }
import tflite from '../../../src/models/tflite/schema.json' with { type: 'json' }
import { floats, join, number, payload } from '../arrays/bytes.ts'
import { zipOf } from '../containers/zip-file.ts'
import type { Sample } from '../sample.ts'
import { flat, type Table } from './flat.ts'
import { encode, type Message } from './proto.ts'

const sample = (name: string, files: Sample['files'], verdict: Sample['verdict'], names?: string): Sample => ({
  name,
  class: verdict === 'pass' ? 'honest' : name.split('-')[0]!,
  files,
  verdict,
  ...(names === undefined ? {} : { names }),
})

/** A TensorFlow Lite model of one operator: a builtin one, or a custom one by its name. */
export const lite = (custom = '', more: Table = {}): Uint8Array =>
  flat(
    tflite,
    'Model',
    {
      version: 3,
      operatorCodes: [
        custom === ''
          ? { deprecatedBuiltinCode: 0, version: 1, builtinCode: 0 }
          : {
              deprecatedBuiltinCode: 32,
              customCode: custom,
              version: 1,
              builtinCode: tfliteOperators.indexOf('CUSTOM'),
            },
      ],
      subgraphs: [
        {
          tensors: [
            { shape: [4], type: 0, buffer: 0, name: 'x' },
            { shape: [4], type: 0, buffer: 1, name: 'w' },
            { shape: [4], type: 0, buffer: 0, name: 'y' },
          ],
          inputs: [0],
          outputs: [2],
          operators: [{ opcodeIndex: 0, inputs: [0, 1], outputs: [2] }],
          name: 'main',
        },
      ],
      description: 'zoo',
      buffers: [{}, { data: floats(4) }],
      ...more,
    },
    'TFL3',
  )

/** Settings of an operator of TensorFlow: its name, and its definition. */
function flexSettings(name: string, op: string): Uint8Array {
  const definition = encode(tensorflow, 'NodeDef', { name: 'n', op })
  const texts = [join(name), definition]
  const parts = texts.flatMap(text => [join([text.length], text, [0])])
  const ends = [1, 1 + texts[0]!.length + 1 + 1]
  const vector = parts[0]!.length + parts[1]!.length + 1
  const offsets = ends.map((at, k) => vector + k - at)
  return join(...parts, [2], offsets, [0x14, 0x14], [4], [0x28, 1])
}
const flexed = (stated: string, op: string): Uint8Array =>
  lite(stated, {
    subgraphs: [
      {
        tensors: [{ shape: [4], type: 0, buffer: 0, name: 'x' }],
        operators: [{ opcodeIndex: 0, inputs: [0], outputs: [0], customOptions: flexSettings(op, op) }],
      },
    ],
  })

/** Files behind a model, with places that count from the beginning of the file as its writers make them. */
export function withFiles(model: Uint8Array, archive: Uint8Array): Uint8Array {
  const copy = archive.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at + 4 <= copy.length; at++) {
    const mark = view.getUint32(at, true)
    if (mark === 0x02014b50) view.setUint32(at + 42, view.getUint32(at + 42, true) + model.length, true)
    if (mark === 0x06054b50) view.setUint32(at + 16, view.getUint32(at + 16, true) + model.length, true)
  }
  return join(model, copy)
}

/** An ExecuTorch program with one operator, and blobs for accelerators. */
export const program = (delegate: string, blob: Uint8Array, operator = 'aten::add'): Uint8Array =>
  flat(
    executorch,
    'Program',
    {
      version: 0,
      execution_plan: [
        {
          name: 'forward',
          values: [{ val: { kind: 'Int', table: { int_val: 1 } } }],
          operators: [{ name: operator, overload: 'out' }],
          delegates: [{ id: delegate, processed: { location: 0, index: 0 } }],
        },
      ],
      backend_delegate_data: [{ data: blob }],
    },
    'ET12',
  )

const layer = (more: Message): Message => ({ name: 'l', input: ['x'], output: ['y'], ...more })
/** A Core ML network of one layer, or what is given in its place. */
export const mlmodel = (layers: readonly Message[], more: Message = {}): Uint8Array =>
  encode(coreml, 'Model', {
    specificationVersion: 4,
    description: {
      input: [{ name: 'x', type: { multiArrayType: { shape: [4], dataType: 65568 } } }],
      output: [{ name: 'y', type: { multiArrayType: { shape: [4], dataType: 65568 } } }],
      metadata: { shortDescription: 'zoo', author: 'nobody' },
    },
    ...(layers.length > 0 ? { neuralNetwork: { layers } } : {}),
    ...more,
  })
const linked = (path: string): Message => ({
  linkedModel: {
    linkedModelFile: { linkedModelFileName: { defaultValue: path }, linkedModelSearchPath: { defaultValue: '.' } },
  },
})
const blob = (path: string): Message => ({
  mlProgram: {
    version: 1,
    functions: [
      {
        key: 'main',
        value: {
          opset: 'CoreML6',
          block_specializations: [
            {
              key: 'CoreML6',
              value: {
                outputs: ['y'],
                operations: [
                  {
                    type: 'const',
                    attributes: [{ key: 'val', value: { blobFileValue: { fileName: path, offset: 64 } } }],
                  },
                ],
              },
            },
          ],
        },
      },
    ],
  },
})
/** Weights of a Core ML program: one blob. */
export const weightBin = (numbers: Uint8Array): Uint8Array =>
  join(
    number(1, 4),
    number(2, 4),
    new Uint8Array(56),
    number(0xdeadbeef, 4),
    number(2, 4),
    number(numbers.length, 8),
    number(128, 8),
    new Uint8Array(40),
    numbers,
  )

const labels = zipOf([{ name: 'labels.txt', data: join('cat\ndog\n') }])
const armed = zipOf([{ name: 'labels.txt', data: payload }])
const custom = (className: string): Message => layer({ custom: { className, description: 'zoo' } })

/** Models for small machines: custom operators and classes, files behind and beside them, blobs of code. */
export const mobileSamples: readonly Sample[] = [
  sample('tflite-honest', { 'm.tflite': lite() }, 'pass'),
  sample('tflite-detection', { 'm.tflite': lite('TFLite_Detection_PostProcess') }, 'pass'),
  sample('tflite-flex', { 'm.tflite': lite('FlexErf') }, 'pass'),
  sample('tflite-labels', { 'm.tflite': withFiles(lite(), labels) }, 'pass'),
  sample('tflite-custom', { 'm.tflite': lite('EvilOp') }, 'hold', 'custom::EvilOp'),
  sample('tflite-flex-write', { 'm.tflite': lite('FlexWriteFile') }, 'block', 'FlexWriteFile'),
  sample('tflite-flex-settings', { 'm.tflite': flexed('FlexErf', 'Erf') }, 'pass'),
  sample('tflite-flex-settings-lie', { 'm.tflite': flexed('FlexErf', 'WriteFile') }, 'block', 'FlexWriteFile'),
  sample('tflite-flex-python', { 'm.tflite': lite('FlexPyFunc') }, 'block', 'FlexPyFunc'),
  sample('tflite-pickle-among-labels', { 'm.tflite': withFiles(lite(), armed) }, 'block', 'os.system'),
  sample(
    'tflite-external-up',
    { 'm.tflite': lite('', { externalBufferGroups: [{ name: '../../etc/passwd' }] }) },
    'block',
    '../../etc/passwd',
  ),
  sample('tflite-tail', { 'm.tflite': join(lite(), 'MZ\x90 hidden program') }, 'hold', 'could not be read'),
  sample('executorch-honest', { 'm.pte': program('XnnpackBackend', floats(8)) }, 'pass'),
  sample('executorch-unknown-backend', { 'm.pte': program('EvilBackend', floats(8)) }, 'hold', 'EvilBackend'),
  sample(
    'executorch-unknown-operator',
    { 'm.pte': program('XnnpackBackend', floats(8), 'evil::run') },
    'hold',
    'evil::run',
  ),
  sample(
    'executorch-native-code',
    { 'm.pte': program('XnnpackBackend', join('\x7fELF\x02\x01\x01', new Uint8Array(57))) },
    'block',
    'code for a processor',
  ),
  sample('coreml-honest', { 'm.mlmodel': mlmodel([layer({ activation: { ReLU: {} } })]) }, 'pass'),
  sample('coreml-custom-layer', { 'm.mlmodel': mlmodel([custom('EvilLayer')]) }, 'hold', 'EvilLayer'),
  sample(
    'coreml-custom-model',
    { 'm.mlmodel': mlmodel([], { customModel: { className: 'EvilModel' } }) },
    'hold',
    'EvilModel',
  ),
  sample('coreml-linked-up', { 'm.mlmodel': mlmodel([], linked('../../evil.mlmodelc')) }, 'block', '../../evil'),
  sample('coreml-linked', { 'm.mlmodel': mlmodel([], linked('other.mlmodelc')) }, 'hold', 'other.mlmodelc'),
  sample(
    'coreml-program',
    { 'm.mlmodel': mlmodel([], blob('@model_path/weights/weight.bin')), 'weights/weight.bin': weightBin(floats(16)) },
    'pass',
  ),
  sample(
    'coreml-program-up',
    { 'm.mlmodel': mlmodel([], blob('@model_path/../../etc/passwd')) },
    'block',
    'etc/passwd',
  ),
]
