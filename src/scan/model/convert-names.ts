import {
  type Bytes,
  type Dtype,
  type Member,
  type Model,
  membersOf,
  numpyDtypes,
  sliceOf,
  type Tensor,
} from '../../core/index.ts'
import { type PickleCall, type PickleValue, runPickle } from '../../pickle/index.ts'

/** Values of one checkpoint that are walked; shared ones are walked once for each name. */
const mostValues = 5_000_000
const mostDepth = 200
/** Levels of a checkpoint that are no part of the usual names. */
const silent = new Set(['_parameters', '_buffers', '_modules', 'state_dict'])

/** The tensors of a checkpoint under every name that it gives them, and what is no tensor. */
export interface Named {
  readonly tensors: ReadonlyMap<string, Tensor>
  readonly leftOut: readonly string[]
  readonly objections: readonly string[]
}

interface Found {
  /** Names by the value that stands for the tensor. */
  readonly places: Map<PickleCall, string[]>
  readonly leftOut: string[]
  readonly objections: string[]
  values: number
}

/** Collects the tensors that the formats told, under all their names. */
export function namedTensors(model: Model, steps: number): Named {
  const tensors = new Map<string, Tensor>()
  const leftOut: string[] = []
  const objections: string[] = []
  const told = new Map<string, Tensor>()
  for (const file of model.files) {
    told.clear()
    const all = [...membersOf(file.root)]
    for (const tensor of all.flatMap(member => member.tensors)) {
      if (told.has(tensor.name)) objections.push(`Two tensors are named ${JSON.stringify(tensor.name)}.`)
      told.set(tensor.name, tensor)
    }
    for (const member of all)
      for (const { start } of member.programs) nameIn(member, start, steps, { told, leftOut, objections })
    for (const [name, tensor] of told) tensors.set(name, tensor)
  }
  return { tensors, leftOut, objections }
}

interface Naming {
  readonly told: Map<string, Tensor>
  readonly leftOut: string[]
  readonly objections: string[]
}

/** Gives the tensors of a file the names that a pickle in it has for them. */
function nameIn(member: Member, start: number, steps: number, { told, leftOut, objections }: Naming): void {
  const found: Found = { places: new Map(), leftOut: [], objections, values: 0 }
  walk(runPickle(member.bytes, start, { steps }).root, '', 0, found)
  // The other pickles of an old checkpoint hold its version and its keys.
  if (found.places.size > 0) leftOut.push(...found.leftOut)
  for (const [call, names] of found.places) {
    const tensor = arrayOf(call, member.bytes) ?? firstOf(names, told)
    // An array of NumPy without bytes is one of objects.
    if (tensor === undefined && isArray(call)) leftOut.push(...names.map(name => name || member.path))
    else give(names, tensor, told, objections)
  }
}

const firstOf = (names: readonly string[], told: ReadonlyMap<string, Tensor>): Tensor | undefined =>
  names.map(name => told.get(name)).find(tensor => tensor !== undefined)

function give(
  names: readonly string[],
  tensor: Tensor | undefined,
  told: Map<string, Tensor>,
  objections: string[],
): void {
  for (const name of names) {
    if (tensor === undefined) objections.push(`The numbers of ${JSON.stringify(name)} are not in the file.`)
    else told.set(name, { ...tensor, name })
  }
}

const namesOf = (value: PickleValue): string =>
  typeof value === 'object' && value?.kind === 'global' ? `${value.module}.${value.name}` : ''

function walk(value: PickleValue, name: string, depth: number, found: Found): void {
  if (found.values++ > mostValues || depth > mostDepth) {
    if (found.objections.length === 0) found.objections.push('It holds more values than are looked at, or itself.')
  } else if (typeof value !== 'object' || value === null) {
    if (name !== '') found.leftOut.push(name)
  } else if (value.kind === 'dict') entries(value.entries, name, depth, found)
  else if (value.kind === 'call') call(value, name, depth, found)
  else if (value.kind === 'list' || value.kind === 'tuple')
    for (const [k, item] of value.items.entries())
      walk(item, name === '' ? String(k) : `${name}.${k}`, depth + 1, found)
  else found.leftOut.push(name)
}

function entries(
  all: readonly (readonly [PickleValue, PickleValue])[],
  name: string,
  depth: number,
  found: Found,
): void {
  // Of equal keys the last one counts.
  for (const [key, value] of new Map<PickleValue, PickleValue>(all)) {
    const part = typeof key === 'string' || typeof key === 'number' ? String(key) : '?'
    walk(value, silent.has(part) ? name : name === '' ? part : `${name}.${part}`, depth + 1, found)
  }
}

function call(value: PickleCall, name: string, depth: number, found: Found): void {
  const callee = namesOf(value.callee)
  if (callee.startsWith('torch._utils._rebuild_parameter')) walk(value.args[0] ?? null, name, depth + 1, found)
  else if (callee.startsWith('torch._utils._rebuild_') || callee.endsWith('multiarray._reconstruct')) {
    const names = found.places.get(value)
    if (names) names.push(name)
    else found.places.set(value, [name])
  } else if (/Dict$|\.(default)?dict$/.test(callee)) entries(value.entries ?? [], name, depth, found)
  else found.leftOut.push(name)
}

const isArray = ({ callee }: PickleCall): boolean => namesOf(callee).endsWith('multiarray._reconstruct')

/** An array of NumPy within a pickle: the state is (version, shape, dtype, column order, bytes). */
function arrayOf(call: PickleCall, bytes: Bytes): Tensor | undefined {
  const { state } = call
  if (!isArray(call)) return undefined
  if (typeof state !== 'object' || state?.kind !== 'tuple') return undefined
  const [, size, type, columns, data] = state.items
  if (typeof size !== 'object' || size?.kind !== 'tuple' || typeof data !== 'object' || data?.kind !== 'bytes')
    return undefined
  const shape = size.items.filter(n => typeof n === 'number')
  const dtype = typeOf(type ?? null)
  if (!dtype || data.offset === undefined || shape.length !== size.items.length) return undefined
  let step = 1
  const strides = shape.map(n => {
    const before = step
    step *= Math.max(1, n)
    return before
  })
  return {
    name: '',
    dtype: dtype.dtype,
    stored: dtype.dtype,
    shape,
    bytes: sliceOf(bytes, data.offset, data.offset + data.size),
    ...(columns === true && shape.length > 1 ? { strides } : {}),
    ...(dtype.bigEndian ? { bigEndian: true } : {}),
  }
}

/** `numpy.dtype('f4', …)` and the byte order in its state. */
function typeOf(value: PickleValue): { dtype: Dtype; bigEndian: boolean } | null {
  if (typeof value !== 'object' || value?.kind !== 'call' || namesOf(value.callee) !== 'numpy.dtype') return null
  const dtype = typeof value.args[0] === 'string' ? numpyDtypes[value.args[0]] : undefined
  const order = typeof value.state === 'object' && value.state?.kind === 'tuple' ? value.state.items[1] : undefined
  // safetensors has no complex numbers of 128 bits: such an array is left out by name.
  return dtype && dtype !== 'C128' ? { dtype, bigEndian: order === '>' } : null
}
