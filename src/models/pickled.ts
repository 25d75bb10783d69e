import type { Bytes } from '../core/index.ts'
import { type PickleRun, runPickle } from '../pickle/index.ts'
import { arrayFinder, type WrappedArray } from './wrapped-arrays.ts'

/** A pickle, and the arrays that joblib put between its opcodes. */
export interface Pickled {
  readonly run: PickleRun
  readonly arrays: readonly WrappedArray[]
}

const runs = new WeakMap<Bytes, Map<number, Pickled>>()

/** The pickle at a place, run once however many formats ask for it. */
export function pickledAt(bytes: Bytes, start: number, steps: number): Pickled {
  const known = runs.get(bytes) ?? new Map<number, Pickled>()
  runs.set(bytes, known)
  const before = known.get(start)
  if (before) return before
  const arrays: WrappedArray[] = []
  const run = runPickle(bytes, start, { steps, arrays: arrayFinder(bytes, steps, arrays) })
  known.set(start, { run, arrays })
  return { run, arrays }
}

/** The run alone. */
export const pickleAt = (bytes: Bytes, start: number, steps: number): PickleRun => pickledAt(bytes, start, steps).run
