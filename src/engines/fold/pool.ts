import { totalmem } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { Fault, type FaultCode, type Reopen } from '../../core/index.ts'
import { thread } from '../../sources/index.ts'
import type { Question } from '../plan.ts'
import type { Ask, Said, Start } from './messages.ts'
import { sharer } from './travel.ts'

export interface Share {
  readonly states: readonly unknown[]
  readonly rows: number
}

/** Worker threads that each fold their share of a table's batches. */
export interface Pool {
  /** The shares in the order of the workers. `onRows` hears the sum over all workers. */
  pass(questions: readonly Question[], onRows: (rows: number) => void): Promise<Share[]>
  close(): Promise<void>
}

function start(data: Start): Worker {
  const megabytes = totalmem() / 2 ** 20 / 2 / data.workers
  const worker = thread('worker', import.meta.url, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(Math.min(4096, Math.max(512, megabytes))) },
  })
  // Nothing waits for an idle pool: a caller that forgets to close it can still end.
  worker.unref()
  return worker
}

/** One worker's share of a pass. */
function ask(worker: Worker, message: Ask, onRows: (rows: number) => void): Promise<Share> {
  return new Promise((resolve, reject) => {
    const heard = (said: Said) => {
      if (said.kind === 'rows') return onRows(said.rows)
      end()
      if (said.kind === 'done') resolve(said)
      else reject(errorOf(said))
    }
    const failed = (reason: unknown) => {
      end()
      const message = reason instanceof Error ? reason.message : String(reason)
      reject(new Error(`a worker thread failed: ${message}`, { cause: reason }))
    }
    const left = (code: number) => failed(`it ended early with code ${code}`)
    function end(): void {
      worker.off('message', heard).off('error', failed).off('messageerror', failed).off('exit', left)
      worker.unref()
    }
    worker.on('message', heard).on('error', failed).on('messageerror', failed).on('exit', left)
    worker.ref()
    worker.postMessage(message)
  })
}

function errorOf({ message, code, remedy }: Extract<Said, { kind: 'failed' }>): Error {
  return code ? new Fault(code as FaultCode, message, remedy) : new Error(`a worker thread failed: ${message}`)
}

/** Starts threads when the first pass is asked for, and again after a failure. */
export function workerPool(reopen: Reopen, threads: number): Pool {
  let workers: Worker[] = []
  let share = sharer()

  async function close(): Promise<void> {
    const ending = workers
    workers = []
    share = sharer()
    await Promise.all(ending.map(worker => worker.terminate()))
  }

  return {
    async pass(questions, onRows) {
      if (workers.length === 0)
        workers = Array.from({ length: threads }, (_, worker) => start({ reopen, worker, workers: threads }))
      const message: Ask = {
        questions: questions.map(({ statistic, options, prior }) => ({
          statistic: statistic.id,
          options: share(options),
          prior: share(prior),
        })),
      }
      const done = new Array<number>(threads).fill(0)
      const shares = workers.map((worker, k) =>
        ask(worker, message, rows => {
          done[k] = rows
          onRows(done.reduce((sum, n) => sum + n, 0))
        }),
      )
      try {
        return await Promise.all(shares)
      } catch (reason) {
        await Promise.allSettled([close(), ...shares])
        throw reason
      }
    },
    close,
  }
}
