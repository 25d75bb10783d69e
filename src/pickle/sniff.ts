import { memoryBytes } from '../core/index.ts'
import { walked, walks } from './probe.ts'
import { type PickleRun, runPickle } from './run.ts'

/** Bounds of a trial. */
const trialSteps = 20_000
const trialBytes = 64 << 10
const trialStreams = 16
/** So many opcodes in a row that fit are no accident. */
const many = 50

/**
 * How sure the bytes are a pickle: 0 no, 1 data that pickle writes and text could be, 2 a header with little behind it,
 * 3 a header or a trial run that makes sense.
 * @param head the first bytes, 64 KiB where there are as many
 * @param size bytes of the whole
 */
export function looksLikePickle(head: Uint8Array, size: number): 0 | 1 | 2 | 3 {
  const data = head.subarray(0, trialBytes)
  if (data[0] === 0x80 && data[1]! <= 5) return headed(data)
  if (data[0] === undefined || (walked(data, 2) & ~walks.named) === walks.broken) return 0
  return tried(data, size)
}

/** With a PROTO opcode in front. */
function headed(data: Uint8Array): 2 | 3 {
  const walk = walked(data, many)
  return (walk & ~walks.named) === walks.broken && (walk & walks.named) === 0 ? 2 : 3
}

/** Protocols 0 and 1 have no header: the opcodes must work. */
function tried(data: Uint8Array, size: number): 0 | 1 | 3 {
  let start = 0
  for (let streams = 0; streams < trialStreams; streams++) {
    const run = runPickle(memoryBytes(data), start, { steps: trialSteps })
    if (run.damaged === undefined ? doesSomething(run) : calls(run)) return 3
    if (run.damaged !== undefined) return run.end >= data.length && size > data.length && isLong(run, data) ? 3 : 0
    if (run.end === size) return 1
    if (run.end >= data.length) return 0
    start = run.end
  }
  return 1
}

/** Whether a stream that the head cuts off has gone on long enough, or is one line longer than any text's. */
function isLong(run: PickleRun, data: Uint8Array): boolean {
  return walked(data.subarray(run.start), many) === walks.cut || !data.includes(10)
}

const nameable = /^[\p{L}\p{N}_]+(\.[\p{L}\p{N}_]+)*$/u

/** Whether a run names something that Python could import. */
export const doesSomething = (run: PickleRun): boolean =>
  run.program.acts.some(act => act.kind === 'unresolved' || (act.kind === 'import' && nameable.test(act.module)))

/** Whether a run calls something that Python could import. */
export const calls = (run: PickleRun): boolean =>
  run.program.acts.some(act => act.kind === 'call' && nameable.test(act.module) && nameable.test(act.name))
