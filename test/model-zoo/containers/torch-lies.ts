import { floats, join, number, payload } from '../arrays/bytes.ts'
import { named, pickled, type Thing } from '../pickle/assembler.ts'
import type { Sample } from '../sample.ts'
import { manifest } from './honest.ts'
import { stateDict, tensor, torchLegacy, torchMembers, torchScript, torchTar, torchZip } from './torch-file.ts'
import { zipOf } from './zip-file.ts'

const lie = (
  name: string,
  data: Uint8Array,
  names: string,
  { verdict = 'hold' as 'hold' | 'block', file = 'model.pt', kind = 'storage lies' } = {},
): Sample => ({ name, class: kind, files: { [file]: data }, verdict, names })

const four = { key: '0', count: 4 }
const state = (tensors: Record<string, Thing>, storages: Record<string, Uint8Array> = { 0: floats(4) }) =>
  torchZip(torchMembers(stateDict(tensors), storages))
/** Numbers that look like no format. */
const odd = floats(64, 1000)

/** What the pickle says of the numbers beside it is not so. */
const lies: readonly Sample[] = [
  lie(
    'a storage larger than its pickle says',
    state({ w: tensor(four) }, { 0: join(odd, odd) }),
    'bytes, and the pickle says 16',
  ),
  lie(
    'a storage smaller than its pickle says',
    state({ w: tensor({ key: '0', count: 400 }) }),
    'and the pickle says 1600',
  ),
  lie('a storage of another type', state({ w: tensor({ ...four, type: 'DoubleStorage' }) }), 'and the pickle says 32'),
  lie('a storage that is not there', state({ w: tensor({ key: '7', count: 4 }) }, {}), 'does not have'),
  lie('a storage that no tensor names', state({ w: tensor(four) }, { 0: floats(4), 1: odd }), 'could not be read'),
  lie('one storage of two types', state({ v: tensor(four), w: tensor({ ...four, type: 'DoubleStorage' }) }), 'at once'),
  lie(
    'a shape beyond the storage',
    state({ w: tensor(four, { shape: [2, 300], strides: [300, 1] }) }),
    'reads element',
  ),
  lie('an offset beyond the storage', state({ w: tensor(four, { offset: 100 }) }), 'reads element'),
  lie('strides beyond the storage', state({ w: tensor(four, { shape: [2, 2], strides: [4096, 1] }) }), 'reads element'),
  lie('a negative stride', state({ w: tensor(four, { shape: [4], strides: [-1] }) }), 'no offset, shape and strides'),
  lie(
    'a pickle in a storage',
    state({ w: tensor({ key: '0', count: payload.length, type: 'ByteStorage' }) }, { 0: payload }),
    'os.system',
    {
      verdict: 'block',
    },
  ),
]

/** Checkpoints of the old kind: a payload in each of their parts. */
const legacy: readonly Sample[] = [
  lie('a wicked system description', torchLegacy({ system: payload }), 'os.system', { verdict: 'block' }),
  lie('a wicked old checkpoint', torchLegacy({ model: payload }), 'os.system', { verdict: 'block' }),
  lie('a pickle behind an old checkpoint', torchLegacy({ tail: payload }), 'os.system', { verdict: 'block' }),
  lie('bytes behind an old checkpoint', torchLegacy({ tail: odd }), 'behind the last storage'),
  lie('another count in an old checkpoint', torchLegacy({ count: 400 }), 'and the model says 4'),
  lie('an unknown storage in an old checkpoint', torchLegacy({ keys: ['0', '9'] }), 'named by no tensor'),
].map(sample => ({ ...sample, class: 'old checkpoints' }))

const npyOf = (header: string, data: Uint8Array): Uint8Array => {
  const text = `${header}\n`
  return join([0x93], 'NUMPY', [1, 0], number(text.length, 2), text, data)
}
const head = (shape: string, type = "'<f4'") => `{'descr': ${type}, 'fortran_order': False, 'shape': ${shape}, }`

