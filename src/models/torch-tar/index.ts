import { type Bytes, type Examiner, type Member, modelFormat, sliceOf } from '../../core/index.ts'
import type { PickleValue } from '../../pickle/index.ts'
import { pickleAt } from '../pickled.ts'
import { quoted } from '../quoted.ts'

const parts = ['sys_info', 'pickle', 'storages', 'tensors'] as const
/** Bytes of an element by the class of its storage. */
const itemBytes: Readonly<Record<string, number>> = {
  DoubleStorage: 8,
  FloatStorage: 4,
  HalfStorage: 2,
  LongStorage: 8,
  IntStorage: 4,
  ShortStorage: 2,
  CharStorage: 1,
  ByteStorage: 1,
}

/**
 * The tar layout of PyTorch 0.1: the pickle of the model, and two members in which small pickles and raw numbers take
 * turns.
 */
export default modelFormat({
  id: 'torch-tar',
  title: 'PyTorch checkpoint of version 0.1',
  extensions: ['.pt', '.pth', '.tar'],
  sniff: () => 0,
  layout({ members }, examiner) {
    const found = parts.map(part => members.find(member => member.name.replace(/^\.\//, '') === part))
    const [system, pickle, storages, tensors] = found
    if (!system || !pickle || !storages || !tensors) return
    examiner.fact('layout', 'PyTorch checkpoint of version 0.1')
    new Part(storages, examiner).each(readStorage)
    new Part(tensors, examiner).each(readTensor)
  },
})

/** A member in which a pickled count is followed by so many records. */
class Part {
  at = 0
  readonly bytes: Bytes
  readonly member: Member
  readonly examiner: Examiner

  constructor(member: Member, examiner: Examiner) {
    this.member = member
    this.bytes = member.bytes
    this.examiner = examiner
  }

  /** Null where no whole pickle is. */
  pickle(): PickleValue | null {
    const run = pickleAt(this.bytes, this.at, this.examiner.limits.steps)
    if (run.damaged !== undefined) return null
    this.at = run.end
    return run.root
  }

  /** Reads all records, and claims what they take. */
  each(read: (part: Part) => boolean): void {
    const count = this.pickle()
    let done = 0
    let end = this.at
    while (typeof count === 'number' && done < count && read(this) && this.at <= this.bytes.size) {
      done++
      end = this.at
    }
    this.examiner.explain(this.member, 0, end, this.member.name, true)
    if (done === count) return
    const text = `Record ${done + 1} of the part ${quoted(this.member.name)} is not what a checkpoint has there.`
    this.examiner.note({ rule: 'torch-tar-malformed', severity: 'hold', text })
  }

  number(size: 4 | 8): number {
    const data = this.bytes.read(this.at, this.at + size).slice()
    this.at += size
    if (data.length < size) return Number.POSITIVE_INFINITY
    const view = new DataView(data.buffer)
    return size === 4 ? view.getInt32(0, true) : Number(view.getBigInt64(0, true))
  }
}

/** A pickled (key, place, type), a count, the numbers. */
function readStorage(part: Part): boolean {
  const head = part.pickle()
  if (typeof head !== 'object' || head?.kind !== 'tuple') return false
  const [key, , type] = head.items
  const size = typeof type === 'object' && type?.kind === 'global' ? itemBytes[type.name] : undefined
  if (size === undefined) return false
  const count = part.number(8)
  const start = part.at
  part.at += count * size
  if (!(count >= 0) || part.at > part.bytes.size) return false
  const bytes = sliceOf(part.bytes, start, part.at)
  const name = `storage ${typeof key === 'string' || typeof key === 'number' ? key : ''}`
  part.examiner.tensor({ name, dtype: null, stored: 'storage', shape: [count], bytes })
  return true
}

/** A pickled (key, storage, type), the number of dimensions, sizes, strides, and the offset. */
function readTensor(part: Part): boolean {
  const head = part.pickle()
  if (typeof head !== 'object' || head?.kind !== 'tuple') return false
  const dimensions = part.number(4)
  part.number(4)
  if (!(dimensions >= 0 && dimensions <= 64)) return false
  part.at += dimensions * 16 + 8
  return true
}
