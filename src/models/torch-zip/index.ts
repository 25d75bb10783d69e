import { type Container, type Examiner, type Member, modelFormat, sliceOf } from '../../core/index.ts'
import { pickleAt } from '../pickled.ts'
import { quoted } from '../quoted.ts'
import { extentOf, isRowMajor, type Storage, type TensorView, torchValues } from '../torch-values.ts'

/**
 * The zip layout of PyTorch: a pickle that names storages, and each storage as a member beside it. The bytes of a
 * storage are numbers as far as the pickle accounts for them, and not a byte further.
 */
export default modelFormat({
  id: 'torch-zip',
  title: 'PyTorch archive',
  extensions: ['.pt', '.pth', '.bin', '.ckpt'],
  sniff: () => 0,
  layout(container, examiner) {
    const members = byName(container)
    const mains = [...members.keys()].filter(name => /(^|\/)(data|constants|bytecode)\.pkl$/.test(name))
    if (mains.length === 0) return
    examiner.fact(
      'layout',
      members.has(sibling(mains[0]!, 'constants.pkl')) ? 'TorchScript archive' : 'PyTorch archive',
    )
    const order = textOf(members.get(sibling(mains[0]!, 'byteorder'))?.[0])
    for (const main of mains)
      for (const member of members.get(main)!) readPickle(member, main, members, order === 'big', examiner)
  },
})

type Members = ReadonlyMap<string, readonly Member[]>

function byName({ members }: Container): Members {
  const named = new Map<string, Member[]>()
  for (const member of members) {
    const known = named.get(member.name)
    if (known) known.push(member)
    else named.set(member.name, [member])
  }
  return named
}

const sibling = (main: string, name: string): string => main.slice(0, main.lastIndexOf('/') + 1) + name
const textOf = (member: Member | undefined): string =>
  member ? Buffer.from(member.bytes.read(0, 16)).toString('latin1').trim() : ''

function readPickle(pickle: Member, main: string, members: Members, bigEndian: boolean, examiner: Examiner): void {
  const { root } = pickleAt(pickle.bytes, 0, examiner.limits.steps)
  if (root === null) return
  const { storages, tensors, wrong, more } = torchValues(root)
  const place = pickle.start === undefined ? {} : { start: pickle.start, end: pickle.end ?? pickle.start }
  for (const text of wrong)
    examiner.note({ rule: 'torch-zip-tensor-bounds', severity: 'hold', text: `${text}.`, ...place })
  if (more)
    examiner.note({ rule: 'torch-zip-too-many', severity: 'hold', text: 'The pickle has too many values.', ...place })
  const found = new Map<string, Member[]>()
  const claimed = new Map<string, Storage>()
  for (const storage of storages) {
    const before = claimed.get(storage.key)
    if (before) compare(before, storage, examiner, place)
    if (before && before.count * before.itemBytes >= storage.count * storage.itemBytes) continue
    claimed.set(storage.key, storage)
    found.set(storage.key, explain(storage, main, members, examiner))
  }
  for (const tensor of tensors) addTensor(tensor, found.get(tensor.storage.key)?.[0], bigEndian, examiner)
}

/** Two ids of one storage must speak of the same numbers: a loader makes the storage by the first. */
function compare(first: Storage, second: Storage, examiner: Examiner, place: { start?: number; end?: number }): void {
  if (first.count * first.itemBytes === second.count * second.itemBytes) return
  const text = `The storage ${quoted(first.key)} is ${first.count} of ${first.type} and ${second.count} of ${second.type} at once.`
  examiner.note({ rule: 'torch-zip-storage-conflict', severity: 'hold', text, ...place })
}

/** Claims the members of a storage as far as the pickle says how long it is. */
function explain(storage: Storage, main: string, members: Members, examiner: Examiner): Member[] {
  const wanted = storage.count * storage.itemBytes
  const folders = [main.slice(main.lastIndexOf('/') + 1, -'.pkl'.length), 'data', 'constants']
  const name = folders.map(folder => sibling(main, `${folder}/${storage.key}`)).find(each => members.has(each))
  const found = name === undefined ? [] : [...members.get(name)!]
  if (found.length === 0 && wanted > 0)
    examiner.note({
      rule: 'torch-zip-lost-storage',
      severity: 'hold',
      text: `The pickle names the storage ${quoted(storage.key)}, which the archive does not have.`,
    })
  for (const member of found) {
    examiner.explain(member, 0, Math.min(wanted, member.size), `numbers of ${storage.type}`)
    if (member.size === wanted) continue
    const text = `The storage ${quoted(storage.key)} has ${member.size} bytes, and the pickle says ${wanted}.`
    const place = member.start === undefined ? {} : { start: member.start, end: member.end ?? member.start }
    examiner.note({ rule: 'torch-zip-storage-size', severity: 'hold', text, ...place })
  }
  return found
}

function addTensor(tensor: TensorView, member: Member | undefined, bigEndian: boolean, examiner: Examiner): void {
  const { start, end } = extentOf(tensor)
  if (!member || end > member.size) return
  const stored = member.start !== undefined && member.end === member.start + member.size
  examiner.tensor({
    name: tensor.name,
    dtype: tensor.dtype,
    stored: tensor.storage.type,
    shape: tensor.shape,
    ...(isRowMajor(tensor.shape, tensor.strides) ? {} : { strides: tensor.strides }),
    ...(bigEndian ? { bigEndian } : {}),
    bytes: sliceOf(member.bytes, start, end),
    ...(stored ? { start: member.start! + start } : {}),
  })
}
