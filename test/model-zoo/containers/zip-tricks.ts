import { join, number, payload, zeros } from '../arrays/bytes.ts'
import type { Sample } from '../sample.ts'
import { smallState, torchMembers, torchZip, wickedZip } from './torch-file.ts'
import { type ZipMember, type ZipParts, zipOf } from './zip-file.ts'

const trick = (
  name: string,
  data: Uint8Array,
  names: string,
  { verdict = 'hold' as 'hold' | 'block', file = 'model.pt', kind = 'archive tricks' } = {},
): Sample => ({ name, class: kind, files: { [file]: data }, verdict, names })

const members = torchMembers()
const wicked: ZipMember = { name: 'archive/data.pkl', data: payload, descriptor: true }
const more = (...added: ZipMember[]): readonly ZipMember[] => [...members, ...added]
const changed = (change: Partial<ZipMember>, pickle = smallState): readonly ZipMember[] =>
  torchMembers(pickle).map((member, k) => (k === 0 ? { ...member, ...change } : member))
const text = (name: string, mode?: number): ZipMember =>
  mode === undefined ? { name, data: 'a b c' } : { name, data: '../../etc/passwd', mode }
const archive = (parts: ZipParts = {}) => torchZip(members, parts)
const foreign = Uint8Array.from({ length: 300 }, (_, k) => (k * 37 + 11) % 251)

/** Archives on which readers disagree. */
const disagreeing: readonly Sample[] = [
  trick('another name in the local header', torchZip(changed({ localName: 'archive/readme.pkl' })), 'another name', {
    verdict: 'block',
  }),
  trick('a wicked pickle with another name in the local header', wicked2('archive/x.txt'), 'os.system', {
    verdict: 'block',
  }),
  trick('an encryption flag on plain data', torchZip(changed({ flags: 1 }, payload)), 'os.system', {
    verdict: 'block',
  }),
  trick('an encryption flag on harmless data', torchZip(changed({ flags: 1 })), 'say that it is encrypted', {
    verdict: 'block',
  }),
  trick('a patch flag', torchZip(changed({ flags: 32 })), 'or a patch', { verdict: 'block' }),
  trick('a wrong checksum', torchZip(changed({ crc: 1 })), 'checksum'),
  trick('a wicked pickle with a wrong checksum', torchZip(changed({ crc: 1 }, payload)), 'os.system', {
    verdict: 'block',
  }),
  trick('two members of one name', torchZip(more(wicked)), 'os.system', { verdict: 'block' }),
  trick('two members of one name, both harmless', torchZip(more(members[0]!)), 'readers do not agree'),
  trick('names that differ by case', torchZip(more({ ...wicked, name: 'archive/DATA.PKL' })), 'os.system', {
    verdict: 'block',
  }),
  trick('a member that is not in the directory', torchZip(more({ ...wicked, hidden: true })), 'os.system', {
    verdict: 'block',
  }),
  trick(
    'a harmless member that is not in the directory',
    torchZip(more({ ...text('a.txt'), hidden: true })),
    'not in the directory',
  ),
  trick(
    'another size in the local header',
    zipOf(changed({ descriptor: false, localSize: 9 })),
    'disagree about its size',
  ),
  trick(
    'another method in the local header',
    zipOf(changed({ localMethod: 8 })),
    'disagree about its size or compression',
  ),
  trick('entries that share bytes', zipOf(more({ ...text('x'), pointsTo: 0 })), 'share bytes'),
  trick('a count that lies', torchZip(members, { promised: 2, zip64: false }), 'names 5'),
  trick('an unknown method', zipOf(changed({ method: 97 })), 'method 97'),
  trick('a wicked pickle in an unusual method', zipOf(changed({ deflate: true }, payload)), 'os.system', {
    verdict: 'block',
  }),
]

function wicked2(localName: string): Uint8Array {
  return torchZip(changed({ localName }, payload))
}

/** A directory in the comment of another one. */
function fakeEnd(): Uint8Array {
  const inner = zipOf([text('harmless.txt')])
  return torchZip(torchMembers(payload), { comment: inner })
}

