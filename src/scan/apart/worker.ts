import { parentPort, workerData } from 'node:worker_threads'
import {
  type AnswersOf,
  type AnyRequest,
  type DetectContext,
  hashString,
  judgesTables,
  seeded,
} from '../../core/index.ts'
import { detectors } from '../../detectors/index.ts'
import type { Said, Start, Told } from './messages.ts'

const { detector: id, options, seed, baseline, table } = workerData as Start
const say = (said: Said): void => parentPort!.postMessage(said)
const waiting = new Map<number, (told: Told) => void>()
let asked = 0

parentPort!.on('message', (told: Told) => {
  waiting.get(told.number)?.(told)
  waiting.delete(told.number)
})

function measure<R extends Readonly<Record<string, AnyRequest>>>(requests: R): Promise<AnswersOf<R>> {
  const number = ++asked
  return new Promise((resolve, reject) => {
    waiting.set(number, told => {
      if ('failed' in told) reject(new Error(told.failed))
      else resolve(told.answers as AnswersOf<R>)
    })
    say({ kind: 'ask', number, requests })
  })
}

const { name, parts, columns, roles } = table
const context: DetectContext<unknown, string> = {
  table: { name, parts, columns, has: role => roles.includes(role), measure },
  options,
  random: seeded(seed ^ hashString(id)),
  ...(baseline ? { baseline } : {}),
  claim: (message, severity, evidence, more = {}) => ({ message, severity, evidence, values: {}, ...more }),
  figure: figure => say({ kind: 'figure', figure }),
  notJudged: sentence => say({ kind: 'unjudged', sentence }),
}

async function run(): Promise<void> {
  const detector = detectors.filter(judgesTables).find(d => d.id === id)
  if (!detector) throw new Error(`no detector "${id}" in its thread`)
  for await (const claim of detector.detect(context)) say({ kind: 'claim', claim })
}

run()
  .then(() => say({ kind: 'done' }))
  .catch((reason: unknown) =>
    say({ kind: 'failed', reason: reason instanceof Error ? reason.message : String(reason) }),
  )
  .finally(() => parentPort!.close())
