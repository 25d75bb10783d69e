import { gunzipSync } from 'node:zlib'
import type { Sample } from '../sample.ts'
import { floats, join, payload, zeros } from './bytes.ts'
import written from './h5py.json' with { type: 'json' }
import { hdf5 } from './hdf5-file.ts'
import { ext, flaxArray, msgpack } from './msgpack.ts'
import { gguf, ggufModel, safetensors, safetensorsOf } from './tensor-files.ts'
import { treeModel } from './trees.ts'

const one =
  (area: string) =>
  (name: string, file: string, data: Uint8Array, verdict: Sample['verdict'], names?: string): Sample => ({
    name: `${area}: ${name}`,
    class: verdict === 'pass' ? 'honest' : area,
    files: { [file]: data },
    verdict,
    ...(names ? { names } : {}),
  })
const entry = (start: number, end: number, dtype = 'F32') =>
  `{"dtype":"${dtype}","shape":[${(end - start) / 4}],"data_offsets":[${start},${end}]}`

const st = one('safetensors')
const honestTensors = safetensors({ a: floats(4), b: floats(8) }, { format: 'pt' })
const safetensorsSamples: readonly Sample[] = [
  st('honest', 'model.safetensors', honestTensors, 'pass'),
  st(
    'overlap',
    'model.safetensors',
    safetensorsOf(`{"a":${entry(0, 12)},"b":${entry(8, 16)}}`, floats(4)),
    'hold',
    'shares',
  ),
  st(
    'hole',
    'model.safetensors',
    safetensorsOf(`{"a":${entry(0, 4)},"b":${entry(8, 16)}}`, floats(4)),
    'hold',
    'between tensors',
  ),
  st(
    'pickle in a hole',
    'model.safetensors',
    safetensorsOf(
      `{"a":${entry(0, 4)},"b":${entry(32, 36)}}`,
      join(floats(1), payload, zeros(28 - payload.length), floats(1)),
    ),
    'block',
    'os.system',
  ),
  st('tail', 'model.safetensors', join(honestTensors, 'more'), 'hold', 'behind the last tensor'),
  st('pickle in the tail', 'model.safetensors', join(honestTensors, payload), 'block', 'os.system'),
  st(
    'doubled tensor',
    'model.safetensors',
    safetensorsOf(`{"a":${entry(0, 16)},"a":${entry(0, 16)}}`, floats(4)),
    'block',
    'more than once',
  ),
  st(
    'doubled tensor in escapes',
    'model.safetensors',
    safetensorsOf(`{"a":${entry(0, 16)},"\\u0061":${entry(0, 16)}}`, floats(4)),
    'block',
    'more than once',
  ),
  st(
    'doubled offsets',
    'model.safetensors',
    safetensorsOf('{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,8],"data_offsets":[0,16]}}', floats(4)),
    'block',
    'more than once',
  ),
  st(
    'tensor beyond the end',
    'model.safetensors',
    safetensorsOf(`{"a":${entry(0, 400)}}`, floats(4)),
    'hold',
    'ends at',
  ),
  st(
    'shape that overflows',
    'model.safetensors',
    safetensorsOf('{"a":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]}}', floats(4)),
    'hold',
  ),
  st('header longer than the file', 'model.safetensors', join([255, 255, 255, 0, 0, 0, 0, 0], '{"a":'), 'hold'),
  st(
    'metadata that is no text',
    'model.safetensors',
    safetensorsOf(`{"__metadata__":{"a":{}},"a":${entry(0, 16)}}`, floats(4)),
    'hold',
    'metadata',
  ),
  st(
    'something behind the header',
    'model.safetensors',
    safetensorsOf(`{"a":${entry(0, 16)}} import os`, floats(4)),
    'hold',
    'padding',
  ),
]

const gg = one('gguf')
const backdoor = "{{ ''.__class__.__mro__[1].__subclasses__() }}"
const ggufSamples: readonly Sample[] = [
  gg('honest', 'model.gguf', ggufModel(), 'pass'),
  gg('honest, big endian', 'model.gguf', ggufModel({ little: false }), 'pass'),
  gg('honest, version 1', 'model.gguf', ggufModel({ version: 1 }), 'pass'),
  gg('template that reaches Python', 'model.gguf', ggufModel({}, backdoor), 'block', '__class__'),
  gg(
    'template that reaches Python, big endian',
    'model.gguf',
    ggufModel({ little: false }, backdoor),
    'block',
    '__class__',
  ),
  gg(
    'second template under a name',
    'model.gguf',
    ggufModel({ pairs: [['tokenizer.chat_template.rag', backdoor]] }),
    'block',
    '__class__',
  ),
  gg(
    'second template under the same key',
    'model.gguf',
    ggufModel({ pairs: [['tokenizer.chat_template', backdoor]] }),
    'block',
    '__class__',
  ),
  gg(
    'template under another key',
    'model.gguf',
    ggufModel({ pairs: [['general.prompt', backdoor]] }),
    'block',
    '__class__',
  ),
  gg(
    'template in a list',
    'model.gguf',
    ggufModel({ pairs: [['tokenizer.chat_templates', ['default', backdoor]]] }),
    'block',
    '__class__',
  ),
  gg('doubled key', 'model.gguf', ggufModel({ pairs: [['general.architecture', 'bert']] }), 'hold', 'more than once'),
  gg('count of pairs that overflows', 'model.gguf', ggufModel({ pairCount: 2n ** 63n }), 'hold', 'alformed'),
  gg('count of tensors that overflows', 'model.gguf', ggufModel({ tensorCount: 2n ** 62n }), 'hold', 'alformed'),
  gg(
    'tensor beyond the end',
    'model.gguf',
    gguf({ pairs: [], tensors: [{ name: 'a', shape: [1 << 20], data: zeros(32) }] }),
    'hold',
    'ends at',
  ),
  gg(
    'tensors that overlap',
    'model.gguf',
    gguf({ pairs: [], tensors: ['a', 'b'].map(name => ({ name, shape: [8], offset: 0, data: zeros(32) })) }),
    'hold',
    'in the middle',
  ),
  gg('pickle in the tail', 'model.gguf', ggufModel({ tail: payload }), 'block', 'os.system'),
  gg(
    'unknown number type',
    'model.gguf',
    gguf({ pairs: [], tensors: [{ name: 'a', shape: [8], type: 77, data: zeros(32) }] }),
    'hold',
    'unknown number type',
  ),
]

