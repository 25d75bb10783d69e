import { type Bytes, memoryBytes } from '../core/index.ts'
import { type PickleRun, runPickle } from '../pickle/index.ts'
import { arrayFinder, type WrappedArray } from './wrapped-arrays.ts'

/** A pickle, and the arrays that joblib put between its opcodes. */
export interface Pickled {
  readonly run: PickleRun
  readonly arrays: readonly WrappedArray[]
}

/** Pickles up to this size are read into memory: what they build is looked up all over them. */
const heldBytes = 16 << 20

const runs = new WeakMap<Bytes, Map<number, Pickled>>()

const held = new WeakMap<Bytes, Bytes>()

/** The pickle at a place, run once however many formats ask for it. */
export function pickledAt(bytes: Bytes, start: number, steps: number): Pickled {
  const known = runs.get(bytes) ?? new Map<number, Pickled>()
  runs.set(bytes, known)
  const before = known.get(start)
  if (before) return before
  const arrays: WrappedArray[] = []
  const near = bytes.size <= heldBytes ? (held.get(bytes) ?? memoryBytes(bytes.read(0, bytes.size).slice())) : bytes
  held.set(bytes, near)
  const run = runPickle(near, start, { steps, arrays: arrayFinder(near, steps, arrays) })
  known.set(start, { run, arrays })
  return { run, arrays }
}

/** The run alone. */
export const pickleAt = (bytes: Bytes, start: number, steps: number): PickleRun => pickledAt(bytes, start, steps).run
