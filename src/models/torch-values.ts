import type { Dtype } from '../core/index.ts'
import type { PickleCall, PickleValue } from '../pickle/index.ts'

/** Values of one pickle that are looked at; what is beyond is not accounted for. */
const mostValues = 4_000_000

/** Numbers that a checkpoint keeps outside of its pickle. */
export interface Storage {
  readonly key: string
  /** The class that it has in the pickle. */
  readonly type: string
  readonly dtype: Dtype | null
  readonly itemBytes: number
  /** Elements. */
  readonly count: number
}

/** A tensor over a storage; several may share one. */
export interface TensorView {
  readonly name: string
  readonly storage: Storage
  readonly dtype: Dtype | null
  readonly itemBytes: number
  /** Elements before its first one. */
  readonly offset: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

/** What a checkpoint's pickle says of numbers outside of it. */
export interface TorchValues {
  readonly storages: readonly Storage[]
  readonly tensors: readonly TensorView[]
  /** Tensors whose numbers do not make sense, in words. */
  readonly wrong: readonly string[]
  /** Not all values were looked at. */
  readonly more: boolean
}

const types: Readonly<Record<string, readonly [Dtype | null, number]>> = {
  DoubleStorage: ['F64', 8],
  FloatStorage: ['F32', 4],
  HalfStorage: ['F16', 2],
  BFloat16Storage: ['BF16', 2],
  LongStorage: ['I64', 8],
  IntStorage: ['I32', 4],
  ShortStorage: ['I16', 2],
  CharStorage: ['I8', 1],
  ByteStorage: ['U8', 1],
  BoolStorage: ['BOOL', 1],
  ComplexFloatStorage: ['C64', 8],
  ComplexDoubleStorage: ['C128', 16],
  QInt8Storage: [null, 1],
  QUInt8Storage: [null, 1],
  QInt32Storage: [null, 4],
  QUInt4x2Storage: [null, 1],
  QUInt2x4Storage: [null, 1],
  UntypedStorage: ['U8', 1],
}

const dtypes: Readonly<Record<string, readonly [Dtype | null, number]>> = {
  float64: ['F64', 8],
  float32: ['F32', 4],
  float16: ['F16', 2],
  bfloat16: ['BF16', 2],
  float8_e4m3fn: ['F8_E4M3', 1],
  float8_e5m2: ['F8_E5M2', 1],
  int64: ['I64', 8],
  int32: ['I32', 4],
  int16: ['I16', 2],
  int8: ['I8', 1],
  uint64: ['U64', 8],
  uint32: ['U32', 4],
  uint16: ['U16', 2],
  uint8: ['U8', 1],
  bool: ['BOOL', 1],
  complex64: ['C64', 8],
  complex128: ['C128', 16],
}

/** Functions that make a tensor of a storage: persistent id, offset, size, stride, … */
const rebuilders = new Set(['_rebuild_tensor', '_rebuild_tensor_v2', '_rebuild_tensor_v3', '_rebuild_qtensor'])
/** Keys between a module and its tensors that are no part of the usual names. */
const silent = new Set(['_parameters', '_buffers', '_modules', 'state_dict'])

interface Open {
  readonly value: PickleValue
  readonly name: string
}

/** Finds all storages and tensors that a checkpoint's pickle names. */
export function torchValues(root: PickleValue): TorchValues {
  const found = { storages: [] as Storage[], tensors: [] as TensorView[], wrong: [] as string[], more: false }
  const seen = new Set<object>()
  const open: Open[] = [{ value: root, name: '' }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, name } = next
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    if (seen.size >= mostValues) return { ...found, more: true }
    seen.add(value)
    const storage = value.kind === 'persistent' ? storageOf(value) : null
    if (storage) found.storages.push(storage)
    if (value.kind === 'call') addTensor(value, name, found)
    for (const inner of insideOf(value, name)) open.push(inner)
  }
  return found
}

function storageOf(value: PickleValue): Storage | null {
  if (typeof value !== 'object' || value?.kind !== 'persistent') return null
  const { id } = value
  if (typeof id !== 'object' || id?.kind !== 'tuple') return null
  const [word, type, key, , count] = id.items
  if (word !== 'storage' || typeof type !== 'object' || type?.kind !== 'global') return null
  const known = types[type.name]
  if (!known || !isCount(count) || (typeof key !== 'string' && typeof key !== 'number')) return null
  return { key: String(key), type: `${type.module}.${type.name}`, dtype: known[0], itemBytes: known[1], count }
}

