import { parentPort, workerData } from 'node:worker_threads'
import { attacks } from '../attacks/index.ts'
import { judgesTables, poisonsTables } from '../core/index.ts'
import { detectors as builtIn } from '../detectors/index.ts'
import type { CrewResult, CrewStart, CrewTask } from './crew.ts'
import { trial } from './trial.ts'

const { rows, accusations, detectors: wanted, options } = workerData as CrewStart
const detectors = builtIn.filter(judgesTables).filter(d => wanted.includes(d.id))
const before = { accusations }

async function run({ attack: id, options: given, dose, seed }: CrewTask): Promise<CrewResult> {
  const attack = attacks.filter(poisonsTables).find(a => a.id === id)!
  const judging = { options }
  const { score, poisoned } = await trial({
    rows,
    attack,
    options: given,
    dose: { rows: dose },
    detectors,
    seed,
    before,
    judging,
  })
  return { score, poisoned: poisoned.truth.size }
}

parentPort!.on('message', (task: CrewTask) => {
  run(task).then(
    result => parentPort!.postMessage(result),
    (reason: unknown) => parentPort!.postMessage({ failed: reason instanceof Error ? reason.message : String(reason) }),
  )
})
