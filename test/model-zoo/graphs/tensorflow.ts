import schema from '../../../src/models/tensorflow-schema.json' with { type: 'json' }
import { floats, join, number } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { encode, type Message, varint } from './proto.ts'

const text = (name: string, string_val: string): Message => ({
  name,
  op: 'Const',
  attr: [
    { key: 'dtype', value: { type: 7 } },
    { key: 'value', value: { tensor: { dtype: 7, tensor_shape: {}, string_val } } },
  ],
})
const op = (name: string, kind: string, input: readonly string[] = [], attr: readonly Message[] = []): Message => ({
  name,
  op: kind,
  input,
  attr,
})
const calls = (name: string): Message => ({ key: 'f', value: { func: { name } } })
const fn = (name: string, node_def: readonly Message[], args: readonly string[] = ['x']): Message => ({
  signature: { name, input_arg: args.map(each => ({ name: each, type: 1 })), output_arg: [{ name: 'y', type: 1 }] },
  node_def,
  ret: [{ key: 'y', value: 'y:output:0' }],
})

/** What TensorFlow writes to save and restore a model: a path that the loader gives, and functions that use it. */
const saver = {
  nodes: [
    op('saver_filename', 'Placeholder'),
    op('StatefulPartitionedCall_1', 'StatefulPartitionedCall', ['saver_filename'], [calls('traced_save')]),
    op('StatefulPartitionedCall_2', 'StatefulPartitionedCall', ['saver_filename'], [calls('traced_restore')]),
  ],
  functions: [
    fn(
      'traced_save',
      [
        text('Const', '.part'),
        text('Const_1', '_temp/part'),
        op('match', 'StaticRegexFullMatch', ['file_prefix']),
        op('Select', 'Select', ['match:output:0', 'Const:output:0', 'Const_1:output:0']),
        op('StringJoin', 'StringJoin', ['file_prefix', 'Select:output:0']),
        op('Sharded', 'ShardedFilename', ['StringJoin:output:0', 'shard', 'shards']),
        op('SaveV2', 'SaveV2', ['Sharded:filename:0', 'names', 'slices', 'value']),
        op('prefixes', 'Pack', ['Sharded:filename:0']),
        op('Merge', 'MergeV2Checkpoints', ['prefixes:output:0', 'file_prefix']),
      ],
      ['file_prefix', 'shard', 'shards', 'names', 'slices', 'value'],
    ),
    fn(
      'traced_restore',
      [op('RestoreV2', 'RestoreV2', ['file_prefix', 'names', 'slices'])],
      ['file_prefix', 'names', 'slices'],
    ),
  ],
  saver_def: {
    filename_tensor_name: 'saver_filename:0',
    save_tensor_name: 'StatefulPartitionedCall_1:0',
    restore_op_name: 'StatefulPartitionedCall_2',
    version: 2,
  },
}

interface Parts {
  readonly nodes?: readonly Message[]
  readonly functions?: readonly Message[]
  readonly more?: Message
}

const graphOf = ({ nodes = [], functions = [] }: Parts): Message => ({
  node: [op('x', 'Placeholder'), op('y', 'Relu', ['x']), ...saver.nodes, ...nodes],
  library: { function: [...saver.functions, fn('serve', [op('y', 'Relu', ['x'])]), ...functions] },
  versions: { producer: 1882 },
})
const metaOf = (parts: Parts): Message => ({
  meta_info_def: { tags: ['serve'], tensorflow_version: '2.15.0' },
  graph_def: graphOf(parts),
  saver_def: saver.saver_def,
  signature_def: [{ key: 'serving_default', value: { outputs: [{ key: 'y', value: { name: 'y:0' } }] } }],
  ...parts.more,
})

/** A SavedModel with a saver and a signature, and what is added to them. */
export const savedModel = (parts: Parts = {}): Uint8Array =>
  encode(schema, 'SavedModel', { saved_model_schema_version: 1, meta_graphs: [metaOf(parts)] })
/** The same graph alone, as frozen graphs are. */
export const graphDef = (parts: Parts = {}): Uint8Array => encode(schema, 'GraphDef', graphOf(parts))
/** The same with its saver, as old checkpoints have it beside them. */
export const metaGraph = (parts: Parts = {}): Uint8Array => encode(schema, 'MetaGraphDef', metaOf(parts))

