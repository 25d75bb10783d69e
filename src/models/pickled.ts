import type { Bytes } from '../core/index.ts'
import { type PickleRun, runPickle } from '../pickle/index.ts'

const runs = new WeakMap<Bytes, Map<number, PickleRun>>()

/** The pickle at a place, run once however many formats ask for it. */
export function pickleAt(bytes: Bytes, start: number, steps: number): PickleRun {
  const known = runs.get(bytes) ?? new Map<number, PickleRun>()
  runs.set(bytes, known)
  const run = known.get(start) ?? runPickle(bytes, start, { steps })
  known.set(start, run)
  return run
}
