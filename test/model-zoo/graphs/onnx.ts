import schema from '../../../src/models/onnx-schema.json' with { type: 'json' }
import { floats, join } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { encode, field, type Message } from './proto.ts'

const value = (name: string): Message => ({
  name,
  type: { tensor_type: { elem_type: 1, shape: { dim: [{ dim_value: 4 }] } } },
})
const node = (op_type: string, domain = '', attribute: readonly Message[] = []): Message => ({
  input: ['x', 'w'],
  output: ['y'],
  op_type,
  ...(domain === '' ? {} : { domain }),
  attribute,
})
const weights: Message = { dims: [4], data_type: 1, name: 'w', raw_data: floats(4) }
const outside = (location: string, more: Readonly<Record<string, string>> = {}): Message => ({
  dims: [4],
  data_type: 1,
  name: 'w',
  external_data: Object.entries({ location, ...more }).map(([key, text]) => ({ key, value: text })),
  data_location: 1,
})

interface Parts {
  readonly nodes?: readonly Message[]
  readonly initializer?: readonly Message[]
  readonly graph?: Message
  readonly more?: Message
}

/** An ONNX model of one operator, with what is given in place of its parts. */
export const onnx = ({
  nodes = [node('Add')],
  initializer = [weights],
  graph = {},
  more = {},
}: Parts = {}): Uint8Array =>
  encode(schema, 'ModelProto', {
    ir_version: 8,
    producer_name: 'zoo',
    graph: { node: nodes, name: 'g', initializer, input: [value('x')], output: [value('y')], ...graph },
    opset_import: [{ domain: '', version: 17 }],
    ...more,
  })

const branch = (inner: readonly Message[], initializer: readonly Message[] = []): Message => ({
  name: 'then_branch',
  type: 5,
  g: { node: inner, name: 'inner', initializer, output: [value('y')] },
})
const calling = (domain: string, name: string, inner: readonly Message[]): Message => ({
  functions: [{ name, input: ['x'], output: ['y'], node: inner, opset_import: [{ domain: '', version: 17 }], domain }],
})

const named = (name: string, file: Uint8Array, verdict: Sample['verdict'], names?: string): Sample => ({
  name: `onnx-${name}`,
  class: verdict === 'pass' ? 'honest' : 'onnx',
  files: { 'model.onnx': file },
  verdict,
  ...(names === undefined ? {} : { names }),
})
const reaching = (name: string, location: string): Sample =>
  named(`external-${name}`, onnx({ initializer: [outside(location)] }), 'block', /\w+$/.exec(location)?.[0])

/** ONNX models: paths that leave the folder, operators of strangers, lies about sizes; and honest ones. */
export const onnxSamples: readonly Sample[] = [
  named('honest', onnx(), 'pass'),
  named('vendor-operator', onnx({ nodes: [node('FusedMatMul', 'com.microsoft')] }), 'pass'),
  named(
    'own-function',
    onnx({ nodes: [node('Gelu', 'own.domain')], more: calling('own.domain', 'Gelu', [node('Erf')]) }),
    'pass',
  ),
  named('subgraph', onnx({ nodes: [node('If', '', [branch([node('Relu')])])] }), 'pass'),
  {
    ...named(
      'external-beside',
      onnx({ initializer: [outside('model.onnx.data', { offset: '0', length: '16' })] }),
      'pass',
    ),
    files: {
      'model.onnx': onnx({ initializer: [outside('model.onnx.data', { offset: '0', length: '16' })] }),
      'model.onnx.data': floats(4),
    },
  },
  reaching('up', '../../etc/passwd'),
  reaching('up-inside', 'weights/../../../secret'),
  reaching('absolute', '/etc/shadow'),
  reaching('drive', 'C:\\Windows\\win.ini'),
  reaching('backslash', '..\\..\\secret'),
  reaching('share', '\\\\host\\share'),
  reaching('address', 'https://example.invalid/w'),
  reaching('file-address', 'file:///etc/passwd'),
  reaching('home', '~/.ssh/id_rsa'),
  named(
    'external-in-subgraph',
    onnx({ nodes: [node('If', '', [branch([node('Relu')], [outside('/etc/passwd')])])] }),
    'block',
    '/etc/passwd',
  ),
  named(
    'external-in-attribute',
    onnx({ nodes: [node('Constant', '', [{ name: 'value', type: 4, t: outside('../x') }])] }),
    'block',
    '../x',
  ),
  named(
    'external-in-function',
    onnx({ more: calling('f', 'F', [node('Constant', '', [{ name: 'value', type: 4, t: outside('../f') }])]) }),
    'block',
    '../f',
  ),
  named(
    'external-in-sparse',
    onnx({ graph: { sparse_initializer: [{ values: outside('../s'), indices: weights, dims: [4] }] } }),
    'block',
    '../s',
  ),
  named('external-strange-settings', onnx({ initializer: [outside('w.bin', { basepath: '/etc' })] }), 'hold', 'w.bin'),
  named('unknown-domain', onnx({ nodes: [node('Backdoor', 'evil.custom')] }), 'hold', 'evil.custom::Backdoor'),
  named(
    'unknown-domain-in-subgraph',
    onnx({ nodes: [node('If', '', [branch([node('Backdoor', 'evil.custom')])])] }),
    'hold',
    'Backdoor',
  ),
  named(
    'unknown-domain-in-function',
    onnx({ nodes: [node('F', 'f')], more: calling('f', 'F', [node('Backdoor', 'evil.custom')]) }),
    'hold',
    'Backdoor',
  ),
  named('python-operator', onnx({ nodes: [node('PythonOp', 'com.microsoft')] }), 'block', 'PythonOp'),
  named(
    'operator-file',
    onnx({ nodes: [node('EPContext', 'com.microsoft', [{ name: 'ep_cache_context', type: 3, s: '/tmp/x.bin' }])] }),
    'block',
    '/tmp/x.bin',
  ),
  {
    ...named('text-form', onnx(), 'block', '/etc/passwd'),
    files: {
      'm.textproto': join(
        'ir_version: 8\ngraph {\n  node { op_type: "Add" }\n  initializer { name: "w" data_location: EXTERNAL\n    external_data { key: "location" value: "/etc/passwd" } }\n}\n',
      ),
    },
  },
  named('size-lie', onnx({ initializer: [{ ...weights, dims: [1000] }] }), 'hold', 'takes'),
  named('huge-size', onnx({ initializer: [{ ...weights, dims: [2 ** 40, 2 ** 40] }] }), 'hold', 'takes'),
  named('unknown-field', join(onnx(), field(5000, join('hidden'))), 'hold', 'could not be read'),
  named('tail', join(onnx(), 'MZ\x90\0 hidden program'), 'hold'),
  named(
    'second-graph',
    join(onnx(), field(7, encode(schema, 'GraphProto', { node: [node('Backdoor', 'evil.custom')] }))),
    'hold',
    'Backdoor',
  ),
]
