import { on } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { AnyTableDetector, Claim, DetectContext, Table } from '../../core/index.ts'
import { detectors } from '../../detectors/index.ts'
import { thread } from '../../sources/index.ts'
import type { Said, Start, Told } from './messages.ts'

/** Tables of fewer bytes are judged in this thread: starting another costs most of a second. */
const smallTable = 4 << 20

/** Detectors that run in threads of their own over such a table, so that no processor waits for the longest one. */
export function runsApart(detector: AnyTableDetector, table: Table, threads: number): boolean {
  return threads > 1 && detector.apart === true && table.sizeBytes >= smallTable && detectors.includes(detector)
}

/** What the thread is told beside what the detector's context has. */
export type Apart = Pick<Start, 'seed'> & { readonly table: Table; readonly signal?: AbortSignal | undefined }

/** The claims of a detector that runs in a thread of its own; the same as those it makes in this one. */
export async function* detectApart(
  { id }: AnyTableDetector,
  context: DetectContext<unknown, string>,
  { seed, table, signal }: Apart,
): AsyncGenerator<Claim> {
  const { options, baseline } = context
  const { name, parts, columns, roles } = table
  const start: Start = {
    detector: id,
    options,
    seed,
    ...(baseline ? { baseline } : {}),
    table: { name, parts, columns, roles: [...roles] },
  }
  const worker = thread('worker', import.meta.url, { workerData: start })
  const heard = on(worker, 'message', { close: ['exit'], ...(signal ? { signal } : {}) })
  try {
    for await (const [said] of heard as AsyncIterable<[Said]>) {
      if (said.kind === 'claim') yield said.claim
      else if (said.kind === 'figure') context.figure(said.figure)
      else if (said.kind === 'unjudged') context.notJudged(said.sentence)
      else if (said.kind === 'ask') void answer(worker, said, context.table.measure)
      else if (said.kind === 'failed') throw new Error(said.reason)
      else return
    }
    throw new Error('its thread ended early')
  } finally {
    await worker.terminate()
  }
}

async function answer(
  worker: Worker,
  { number, requests }: Extract<Said, { kind: 'ask' }>,
  measure: DetectContext<unknown, string>['table']['measure'],
): Promise<void> {
  const tell = (told: Told) => worker.postMessage(told)
  try {
    tell({ number, answers: await measure(requests) })
  } catch (reason) {
    tell({ number, failed: reason instanceof Error ? reason.message : String(reason) })
  }
}
