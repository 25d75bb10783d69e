import { type Act, type Bytes, type Dtype, type Examiner, numpyDtypes, sliceOf } from '../core/index.ts'
import { type PickleCall, type PickleRun, type PickleValue, runPickle } from '../pickle/index.ts'
import { followConstants } from './nested-pickles.ts'

/** An array that joblib wrote into the stream of a pickle, behind the BUILD of its wrapper. */
export interface WrappedArray {
  /** Behind the BUILD. */
  readonly start: number
  /** Where its numbers begin: behind the padding. */
  readonly dataAt: number
  readonly end: number
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly columns: boolean
  /** A plain reader of pickles stops here: at the byte that says how far the numbers are aligned, which is no opcode. */
  readonly stops: boolean
  /** Arrays of objects are pickles in the pickle. */
  readonly objects: PickleRun | null
  /** Bytes that it says it has and the file does not. */
  readonly lacking: number
}

/** No byte below is an opcode. */
const firstOpcode = 0x28

interface ElementType {
  readonly stored: string
  readonly dtype: Dtype | null
  readonly itemBytes: number
  readonly objects: boolean
  readonly bigEndian: boolean
}

/** Asked behind each BUILD of a pickle: finds the arrays of joblib, collects them, and says how many bytes they take. */
export function arrayFinder(
  bytes: Bytes,
  steps: number,
  found: WrappedArray[],
): (value: PickleCall, at: number) => number {
  return (value, at) => {
    const wrapper = wrapperOf(value)
    if (!wrapper) return 0
    const { type, shape, columns, aligned } = wrapper
    const padding = aligned && !type.objects ? (bytes.read(at, at + 1)[0] ?? 0) : null
    const dataAt = padding === null ? at : at + 1 + padding
    const objects = type.objects ? runPickle(bytes, dataAt, { steps }) : null
    const wanted = objects ? objects.end : dataAt + shape.reduce((all, size) => all * size, type.itemBytes)
    const end = Math.min(bytes.size, wanted)
    const lacking = wanted > end ? wanted - end : 0
    const stops = objects !== null || (padding !== null && padding < firstOpcode)
    found.push({ start: at, dataAt, end, type, shape, columns, stops, objects, lacking })
    return Math.max(0, end - at)
  }
}

/** What the state of joblib's wrapper says (joblib.numpy_pickle.NumpyArrayWrapper). */
function wrapperOf(
  value: PickleCall,
): (Pick<WrappedArray, 'type' | 'shape' | 'columns'> & { aligned: boolean }) | null {
  if (!isWrapper(value.callee) && !value.args.some(isWrapper)) return null
  const state = stateOf(value)
  const shape = numbersOf(state.get('shape'))
  const type = typeOf(state.get('dtype'))
  if (!shape || !type) return null
  const aligned = typeof state.get('numpy_array_alignment_bytes') === 'number'
  return { type, shape, columns: state.get('order') === 'F', aligned }
}

const isWrapper = (value: PickleValue): boolean =>
  typeof value === 'object' &&
  value?.kind === 'global' &&
  value.name === 'NumpyArrayWrapper' &&
  value.module.endsWith('numpy_pickle')

function stateOf({ state }: PickleCall): Map<string, PickleValue> {
  const entries = typeof state === 'object' && state?.kind === 'dict' ? state.entries : []
  const named = new Map<string, PickleValue>()
  for (const [key, value] of entries) if (typeof key === 'string') named.set(key, value)
  return named
}

function numbersOf(value: PickleValue | undefined): number[] | null {
  if (typeof value !== 'object' || value === null || !('items' in value) || value.kind === 'call') return null
  const sizes = value.items.filter(item => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0)
  return sizes.length === value.items.length ? (sizes as number[]) : null
}

/** A pickled numpy.dtype: its code, and in the state byte order, fields and size. */
function typeOf(value: PickleValue | undefined): ElementType | null {
  if (typeof value !== 'object' || value?.kind !== 'call') return null
  const [code] = value.args
  const match = typeof code === 'string' ? /^[<>=|]?([a-zA-Z?])(\d{0,9})$/.exec(code) : null
  if (!match) return null
  const [, kind = '', digits = ''] = match
  const state = typeof value.state === 'object' && value.state?.kind === 'tuple' ? value.state.items : []
  const size = typeof state[5] === 'number' && state[5] > 0 ? state[5] : Number(digits || 1) * (kind === 'U' ? 4 : 1)
  const objects = kind === 'O' || fieldsOf(state[4]).some(field => typeOf(field)?.objects ?? true)
  const dtype = numpyDtypes[kind + digits] ?? null
  return { stored: kind + digits, dtype, itemBytes: size, objects, bigEndian: state[1] === '>' }
}

/** Types of the fields of a structured type: a dict of (type, offset). */
const fieldsOf = (value: PickleValue | undefined): PickleValue[] =>
  typeof value === 'object' && value?.kind === 'dict'
    ? value.entries.map(([, field]) =>
        typeof field === 'object' && field?.kind === 'tuple' ? (field.items[0] ?? null) : null,
      )
    : []

/**
 * Claims the arrays that a pickle holds. Only joblib skips them: what a plain reader would run in their place is judged
 * too.
 */
export async function tellArrays(
  bytes: Bytes,
  run: PickleRun,
  arrays: readonly WrappedArray[],
  examiner: Examiner,
): Promise<void> {
  if (arrays.length === 0) return
  examiner.fact('arrays of joblib', arrays.length)
  for (const [k, array] of arrays.entries()) await tellArray(bytes, array, k, examiner)
  if (arrays.every(array => array.stops)) return
  const plain = runPickle(bytes, run.start, { steps: examiner.limits.steps })
  const known = new Set(run.program.acts.map(keyOf))
  const { damagedAt = Number.POSITIVE_INFINITY } = plain
  if (!plain.program.acts.some(act => act.offset < damagedAt && !known.has(keyOf(act)))) return
  examiner.program(plain.program)
  examiner.note({
    rule: 'joblib-array-of-opcodes',
    severity: 'block',
    text: 'What joblib takes for the numbers of an array is a program to every other reader of pickles.',
    start: arrays[0]!.start,
    end: arrays[0]!.end,
  })
}

const keyOf = ({ kind, module, name, offset }: Act): string => JSON.stringify([kind, module, name, offset])

async function tellArray(bytes: Bytes, array: WrappedArray, k: number, examiner: Examiner): Promise<void> {
  const { start, dataAt, end, type, shape, columns, objects, lacking } = array
  if (lacking > 0)
    examiner.note({
      rule: 'joblib-cut-array',
      severity: 'hold',
      text: `An array of ${type.stored} says that it goes on for ${lacking} bytes behind the end of the file.`,
      start,
      end,
    })
  if (objects) {
    examiner.claim(start, end, 'pickled objects')
    examiner.program(objects.program)
    for (const note of objects.notes) examiner.note(note)
    await followConstants(objects, examiner)
    return
  }
  examiner.claim(start, end, `numbers of ${type.stored}`)
  let step = 1
  const strides = shape.map(size => {
    const before = step
    step *= Math.max(1, size)
    return before
  })
  examiner.tensor({
    name: `array ${k}`,
    dtype: type.dtype,
    stored: type.stored,
    shape,
    ...(columns && shape.length > 1 ? { strides } : {}),
    ...(type.bigEndian ? { bigEndian: true } : {}),
    bytes: sliceOf(bytes, dataAt, end),
    start: dataAt,
  })
}