/** Keras metadata of a SavedModel. */
export const kerasMetadata = (metadata: string): Uint8Array =>
  encode(schema, 'SavedMetadata', {
    nodes: [{ node_id: 0, node_path: 'root', identifier: '_tf_keras_sequential', metadata, version: { producer: 2 } }],
  })

/** The index of a checkpoint with one tensor, and a table of the kind that holds it. */
export function checkpointIndex(size: number): Uint8Array {
  const header = encode(schema, 'BundleHeaderProto', { num_shards: 1, version: { producer: 1 } })
  const entry = encode(schema, 'BundleEntryProto', { dtype: 1, shape: { dim: [{ size: size / 4 }] }, offset: 0, size })
  const pair = (key: string, value: Uint8Array) => join(varint(0), varint(key.length), varint(value.length), key, value)
  const block = (pairs: Uint8Array) => join(pairs, number(0, 4), number(1, 4))
  const trailer = new Uint8Array(5)
  const place = (start: number, length: number) => join(varint(start), varint(length))
  const data = block(join(pair('', header), pair('w', entry)))
  const meta = block(new Uint8Array(0))
  const index = block(pair('x', place(0, data.length)))
  const metaAt = data.length + 5
  const indexAt = metaAt + meta.length + 5
  const handles = join(place(metaAt, meta.length), place(indexAt, index.length))
  const footer = join(handles, new Uint8Array(40 - handles.length), number(0xdb4775248b80fb57n, 8))
  return join(data, trailer, meta, trailer, index, trailer, footer)
}

const layer = (name: string, config = '{"name": "l", "units": 4}') =>
  `{"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "${name}", "config": ${config}}]}}`
const lambda = '{"name": "l", "function": ["4wEAAAAAAAAA", null, null], "function_type": "lambda"}'

const named = (name: string, file: Uint8Array, verdict: Sample['verdict'], names?: string): Sample => ({
  name: `tensorflow-${name}`,
  class: verdict === 'pass' ? 'honest' : 'tensorflow',
  files: { 'saved_model.pb': file },
  verdict,
  ...(names === undefined ? {} : { names }),
})
const running = (
  kind: string,
  verdict: 'hold' | 'block',
  input: readonly string[] = [],
  attr: readonly Message[] = [],
): Sample[] => {
  const nodes = [text('path', '/etc/passwd'), op('bad', kind, input, attr)]
  return [
    named(`${kind}-in-graph`, savedModel({ nodes }), verdict, kind),
    named(`${kind}-in-function`, savedModel({ functions: [fn('inner', nodes)] }), verdict, kind),
  ]
}
const setting = (key: string, s: string): Message => ({ key, value: { list: { s: [s] } } })
const stream: Message = { key: 'output_stream', value: { s: 'file:///tmp/x' } }

