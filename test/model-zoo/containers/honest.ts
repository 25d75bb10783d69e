import { gzipSync } from 'node:zlib'
import { floats, join } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { tarOf } from './tar-file.ts'
import { smallState, torchLegacy, torchMembers, torchZip } from './torch-file.ts'
import { written } from './written.ts'
import { zipOf } from './zip-file.ts'

const honest = (name: string, data: Uint8Array): Sample => ({
  name: `honest ${name}`,
  class: 'honest',
  files: { [name]: data },
  verdict: 'pass',
})

const kept = [
  'plain.joblib',
  'protocol-2.joblib',
  'zlib.joblib',
  'gzip.joblib',
  'bz2.joblib',
  'xz.joblib',
  'lzma.joblib',
  'lz4.joblib',
  'plain.npy',
  'objects.npy',
  'record.npy',
  'two.npy',
  'plain.npz',
  'packed.npz',
  'array.pkl',
] as const

const members = torchMembers()

/** Files as their usual writers make them. */
export const honestSamples: readonly Sample[] = [
  ...kept.map(name => honest(name, written(name))),
  honest('model.pt', torchZip()),
  honest('zip32.pt', torchZip(members, { zip64: false })),
  honest('deflated.pt', zipOf(members.map(member => ({ ...member, deflate: true })))),
  honest('legacy.pt', torchLegacy()),
  honest(
    'model.tar',
    tarOf([
      { name: 'model/', type: '5' },
      { name: 'model/weights.pt', data: torchZip() },
    ]),
  ),
  honest('model.tar.gz', gzipSync(tarOf([{ name: './weights.pt', data: torchZip() }]))),
  honest('twice.gz', join(gzipSync(smallState.subarray(0, 20)), gzipSync(smallState.subarray(20)))),
  honest('remark.zip', zipOf([{ name: 'read.txt', data: 'Numbers.' }], { comment: join('made by a tool') })),
  honest('inner.zip', zipOf([{ name: 'model.pt', data: torchZip() }])),
  honest(
    'folders.zip',
    zipOf([
      { name: 'a/', data: '' },
      { name: 'a/read.txt', data: 'Numbers.' },
    ]),
  ),
  honest('many.pt', torchZip(torchMembers(smallState, { 0: floats(4) }), { comment: join() })),
]
