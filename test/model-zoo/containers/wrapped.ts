import { deflateSync, gzipSync } from 'node:zlib'
import { join, number, payload, zeros } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { pax, type TarMember, tarOf } from './tar-file.ts'
import { torchZip, wickedZip } from './torch-file.ts'
import { written } from './written.ts'
import { zipOf } from './zip-file.ts'

const wrapped = (
  name: string,
  data: Uint8Array,
  names: string,
  { verdict = 'block' as 'hold' | 'block', file = 'model.pt', kind = 'wrappers' } = {},
): Sample => ({ name, class: kind, files: { [file]: data }, verdict, names })

const tar = (name: string, members: readonly TarMember[], names: string, verdict: 'hold' | 'block' = 'block'): Sample =>
  wrapped(name, tarOf(members), names, { verdict, file: 'model.tar', kind: 'tar' })

const foreign = Uint8Array.from({ length: 700 }, (_, k) => ((k * 91 + 7) % 253) | 1)
const fine: TarMember = { name: 'weights.pt', data: torchZip() }

/** A pickle in so many archives. */
function nested(depth: number): Uint8Array {
  let data = payload
  for (let k = 0; k < depth; k++) data = k % 2 === 0 ? zipOf([{ name: `${k}`, data }]) : gzipSync(data)
  return new Uint8Array(data)
}

const tars: readonly Sample[] = [
  tar('a pickle in a tar', [fine, { name: 'x', data: payload }], 'os.system'),
  tar('a path out of the folder in a tar', [{ name: '../../x', data: 'a b c' }], 'outside of the folder'),
  tar('an absolute path in a tar', [{ name: '/etc/x', data: 'a b c' }], 'absolute path'),
  tar('a link in a tar', [fine, { name: 'x', type: '2', link: 'weights.pt' }], 'is a link', 'hold'),
  tar('a link out of a tar', [{ name: 'x', type: '2', link: '/etc/passwd' }], 'outside of the folder'),
  tar('a hard link out of a tar', [{ name: 'x', type: '1', link: '../../etc/passwd' }], 'outside of the folder'),
  tar('a device in a tar', [{ name: 'x', type: '3' }], 'is a device'),
  tar('a pipe in a tar', [{ name: 'x', type: '6' }], 'is a pipe'),
  tar('a sparse member of a tar', [{ name: 'x', type: 'S', data: 'a b c' }], 'sparse', 'hold'),
  tar('an unknown kind of member in a tar', [{ name: 'x', type: 'Q', data: 'a b c' }], 'unknown kind', 'hold'),
  tar('two members of one name in a tar', [fine, fine], 'readers do not agree', 'hold'),
  tar('a member of a tar without an end', [{ name: 'x', data: 'a b c', size: 1 << 30 }], 'no length', 'hold'),
  tar(
    'a long name out of the folder in a tar',
    [
      { name: 'pax', type: 'x', data: pax({ path: '../../../x' }) },
      { name: 'harmless', data: 'a b c' },
    ],
    'outside of the folder',
  ),
  wrapped('a tar behind the end of a tar', join(tarOf([fine]), tarOf([{ name: 'x', data: payload }])), 'os.system'),
  wrapped('bytes behind a tar', join(tarOf([fine]), foreign), 'behind the end', { verdict: 'hold' }),
  wrapped('a tar with a wrong sum', join(tarOf([fine], { end: false }), foreign), 'its sum is wrong', {
    verdict: 'hold',
  }),
  wrapped('a pickle in the padding of a tar', padded(), 'could not be read', { verdict: 'hold' }),
]

function padded(): Uint8Array {
  const data = tarOf([{ name: 'read.txt', data: 'a b c' }])
  data.set(foreign.subarray(0, 100), 700)
  return data
}

const streams: readonly Sample[] = [
  ...(['wicked.bz2', 'wicked.xz', 'wicked.lzma', 'wicked.lz4', 'wicked.zlib'] as const).map(name =>
    wrapped(`a pickle in ${name}`, written(name), 'os.system', { file: 'model.joblib' }),
  ),
  ...(['lzma2.7z', 'lzma.7z', 'copy.7z', 'bzip2.7z', 'deflate.7z', 'zstd.7z'] as const).map(name =>
    wrapped(`a pickle in ${name}`, written(name), 'os.system', { kind: '7z' }),
  ),
  wrapped('a pickle in an encrypted 7z', written('encrypted.7z'), 'encrypted', { verdict: 'hold', kind: '7z' }),
  wrapped('a pickle in a 7z of an unknown method', written('ppmd.7z'), 'not read here', {
    verdict: 'hold',
    kind: '7z',
  }),
  wrapped('a pickle in gzip', gzipSync(payload), 'os.system'),
  wrapped('a pickle in a tar in gzip', gzipSync(tarOf([{ name: 'x', data: wickedZip() }])), 'os.system'),
  wrapped('a pickle in the second member of gzip', join(gzipSync(torchZip()), gzipSync(payload)), 'os.system'),
  wrapped('bytes behind gzip', join(gzipSync(torchZip()), foreign), 'could not be read', { verdict: 'hold' }),
  wrapped('a wrong sum in gzip', wrongSum(), 'checksum', { verdict: 'hold' }),
  wrapped('gzip that is cut off', gzipSync(torchZip()).subarray(0, 300), 'ends too early', { verdict: 'hold' }),
  wrapped('a pickle in the head of gzip', hiddenInHead(), 'extra field', { verdict: 'hold' }),
  wrapped('bytes behind zlib', join(deflateSync(torchZip()), foreign), 'could not be read', { verdict: 'hold' }),
  wrapped('a pickle in 8 archives', nested(8), 'os.system', { kind: 'nesting' }),
  wrapped('a pickle in 15 archives', nested(15), 'os.system', { kind: 'nesting' }),
  wrapped('a pickle in 30 archives', nested(30), 'archives in archives', { verdict: 'hold', kind: 'nesting' }),
  wrapped('gzip that grows without end', gzipSync(zeros(400 << 20)), 'stopped', { verdict: 'hold', kind: 'bombs' }),
]

function hiddenInHead(): Uint8Array {
  const data = new Uint8Array(gzipSync(torchZip()))
  data[3] = 4
  const hidden = join(payload, payload)
  return join(data.subarray(0, 10), number(hidden.length, 2), hidden, data.subarray(10))
}

function wrongSum(): Uint8Array {
  const data = new Uint8Array(gzipSync(torchZip()))
  data[data.length - 8]! ^= 255
  return data
}

export const wrappedSamples: readonly Sample[] = [...tars, ...streams]