const h5 = one('hdf5')
const byH5py = (name: keyof typeof written) => new Uint8Array(gunzipSync(Buffer.from(written[name], 'base64')))
const hdf5Samples: readonly Sample[] = [
  h5('honest, old', 'weights.h5', byH5py('earliest'), 'pass'),
  h5('honest, new', 'weights.h5', byH5py('latest'), 'pass'),
  h5('honest with a user block of zeros', 'weights.h5', byH5py('userblock'), 'pass'),
  h5(
    'external link to a system file',
    'weights.h5',
    hdf5({ children: { w: { externalFile: '/etc/passwd', object: '/x' } } }),
    'block',
    '/etc/passwd',
  ),
  h5('external link out of the folder', 'weights.h5', byH5py('outside'), 'block', 'other.h5'),
  h5(
    'external link in a group',
    'weights.h5',
    hdf5({ children: { a: { group: { children: { w: { externalFile: 'w.h5', object: '/x' } } } } } }),
    'hold',
    'w.h5',
  ),
  h5(
    'external storage',
    'weights.h5',
    hdf5({ children: { w: { floats: floats(4), externalFile: '/etc/passwd' } } }),
    'block',
    '/etc/passwd',
  ),
  h5(
    'pickle before the file',
    'weights.h5',
    hdf5({}, { userBlock: join(payload, zeros(512 - payload.length)) }),
    'block',
    'os.system',
  ),
  h5('pickle behind the file', 'weights.h5', hdf5({}, { tail: payload }), 'block', 'os.system'),
  h5('pickle in a dataset', 'weights.h5', hdf5({ children: { objects: { bytes: payload } } }), 'block', 'os.system'),
  h5('pickle in a compressed dataset', 'weights.h5', byH5py('packedPickle'), 'block', 'os.system'),
  h5('honest, compressed texts', 'weights.h5', byH5py('packed'), 'pass'),
  h5('pickle in an attribute', 'weights.h5', hdf5({ attributes: { data: payload } }), 'block', 'os.system'),
  h5(
    'shape that takes all memory',
    'weights.h5',
    hdf5({ children: { w: { floats: floats(4), length: 2 ** 40 } } }),
    'hold',
    'times the whole file',
  ),
  h5('cut off', 'weights.h5', byH5py('earliest').slice(0, 9000), 'hold'),
]

const mp = one('msgpack')
const flax = msgpack({ params: { kernel: flaxArray('float32', [2, 2], floats(4)) } })
const msgpackSamples: readonly Sample[] = [
  mp('honest Flax', 'flax_model.msgpack', flax, 'pass'),
  mp('honest Burn', 'model.mpk', msgpack({ item: { w: { bytes: floats(4), shape: [4], dtype: 'F32' } } }), 'pass'),
  mp(
    'pickle of an array of objects',
    'flax_model.msgpack',
    msgpack({ nd: true, type: 'O', kind: 'O', data: payload }),
    'block',
    'os.system',
  ),
  mp('pickle behind the value', 'flax_model.msgpack', join(flax, payload), 'block', 'os.system'),
  mp('unknown extension', 'flax_model.msgpack', msgpack({ a: ext(99, floats(2)) }), 'hold', 'extension'),
  mp('length that lies', 'flax_model.msgpack', join([0x81, 0xa1], 'a', [0xdd, 255, 255, 255, 255]), 'hold', 'alformed'),
]

const tree = one('trees')
const treeSamples: readonly Sample[] = [
  tree('honest LightGBM', 'model.txt', treeModel('lightgbm'), 'pass'),
  tree('honest CatBoost', 'model.cbm', treeModel('catboost tables'), 'pass'),
  tree('honest XGBoost', 'model.ubj', treeModel('xgboost-ubj'), 'pass'),
  tree('honest XGBoost, binary', 'model.bin', treeModel('xgboost-binary'), 'pass'),
  tree('pickle behind LightGBM', 'model.txt', join(treeModel('lightgbm'), payload), 'block', 'os.system'),
  tree('pickle behind CatBoost', 'model.cbm', join(treeModel('catboost'), payload), 'block', 'os.system'),
  tree('pickle behind XGBoost', 'model.ubj', join(treeModel('xgboost-ubj'), payload), 'block', 'os.system'),
  tree('pickle behind XGBoost, binary', 'model.bin', join(treeModel('xgboost-binary'), payload), 'block', 'os.system'),
  tree('plain pickle under the name of CatBoost', 'model.cbm', payload, 'block', 'os.system'),
]

/** Files that hold numbers: honest ones, and lies about their structure. */
export const dataSamples: readonly Sample[] = [
  ...safetensorsSamples,
  ...ggufSamples,
  ...hdf5Samples,
  ...msgpackSamples,
  ...treeSamples,
]
