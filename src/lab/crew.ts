import type { Worker } from 'node:worker_threads'
import { attacks } from '../attacks/index.ts'
import { type AnyTableAttack, type AnyTableDetector, isRaster, type Row } from '../core/index.ts'
import { detectors as builtIn } from '../detectors/index.ts'
import { thread } from '../sources/index.ts'
import type { Accusation, JudgeRowsOptions } from './judged.ts'
import type { Known, Score } from './score.ts'
import { trial } from './trial.ts'

/** One trial of a drill. */
export interface Task {
  readonly attack: AnyTableAttack
  readonly options: Readonly<Record<string, unknown>>
  readonly dose: number
  readonly seed: number
}

/** Its score, and how many rows could carry the poison. */
interface Result {
  readonly score: Score
  readonly poisoned: number
}

/** What all trials of a drill share. */
export interface Ground {
  readonly rows: readonly Row[]
  readonly before: Known
  readonly detectors: readonly AnyTableDetector[]
  readonly judging: Omit<JudgeRowsOptions, 'seed'>
}

/** What a worker thread is given at its start: plain data only. */
export interface CrewStart {
  readonly rows: readonly Row[]
  readonly accusations: readonly Accusation[]
  readonly detectors: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}
export type CrewTask = Omit<Task, 'attack'> & { readonly attack: string }
export type CrewResult = Result | { readonly failed: string }

/** Runs trials, several at a time. */
export interface Crew {
  readonly size: number
  run(task: Task): Promise<Result>
  close(): Promise<void>
}

/** Below this, starting a thread takes longer than the trials; a picture is more work than a text. */
const smallTable = 4000
const pictureRows = 10
const isLarge = (rows: readonly Row[]): boolean =>
  rows.length * (rows.some(row => isRaster(row.image)) ? pictureRows : 1) >= smallTable

/** Threads when the table is worth it and everything is built in (functions of plugins do not travel), else none. */
export function crewOf(ground: Ground, tasks: readonly Omit<Task, 'dose' | 'seed'>[], threads: number): Crew {
  const plain =
    ground.detectors.every(d => builtIn.includes(d)) &&
    tasks.every(({ attack }) => attacks.includes(attack)) &&
    !ground.judging.statistics?.length
  return threads > 1 && plain && isLarge(ground.rows) ? threadsOf(ground, threads) : alone(ground)
}

const alone = ({ rows, before, detectors, judging }: Ground): Crew => ({
  size: 1,
  async run({ attack, options, dose, seed }) {
    const { score, poisoned } = await trial({
      rows,
      attack,
      options,
      dose: { rows: dose },
      detectors,
      seed,
      before,
      judging,
    })
    return { score, poisoned: poisoned.truth.size }
  },
  close: async () => {},
})

function threadsOf({ rows, before, detectors, judging }: Ground, size: number): Crew {
  const accusations = before.accusations
  const workerData: CrewStart = {
    rows: rows.map(inSharedMemory),
    accusations,
    detectors: detectors.map(d => d.id),
    options: judging.options ?? {},
  }
  const workers = Array.from({ length: size }, () => thread('crew-worker', import.meta.url, { workerData }))
  const idle = [...workers]
  const waiting: ((worker: Worker) => void)[] = []
  const free = (worker: Worker) => {
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }
  return {
    size,
    async run({ attack, ...rest }) {
      const worker = idle.pop() ?? (await new Promise<Worker>(resolve => waiting.push(resolve)))
      try {
        return await ask(worker, { ...rest, attack: attack.id })
      } finally {
        free(worker)
      }
    },
    close: async () => void (await Promise.all(workers.map(worker => worker.terminate()))),
  }
}

/** The row with pixels that all threads read where they are. */
function inSharedMemory(row: Row): Row {
  if (!isRaster(row.image)) return row
  const pixels = new Uint8Array(new SharedArrayBuffer(row.image.pixels.length))
  pixels.set(row.image.pixels)
  return { ...row, image: { ...row.image, pixels } }
}

function ask(worker: Worker, task: CrewTask): Promise<Result> {
  return new Promise((resolve, reject) => {
    const heard = (result: CrewResult) => {
      worker.off('error', failed)
      if ('failed' in result) reject(new Error(result.failed))
      else resolve(result)
    }
    const failed = (reason: unknown) => {
      worker.off('message', heard)
      reject(reason)
    }
    worker.once('message', heard)
    worker.once('error', failed)
    worker.postMessage(task)
  })
}