/** Bytes around archives. */
const around: readonly Sample[] = [
  trick('a pickle in front of an archive', archive({ prefix: payload }), 'os.system', { verdict: 'block' }),
  trick('a pickle behind an archive', archive({ tail: payload }), 'os.system', { verdict: 'block' }),
  trick('a pickle between members and directory', archive({ gap: payload }), 'os.system', { verdict: 'block' }),
  trick('unknown bytes behind an archive', archive({ tail: foreign }), 'behind the archive'),
  trick('unknown bytes in front of an archive', archive({ prefix: foreign }), 'in front of the archive'),
  trick('unknown bytes between members and directory', archive({ gap: foreign }), 'inside of the archive'),
  trick('an archive behind an archive', join(archive(), wickedZip()), 'os.system', { verdict: 'block' }),
  trick('a directory in the comment', fakeEnd(), 'os.system', { verdict: 'block' }),
  trick('a pickle in the comment', archive({ comment: payload }), 'os.system', { verdict: 'block' }),
  trick(
    'a pickle in the padding',
    torchZip(changed({ extra: join('FB', number(payload.length, 2), payload) })),
    'could not be read',
  ),
  trick('an archive without a directory', archive().slice(0, 400), 'no directory'),
]

/** Names and kinds of members. */
const names: readonly Sample[] = [
  trick('a path out of the folder', zipOf([text('../../x.txt')]), 'outside of the folder', { verdict: 'block' }),
  trick('a path out of the folder with backslashes', zipOf([text('..\\..\\x.txt')]), 'outside of the folder', {
    verdict: 'block',
  }),
  trick('an absolute path', zipOf([text('/etc/cron.d/x')]), 'absolute path', { verdict: 'block' }),
  trick('a path to a drive', zipOf([text('C:\\x.txt')]), 'drive', { verdict: 'block' }),
  trick('a link', zipOf([text('weights', 0o120777)]), 'link', { verdict: 'block' }),
  trick('a name with a control character', zipOf([text('a\u0007b.txt')]), 'control characters'),
  trick('a name with a NUL', zipOf([text('data.pkl\0.txt')]), 'NUL'),
  trick('a name that turns its writing around', zipOf([text('data\u202etxt.pkl')]), 'turn the writing around'),
  trick('a name with a backslash', zipOf([text('a\\b.txt')]), 'backslash'),
  trick('an empty name', zipOf([text('')]), 'is empty'),
]

/** Pickles where nobody looks for them. */
const dispatch: readonly Sample[] = [
  trick('a wicked archive', wickedZip(), 'os.system', { verdict: 'block', kind: 'odd members' }),
  ...['archive/config.json', 'archive/data/0', 'notes.txt', 'archive/.hidden', 'archive/code/x.py'].map(name =>
    trick(`a pickle called ${name}`, torchZip(more({ name, data: payload, descriptor: true })), 'os.system', {
      verdict: 'block',
      kind: 'odd members',
    }),
  ),
  ...['pytorch_model.bin', 'model.pt', 'model.safetensors', 'model.h5', 'notes.txt'].map(file =>
    trick(`a plain pickle called ${file}`, payload, 'os.system', { verdict: 'block', file, kind: 'plain pickles' }),
  ),
  trick('a wicked archive called .safetensors', wickedZip(), 'os.system', { verdict: 'block', file: 'a.safetensors' }),
]

/** Zeros that grow: small files that become large. */
const bombs: readonly Sample[] = [
  trick('a member that grows without end', zipOf([{ name: 'x', data: zeros(400 << 20), deflate: true }]), 'stopped', {
    kind: 'bombs',
  }),
  trick('many entries of one member', many(), 'share bytes', { kind: 'bombs' }),
]

function many(): Uint8Array {
  const one: ZipMember = { name: '0', data: zeros(4 << 20), deflate: true }
  return zipOf([one, ...Array.from({ length: 400 }, (_, k) => ({ name: `${k + 1}`, data: '', pointsTo: 0 }))])
}

export const zipSamples: readonly Sample[] = [...disagreeing, ...around, ...names, ...dispatch, ...bombs]
