import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import type { PickleValue } from '../../pickle/index.ts'
import { followConstants } from '../nested-pickles.ts'
import { type Pickled, pickledAt } from '../pickled.ts'
import { quoted } from '../quoted.ts'
import { extentOf, isRowMajor, type Storage, type TensorView, torchValues } from '../torch-values.ts'
import { tellArrays } from '../wrapped-arrays.ts'

/** A pickle of the number 0x1950a86a20f9469cfc6c, as torch writes it. */
const magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]
const parts = ['magic number', 'protocol', 'system', 'model', 'storage keys'] as const

/**
 * Checkpoints as PyTorch wrote them before 1.6: five pickles one after another, then the storages in the order of the
 * last pickle, each behind a count of 8 bytes.
 */
export default modelFormat({
  id: 'torch-legacy',
  title: 'PyTorch checkpoint of the old kind',
  extensions: ['.pt', '.pth', '.bin', '.ckpt', '.tar'],
  includes: ['pickle'],
  sniff: head => (magic.every((b, k) => head[k] === b) ? 3 : 0),
  async read(bytes, examiner) {
    const pickles: Pickled[] = []
    let at = 0
    for (const part of parts) {
      const pickled = pickledAt(bytes, at, examiner.limits.steps)
      pickles.push(pickled)
      await tell(bytes, pickled, part, examiner)
      at = pickled.run.end
      if (pickled.run.damaged !== undefined) break
    }
    const model = pickles[3]?.run.root ?? null
    const keys = keysOf(pickles[4]?.run.root ?? null)
    const end = keys ? readStorages(bytes, at, model, keys, examiner) : at
    if (!keys) malformed('The checkpoint has no list of its storages.', at, examiner)
    if (end < bytes.size) await readRest(bytes, end, examiner)
  },
})

function malformed(text: string, start: number, examiner: Examiner): void {
  examiner.note({ rule: 'torch-legacy-malformed', severity: 'hold', text, start, end: start })
}

async function tell(bytes: Bytes, { run, arrays }: Pickled, part: string, examiner: Examiner): Promise<void> {
  examiner.claim(run.start, run.end, part)
  examiner.program(run.program)
  for (const note of run.notes) examiner.note(note)
  if (run.damaged !== undefined) malformed(`The pickle of the ${part} breaks off: ${run.damaged}`, run.end, examiner)
  await followConstants(run, examiner)
  await tellArrays(bytes, run, arrays, examiner)
}

function keysOf(value: PickleValue): string[] | null {
  if (typeof value !== 'object' || value?.kind !== 'list') return null
  return value.items.map(key => (typeof key === 'string' || typeof key === 'number' ? String(key) : ''))
}

/** Claims the storages as far as the model says how long they are; returns where they end. */
function readStorages(
  bytes: Bytes,
  start: number,
  model: PickleValue,
  keys: readonly string[],
  examiner: Examiner,
): number {
  const { storages, tensors, wrong } = torchValues(model)
  for (const text of wrong) examiner.note({ rule: 'torch-legacy-tensor-bounds', severity: 'hold', text: `${text}.` })
  const known = new Map(storages.map(storage => [storage.key, storage]))
  for (const storage of storages) compare(storage, known, examiner)
  const places = new Map<string, { start: number; end: number }>()
  let at = start
  for (const key of keys) {
    const storage = known.get(key)
    const head = bytes.read(at, at + 8).slice()
    if (!storage || head.length < 8) {
      malformed(`The storage ${quoted(key)} ${storage ? 'is cut off' : 'is named by no tensor'}.`, at, examiner)
      return at
    }
    const count = Number(new DataView(head.buffer).getBigUint64(0, true))
    if (count !== storage.count) {
      malformed(`The storage ${quoted(key)} has ${count} numbers, and the model says ${storage.count}.`, at, examiner)
      return at
    }
    const end = Math.min(bytes.size, at + 8 + count * storage.itemBytes)
    if (end < at + 8 + count * storage.itemBytes) malformed(`The storage ${quoted(key)} is cut off.`, at, examiner)
    examiner.claim(at, end, `numbers of ${storage.type}`)
    places.set(key, { start: at + 8, end })
    at = end
  }
  for (const tensor of tensors) addTensor(bytes, tensor, places.get(tensor.storage.key), examiner)
  return at
}

/** Two ids of one storage must speak of the same numbers. */
function compare(storage: Storage, known: ReadonlyMap<string, Storage>, examiner: Examiner): void {
  const other = known.get(storage.key)!
  if (other.count * other.itemBytes === storage.count * storage.itemBytes) return
  const text = `The storage ${quoted(storage.key)} is ${storage.count} of ${storage.type} and ${other.count} of ${other.type} at once.`
  examiner.note({ rule: 'torch-legacy-storage-conflict', severity: 'hold', text })
}

function addTensor(
  bytes: Bytes,
  tensor: TensorView,
  place: { start: number; end: number } | undefined,
  examiner: Examiner,
): void {
  const { start, end } = extentOf(tensor)
  if (!place || place.start + end > place.end) return
  examiner.tensor({
    name: tensor.name,
    dtype: tensor.dtype,
    stored: tensor.storage.type,
    shape: tensor.shape,
    ...(isRowMajor(tensor.shape, tensor.strides) ? {} : { strides: tensor.strides }),
    bytes: sliceOf(bytes, place.start + start, place.start + end),
    start: place.start + start,
  })
}

/** A loader stops before this; whatever it is, it is examined by its content. */
async function readRest(bytes: Bytes, start: number, examiner: Examiner): Promise<void> {
  const place = { start, end: bytes.size }
  const member = await examiner.member('(behind the storages)', sliceOf(bytes, start, bytes.size), place)
  examiner.note({
    rule: 'torch-legacy-tail',
    severity: 'hold',
    text: `${bytes.size - start} bytes follow behind the last storage.`,
    ...place,
  })
  if (member) examiner.claim(start, bytes.size, 'bytes behind the storages')
}
