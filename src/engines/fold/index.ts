import { availableParallelism } from 'node:os'
import type { Table } from '../../core/index.ts'
import { statistics } from '../../statistics/index.ts'
import type { Engine, EngineOptions } from '../engine.ts'
import { type Catalogue, planner, type Question } from '../plan.ts'
import { workerPool } from './pool.ts'
import { States } from './states.ts'

const smallTable = 16 << 20
/** To decode a picture takes ten times as long as to read other bytes. */
const smallPictures = 1 << 20
const mostThreads = 8

/** A fold that another engine can also hand single questions to. */
export interface FoldEngine extends Engine {
  /** Answers questions whose priors are known in one pass; reads nothing when there are none. */
  answer(questions: readonly Question[]): Promise<readonly unknown[]>
}

/** Statistics that a worker thread has too; those of plugins are folded in this thread. */
const everywhere = new Set(statistics)

/**
 * The meaning of every statistic: a fold over the batches of a table, in this thread or, for large tables that can be
 * opened again, shared between worker threads. The answers are the same.
 */
export function foldEngine(table: Table, catalogue: Catalogue, options: EngineOptions = {}): FoldEngine {
  const { signal, onRows, threadsFromBytes = table.pictures ? smallPictures : smallTable } = options
  const threads = options.threads ?? Math.min(mostThreads, availableParallelism())
  const large = threads > 1 && table.sizeBytes >= threadsFromBytes
  const pool = large && table.reopen ? workerPool(table.reopen, threads) : null
  let rows = 0
  let passes = 0

  const tell = (done: number): void => {
    rows = Math.max(rows, done)
    onRows?.(rows, passes)
  }

  async function here(questions: readonly Question[]): Promise<States> {
    const states = new States(questions)
    for await (const batch of table.batches()) {
      signal?.throwIfAborted()
      await states.take(batch, table)
      tell(states.rows)
    }
    return states
  }

  async function there(questions: readonly Question[], threads: NonNullable<typeof pool>): Promise<States> {
    const stop = () => void threads.close()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const [first, ...others] = await threads.pass(questions, tell)
      const states = new States(questions, first)
      for (const share of others) states.merge(share.states, share.rows)
      return states
    } catch (reason) {
      signal?.throwIfAborted()
      throw reason
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  async function pass(questions: readonly Question[]): Promise<unknown[]> {
    signal?.throwIfAborted()
    if (questions.length === 0) return []
    rows = 0
    passes++
    const shared = pool ? questions.filter(q => everywhere.has(q.statistic)) : []
    const own = questions.filter(q => !shared.includes(q))
    const [far, near] = await Promise.all([
      pool && shared.length > 0 ? there(shared, pool) : null,
      own.length > 0 ? here(own) : null,
    ])
    rows = (far ?? near)?.rows ?? 0
    const answers = new Map<Question, unknown>()
    for (const part of [far, near]) part?.finish().forEach((answer, i) => void answers.set(part.questions[i]!, answer))
    return questions.map(q => answers.get(q))
  }

  const plan = planner(catalogue, pass)
  return {
    id: 'fold',
    measure: plan.measure,
    answer: pass,
    get rows() {
      return rows
    },
    close: async () => {
      plan.forget()
      await pool?.close()
    },
  }
}
