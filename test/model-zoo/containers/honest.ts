import { gzipSync } from 'node:zlib'
import { floats, join } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { tarOf } from './tar-file.ts'
import { smallState, torchLegacy, torchMembers, torchScript, torchTar, torchZip } from './torch-file.ts'
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

const source = `class Net(Module):
  __parameters__ = ["weight", ]
  weight : Tensor
  training : bool
  def forward(self: __torch__.Net, x: Tensor) -> Tensor:
    _0 = torch.add(torch.matmul(x, self.weight), 1)
    return ops.prim.NumToTensor(annotate(int, torch.len(_0)))
`

/** The manifest of a TorchServe archive. */
export const manifest = (handler: string): string =>
  JSON.stringify({ runtime: 'python', model: { modelName: 'm', serializedFile: 'model.pt', handler } })

/** Files as their usual writers make them. */
export const honestSamples: readonly Sample[] = [
  ...kept.map(name => honest(name, written(name))),
  honest('model.pt', torchZip()),
  honest('zip32.pt', torchZip(members, { zip64: false })),
  honest('deflated.pt', zipOf(members.map(member => ({ ...member, deflate: true })))),
  honest('legacy.pt', torchLegacy()),
  honest('version-0.1.pt', torchTar()),
  honest('script.pt', torchScript(source)),
  honest(
    'model.mar',
    zipOf([
      { name: 'MAR-INF/MANIFEST.json', data: manifest('image_classifier') },
      { name: 'model.pt', data: torchZip() },
    ]),
  ),
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
