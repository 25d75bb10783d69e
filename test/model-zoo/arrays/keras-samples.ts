import { zipOf } from '../containers/zip-file.ts'
import type { Sample } from '../sample.ts'
import { join, payload } from './bytes.ts'
import { kerasHdf5 } from './hdf5-file.ts'
import { bytecode, kerasArchive, lambda, made, model, named, oldLambda, oldModel } from './keras-file.ts'

const archive = (name: string, config: string | object, verdict: Sample['verdict'], names: string): Sample => ({
  name: `.keras: ${name}`,
  class: 'keras',
  files: { 'model.keras': kerasArchive(config) },
  verdict,
  names,
})
const old = (name: string, config: string | object, verdict: Sample['verdict'], names: string): Sample => ({
  name: `Keras HDF5: ${name}`,
  class: 'keras',
  files: { 'model.h5': kerasHdf5(typeof config === 'string' ? config : JSON.stringify(config)) },
  verdict,
  names,
})
const escaped = (text: string) =>
  text.replace(/Lambda|__lambda__/g, word =>
    [...word].map(c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  )
const text = (config: object) => JSON.stringify(config)

const lambdas: readonly Sample[] = [
  archive('Lambda', model(lambda), 'block', '__lambda__'),
  old('Lambda', oldModel(oldLambda), 'block', 'Lambda'),
  old('list of layers as config', { class_name: 'Sequential', config: [oldLambda] }, 'block', 'Lambda'),
  old('Lambda in a model in a model', oldModel(oldModel(oldModel(oldLambda))), 'block', 'Lambda'),
  archive('Lambda in TimeDistributed', model(made('TimeDistributed', { layer: lambda })), 'block', '__lambda__'),
  archive(
    'Lambda in Bidirectional',
    model(made('Bidirectional', { layer: made('RNN', { cell: lambda }) })),
    'block',
    '__lambda__',
  ),
  archive(
    'lambda as an activation',
    model(made('Dense', { activation: { class_name: '__lambda__', config: { value: [bytecode, null, null] } } })),
    'block',
    '__lambda__',
  ),
  archive(
    'lambda in the compile config',
    { ...model(), compile_config: { loss: { class_name: '__lambda__', config: { value: bytecode } } } },
    'block',
    '__lambda__',
  ),
  archive('Lambda in JSON escapes', escaped(text(model(lambda))), 'block', '__lambda__'),
  old(
    'Lambda in JSON escapes',
    escaped(text(oldModel(oldLambda))).replaceAll('class_name', 'class\\u005fname'),
    'block',
    'Lambda',
  ),
  archive(
    'class given twice, honest last',
    text(model(lambda)).replace('"class_name":"Lambda"', '"class_name":"Lambda","class_name":"Dense"'),
    'block',
    'class_name',
  ),
  archive(
    'class given twice, honest first',
    text(model(lambda)).replace('"class_name":"Lambda"', '"class_name":"Dense","class_name":"Lambda"'),
    'block',
    'class_name',
  ),
  archive(
    'config given twice',
    text(model(made('Activation', { activation: 'relu' }))).replace(
      '"config":{"activation"',
      `"config":{"function":${text({ class_name: '__lambda__', config: { code: bytecode } })}},"config":{"activation"`,
    ),
    'block',
    '__lambda__',
  ),
  old('false version', { keras_version: '3.99.0', ...oldModel(oldLambda) }, 'block', 'Lambda'),
  old(
    'Lambda with an output shape of code',
    oldModel({
      class_name: 'Lambda',
      config: { function: 'relu', output_shape: [bytecode, null, null], output_shape_type: 'lambda' },
    }),
    'block',
    'Lambda',
  ),
  archive('registered name of Lambda', model({ ...made('Dense', {}), registered_name: 'Lambda' }), 'hold', 'Lambda'),
  {
    name: 'Keras JSON alone',
    class: 'keras',
    files: { 'architecture.json': new TextEncoder().encode(text(model(lambda))) },
    verdict: 'block',
    names: '__lambda__',
  },
  {
    name: '.keras: config in UTF-16',
    class: 'keras',
    files: {
      'model.keras': kerasArchive(model(), [
        { name: 'sub/config.json', data: new Uint8Array(Buffer.from(text(model(lambda)), 'utf16le')) },
      ]),
    },
    verdict: 'block',
    names: '__lambda__',
  },
]

const callables: readonly Sample[] = [
  archive(
    'function of os (CVE-2025-1550)',
    model(made('Lambda', { function: named('system', 'os'), arguments: { command: 'true' } })),
    'block',
    'os::system',
  ),
  archive('function of builtins', model(made('Lambda', { function: named('exec', 'builtins') })), 'block', 'exec'),
  archive('class of subprocess', model(made('Popen', { args: 'true' }, 'subprocess')), 'block', 'subprocess'),
  archive(
    'get_file (CVE-2025-8747)',
    model(
      made('Lambda', {
        function: named('get_file', 'keras.utils'),
        arguments: { origin: 'http://example.invalid/x', fname: 'x' },
      }),
    ),
    'block',
    'get_file',
  ),
  archive(
    'safe mode off (CVE-2025-9906)',
    model(made('Lambda', { function: named('enable_unsafe_deserialization', 'keras.config') })),
    'block',
    'enable_unsafe_deserialization',
  ),
  archive(
    'TorchModuleWrapper (CVE-2025-49655)',
    model(made('TorchModuleWrapper', { module: Buffer.from(payload).toString('base64') })),
    'block',
    'TorchModuleWrapper',
  ),
  archive(
    'StringLookup of a path (CVE-2025-12058)',
    model(made('StringLookup', { vocabulary: '/etc/passwd' })),
    'block',
    '/etc/passwd',
  ),
  archive(
    'TextVectorization of an address',
    model(made('TextVectorization', { vocabulary: 'http://example.invalid/v.txt' })),
    'block',
    'example.invalid',
  ),
  archive('SavedModel layer', model(made('TFSMLayer', { filepath: '../other' })), 'block', 'TFSMLayer'),
  archive('function of numpy', model(made('Lambda', { function: named('fromfile', 'numpy') })), 'block', 'numpy'),
  archive(
    'function in the arguments of a call',
    {
      ...model(),
      config: { layers: [{ ...made('Add', {}), inbound_nodes: [{ args: [named('popen', 'os')], kwargs: {} }] }] },
    },
    'block',
    'popen',
  ),
  archive('custom layer', model(made('MyLayer', {}, 'my_package.layers')), 'hold', 'MyLayer'),
  archive(
    'layer without a module',
    model({ module: null, class_name: 'Secret', config: {}, registered_name: 'Custom>Secret' }),
    'hold',
    'Secret',
  ),
  old(
    'function of TensorFlow that writes files',
    oldModel({ class_name: 'TFOpLambda', config: { function: 'io.write_file' } }),
    'block',
    'write_file',
  ),
  old(
    'node of TensorFlow that reads files',
    oldModel({ class_name: 'TensorFlowOpLayer', config: { node_def: '\n\x01x\x12\x08ReadFile', name: 'x' } }),
    'hold',
    'ReadFile',
  ),
]

const npyHeader = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".padEnd(117)
const objectArrays = zipOf([
  { name: 'vars.npy', data: join([0x93], 'NUMPY', [1, 0, 118, 0], npyHeader, '\n', payload) },
])

const archives: readonly Sample[] = [
  {
    name: '.keras: weights that are a pickle',
    class: 'keras',
    files: { 'model.keras': kerasArchive(model(), [], payload) },
    verdict: 'block',
    names: 'os.system',
  },
  {
    name: '.keras: weights as an array of objects',
    class: 'keras',
    files: { 'model.keras': kerasArchive(model(), [{ name: 'model.weights.npz', data: objectArrays }]) },
    verdict: 'block',
    names: 'os.system',
  },
  {
    name: '.keras: pickle among the assets',
    class: 'keras',
    files: { 'model.keras': kerasArchive(model(), [{ name: 'assets/vocab.txt', data: payload }]) },
    verdict: 'block',
    names: 'os.system',
  },
  {
    name: '.keras: two configurations',
    class: 'keras',
    files: {
      'model.keras': kerasArchive(model(), [
        { name: 'config.json', data: new TextEncoder().encode(text(model(lambda))) },
      ]),
    },
    verdict: 'block',
    names: '__lambda__',
  },
  {
    name: '.keras: broken configuration',
    class: 'keras',
    files: { 'model.keras': kerasArchive(text(model(lambda)).slice(0, -20)) },
    verdict: 'hold',
    names: 'alformed',
  },
]

const honest: readonly Sample[] = [
  {
    name: '.keras: honest',
    class: 'honest',
    files: { 'model.keras': kerasArchive(model(made('Dropout', { rate: 0.5 }), made('BatchNormalization'))) },
    verdict: 'pass',
  },
  { name: 'Keras HDF5: honest', class: 'honest', files: { 'model.h5': kerasHdf5(text(oldModel())) }, verdict: 'pass' },
  {
    name: 'Keras HDF5: honest functions of TensorFlow',
    class: 'honest',
    files: {
      'model.h5': kerasHdf5(text(oldModel({ class_name: 'TFOpLambda', config: { function: 'math.multiply' } }))),
    },
    verdict: 'pass',
  },
  {
    name: 'Keras JSON: honest vocabulary',
    class: 'honest',
    files: {
      'architecture.json': new TextEncoder().encode(
        text(
          model(made('StringLookup', { vocabulary: ['a', 'b'] }), made('TextVectorization', { output_mode: 'tf_idf' })),
        ),
      ),
    },
    verdict: 'pass',
  },
]

/** Keras models: code in every disguise, and none. */
export const kerasSamples: readonly Sample[] = [...lambdas, ...callables, ...archives, ...honest]