/** Arrays that are programs, and arrays that lie. */
const arrays: readonly Sample[] = [
  lie('an array of wicked objects', npyOf(head('(1,)', "'|O'"), payload), 'os.system', {
    verdict: 'block',
    file: 'a.npy',
  }),
  lie('a record with a wicked object', npyOf(head('(1,)', "[('a', '|O'), ('b', '<f4')]"), payload), 'os.system', {
    verdict: 'block',
    file: 'a.npy',
  }),
  lie(
    'an array of wicked objects in an archive',
    zipOf([{ name: 'a.npy', data: npyOf(head('(1,)', "'|O'"), payload) }]),
    'os.system',
    { verdict: 'block', file: 'a.npz' },
  ),
  lie('a pickle called like an array in an archive', zipOf([{ name: 'a.npy', data: payload }]), 'os.system', {
    verdict: 'block',
    file: 'a.npz',
  }),
  lie('an array shorter than it says', npyOf(head('(400,)'), floats(4)), 'says that it has 1600 bytes', {
    file: 'a.npy',
  }),
  lie('bytes behind an array', npyOf(head('(4,)'), join(floats(4), odd)), 'could not be read', { file: 'a.npy' }),
  lie('a pickle behind an array', npyOf(head('(4,)'), join(floats(4), payload)), 'could not be read', {
    file: 'a.npy',
  }),
  lie('a header that is a program', npyOf("__import__('os').system('true')", floats(4)), 'no description', {
    file: 'a.npy',
  }),
  lie('an array of 2^60 numbers', npyOf(head('(1152921504606846976,)'), floats(4)), 'no description', {
    file: 'a.npy',
  }),
].map(sample => ({ ...sample, class: 'arrays' }))

/** An array of joblib: a wrapper in the pickle, and the numbers behind it. */
function joblib(type: string, numbers: Uint8Array, aligned: boolean, count: number): Uint8Array {
  const wrapper: Thing = {
    call: named('joblib.numpy_pickle.NumpyArrayWrapper'),
    new: true,
    state: {
      dict: {
        subclass: named('numpy.ndarray'),
        shape: { tuple: [count] },
        order: 'C',
        dtype: {
          call: named('numpy.dtype'),
          args: [type, false, true],
          state: { tuple: [3, '|', null, null, null, -1, -1, 0] },
        },
        allow_mmap: false,
        ...(aligned ? { numpy_array_alignment_bytes: 16 } : {}),
      },
    },
  }
  return join(pickled(wrapper, 2).slice(0, -1), numbers, '.')
}

const joblibs: readonly Sample[] = [
  lie('an array of wicked objects in joblib', joblib('O8', payload, false, 1), 'os.system', { verdict: 'block' }),
  lie('an array of joblib that plain readers run', joblib('u1', payload, false, payload.length), 'every other reader', {
    verdict: 'block',
  }),
  lie(
    'a padding of joblib that plain readers run',
    joblib('u1', join('0', payload, odd), true, 200),
    'every other reader',
    {
      verdict: 'block',
    },
  ),
  lie('an array of joblib beyond the end', joblib('f8', floats(4), false, 1 << 20), 'behind the end of the file'),
].map(sample => ({ ...sample, class: 'joblib', files: { 'model.joblib': Object.values(sample.files)[0]! } }))

const scripted = (line: string): Uint8Array =>
  torchScript(
    `class Net(Module):\n  def forward(self: __torch__.Net, x: Tensor) -> Tensor:\n    ${line}\n    return x\n`,
  )

const others: readonly Sample[] = [
  lie('a wicked checkpoint of version 0.1', torchTar(payload), 'os.system', { verdict: 'block', kind: 'tar' }),
  ...[
    ['that writes files', 'torch.save(x, "/etc/cron.d/x")', 'writes a file', 'block'],
    ['that maps files', '_0 = torch.from_file("/etc/passwd", False, 10)', 'maps a file', 'block'],
    ['with a custom operator', '_0 = ops.evil.run("true")', 'custom operator', 'hold'],
    ['that imports', 'import os', 'imports nothing but itself', 'hold'],
  ].map(([name, line, says, verdict]) =>
    lie(`TorchScript ${name}`, scripted(line!), says!, { verdict: verdict as 'hold' | 'block', kind: 'TorchScript' }),
  ),
  lie(
    'a TorchServe archive with a handler of its own',
    zipOf([
      { name: 'MAR-INF/MANIFEST.json', data: manifest('handler.py:handle') },
      { name: 'model.pt', data: torchZip() },
      { name: 'handler.py', data: 'import os\n\ndef handle(data, context):\n    return data\n' },
    ]),
    'that the archive brings along',
    { file: 'model.mar', kind: 'TorchServe' },
  ),
]

export const torchSamples: readonly Sample[] = [...others, ...lies, ...legacy, ...arrays, ...joblibs]