/** TensorFlow graphs: operators that read, write, call and connect, wherever they stand; and honest ones. */
export const tensorflowSamples: readonly Sample[] = [
  named('honest', savedModel(), 'pass'),
  named(
    'honest-frozen',
    encode(schema, 'GraphDef', { node: [op('x', 'Placeholder'), op('y', 'Relu', ['x'])], versions: { producer: 27 } }),
    'pass',
  ),
  named('honest-meta', metaGraph(), 'pass'),
  named(
    'vocabulary',
    savedModel({
      functions: [
        fn('init', [op('t', 'InitializeTableFromTextFileV2', ['table', 'asset_path'])], ['table', 'asset_path']),
      ],
    }),
    'pass',
  ),
  {
    ...named('checkpoint', savedModel(), 'pass'),
    files: { 'variables/variables.index': checkpointIndex(16), 'variables/variables.data-00000-of-00001': floats(4) },
  },
  { ...named('keras-metadata', savedModel(), 'pass'), files: { 'keras_metadata.pb': kerasMetadata(layer('Dense')) } },
  ...running('ReadFile', 'block', ['path']),
  ...running('WriteFile', 'block', ['path', 'path']),
  ...running('PyFunc', 'block', ['path']),
  ...running('EagerPyFunc', 'block', ['path']),
  ...running('PyFuncStateless', 'block'),
  ...running('SqlDataset', 'block', ['path', 'path', 'path']),
  ...running('MatchingFiles', 'block', ['path']),
  ...running('SaveV2', 'block', ['path', 'x']),
  ...running('MergeV2Checkpoints', 'block', ['path', 'path']),
  ...running('RestoreV2', 'hold', ['path', 'x']),
  ...running('LoadDataset', 'block', ['path']),
  ...running('SaveDatasetV2', 'block', ['x', 'path']),
  ...running('RpcCall', 'block', ['x']),
  ...running('RemoteCall', 'hold', ['path']),
  ...running('PrintV2', 'block', ['x'], [stream]),
  ...running('DebugIdentity', 'block', ['x'], [setting('debug_urls', 'grpc://example.invalid:1')]),
  ...running('TFRecordDataset', 'hold', ['path']),
  ...running('InitializeTableFromTextFileV2', 'hold', ['x', 'path']),
  ...running('MyOwnOperator', 'hold'),
  named(
    'nested-function',
    savedModel({
      functions: [
        fn('outer', [op('c', 'PartitionedCall', ['x'], [calls('inner')])]),
        fn('inner', [op('bad', 'WriteFile', ['x', 'x'])]),
      ],
    }),
    'block',
    'WriteFile',
  ),
  named(
    'saver-writes-elsewhere',
    savedModel({
      nodes: [text('p', '/root/.bashrc'), op('evil', 'SaveV2', ['p', 'x'])],
      more: { saver_def: { save_tensor_name: 'evil:0', restore_op_name: 'StatefulPartitionedCall_2' } },
    }),
    'block',
    'SaveV2',
  ),
  named(
    'asset-outside',
    savedModel({ more: { asset_file_def: [{ filename: '../../etc/passwd' }] } }),
    'block',
    '../../etc/passwd',
  ),
  named('frozen-write', graphDef({ nodes: [op('bad', 'WriteFile', ['x', 'x'])] }), 'block', 'WriteFile'),
  named('meta-read', metaGraph({ nodes: [op('bad', 'ReadFile', ['x'])] }), 'block', 'ReadFile'),
  named(
    'second-meta-graph',
    join(savedModel(), encode(schema, 'SavedModel', { meta_graphs: [metaOf({ nodes: [op('bad', 'PyFunc')] })] })),
    'block',
    'PyFunc',
  ),
  {
    ...named('keras-lambda', savedModel(), 'block', 'Lambda'),
    files: { 'keras_metadata.pb': kerasMetadata(layer('Lambda', lambda)) },
  },
  named(
    'keras-lambda-in-object',
    savedModel({
      more: {
        object_graph_def: {
          nodes: [{ user_object: { identifier: '_tf_keras_layer', metadata: layer('Lambda', lambda) } }],
        },
      },
    }),
    'block',
    'Lambda',
  ),
  {
    ...named('text-form', savedModel(), 'block', 'WriteFile'),
    files: {
      'saved_model.pbtxt': join(
        'saved_model_schema_version: 1\nmeta_graphs {\n  meta_info_def { tags: "serve" }\n  graph_def {\n    node { name: "a" op: "Wri" "teFile" input: "x" }\n  }\n}\n',
      ),
    },
  },
  {
    ...named('honest-text-form', savedModel(), 'pass'),
    files: {
      'graph.pbtxt': join(
        'node {\n  name: "a"\n  op: "Relu"\n  attr { key: "T" value { type: DT_FLOAT } }\n}\nversions { producer: 27 }\n',
      ),
    },
  },
  {
    ...named('text-form-behind-remarks', savedModel(), 'block', 'WriteFile'),
    files: { 'saved_model.pbtxt': join(`${'# nothing\n'.repeat(8000)}node { name: "a" op: "WriteFile" }\n`) },
  },
  {
    ...named('text-form-behind-text', savedModel(), 'block', 'WriteFile'),
    files: { 'graph.pbtxt': join(`node { attr { key: "${'k'.repeat(70_000)}" } name: "a" op: "WriteFile" }\n`) },
  },
  {
    ...named('checkpoint-tail', savedModel(), 'hold'),
    files: { 'variables.index': checkpointIndex(16), 'variables.data-00000-of-00001': join(floats(4), 'hidden') },
  },
]