const isCount = (value: PickleValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function addTensor(call: PickleCall, name: string, found: { tensors: TensorView[]; wrong: string[] }): void {
  const { callee, args } = call
  if (typeof callee !== 'object' || callee?.kind !== 'global' || callee.module !== 'torch._utils') return
  if (!rebuilders.has(callee.name)) return
  const storage = storageOf(args[0] ?? null)
  if (!storage) return
  const shape = countsOf(args[2])
  const strides = countsOf(args[3])
  const offset = args[1]
  if (!isCount(offset) || !shape || !strides || shape.length !== strides.length) {
    found.wrong.push(`The tensor "${name}" has no offset, shape and strides that a tensor can have`)
    return
  }
  const [dtype, itemBytes] = typeOf(args[6], storage)
  const last = shape.reduce((sum, size, k) => sum + (size - 1) * strides[k]!, offset)
  const empty = shape.includes(0)
  if (!empty && (last + 1) * itemBytes > storage.count * storage.itemBytes)
    found.wrong.push(`The tensor "${name}" reads element ${last} of a storage of ${storage.count}`)
  else found.tensors.push({ name, storage, dtype, itemBytes, offset, shape, strides })
}

/** The type that the newest rebuild function gives in place of the storage's. */
function typeOf(given: PickleValue | undefined, { dtype, itemBytes }: Storage): readonly [Dtype | null, number] {
  const known = typeof given === 'object' && given?.kind === 'global' ? dtypes[given.name] : undefined
  return known ?? [dtype, itemBytes]
}

function countsOf(value: PickleValue | undefined): number[] | null {
  if (typeof value === 'object' && value?.kind === 'call') return countsOf(value.args[0])
  if (typeof value !== 'object' || (value?.kind !== 'tuple' && value?.kind !== 'list')) return null
  return value.items.every(isCount) ? [...value.items] : null
}

/** Values inside a value, with the names that a tensor there would have. */
function* insideOf(value: PickleValue & object, name: string): Generator<Open> {
  if (value.kind === 'dict') yield* named(value.entries, name)
  else if (value.kind === 'persistent') yield { value: value.id, name }
  else if ('items' in value && value.kind !== 'call') yield* counted(value.items, name)
  else if (value.kind === 'call') {
    yield { value: value.callee, name }
    for (const arg of value.args) yield { value: arg, name }
    if (value.keywords !== undefined) yield { value: value.keywords, name }
    if (value.state !== undefined) yield { value: value.state, name }
    yield* counted(value.items ?? [], name)
    yield* named(value.entries ?? [], name)
  }
}

function* counted(items: readonly PickleValue[], name: string): Generator<Open> {
  for (let k = 0; k < items.length; k++) {
    const value = items[k]!
    if (typeof value === 'object' && value !== null) yield { value, name: name === '' ? String(k) : `${name}.${k}` }
  }
}

function* named(entries: readonly (readonly [PickleValue, PickleValue])[], name: string): Generator<Open> {
  for (const [key, value] of entries) {
    if (typeof key === 'object' && key !== null) yield { value: key, name }
    if (typeof value !== 'object' || value === null) continue
    const part = typeof key === 'string' || typeof key === 'number' ? String(key) : '?'
    yield { value, name: silent.has(part) ? name : name === '' ? part : `${name}.${part}` }
  }
}

/** The strides that elements in row-major order have. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1
  for (let k = shape.length - 1; k >= 0; k--) {
    if (shape[k] !== 1 && strides[k] !== step) return false
    step *= Math.max(1, shape[k]!)
  }
  return true
}

/** Bytes from the first to behind the last element of a tensor, counted in its storage. */
export function extentOf({ shape, strides, offset, itemBytes }: TensorView): { start: number; end: number } {
  const start = offset * itemBytes
  if (shape.includes(0)) return { start, end: start }
  const last = shape.reduce((sum, size, k) => sum + (size - 1) * strides[k]!, 0)
  return { start, end: start + (last + 1) * itemBytes }
}
