import { parentPort, workerData } from 'node:worker_threads'
import { Fault, type FaultCode, type Reopen, type Table } from '../../core/index.ts'
import { statistics } from '../../statistics/index.ts'
import type { Question } from '../plan.ts'
import type { Ask, Said, Start } from './messages.ts'
import { States } from './states.ts'
import { buffersOf } from './travel.ts'

const { reopen, worker, workers } = workerData as Start
const catalogue = new Map(statistics.map(s => [s.id, s]))
const say = (said: Said, move: ArrayBuffer[] = []) => parentPort!.postMessage(said, move)
let opened: Promise<Table> | undefined

async function openTable(): Promise<Table> {
  const module = (await import(reopen.module)) as {
    open(spec: Reopen['spec'], shared?: Reopen['shared']): Promise<Table>
  }
  return module.open(reopen.spec, reopen.shared)
}

function questionsOf({ questions }: Ask): Question[] {
  return questions.map(({ statistic, options, prior }) => {
    const found = catalogue.get(statistic)
    if (!found) throw new Error(`no statistic "${statistic}" in a worker thread`)
    return { statistic: found, options, prior }
  })
}

async function fold(ask: Ask): Promise<void> {
  const table = await (opened ??= openTable())
  const states = new States(questionsOf(ask))
  for await (const batch of table.batches(index => index % workers === worker)) {
    await states.take(batch, table)
    say({ kind: 'rows', rows: states.rows })
  }
  say({ kind: 'done', rows: states.rows, states: states.states }, buffersOf(states.states))
}

parentPort!.on('message', (ask: Ask) => {
  fold(ask).catch((reason: unknown) => {
    const message = reason instanceof Error ? reason.message : String(reason)
    const fault = reason instanceof Fault ? { code: reason.code satisfies FaultCode, remedy: reason.remedy } : {}
    say({ kind: 'failed', message, ...fault })
  })
})
