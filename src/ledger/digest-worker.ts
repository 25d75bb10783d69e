import { parentPort, workerData } from 'node:worker_threads'
import { type Hashed, RangeHasher, type Unit } from './digest-range.ts'
import type { Algorithm } from './tree.ts'

/** What the caller sends: units to hash. */
export type Batch = readonly Unit[]

/** What the thread sends: bytes hashed since it last spoke, and at the end of a batch what became of its units. */
export interface Word {
  readonly bytes: number
  readonly results?: readonly Hashed[]
}

const port = parentPort!
const hasher = await RangeHasher.for(workerData as readonly Algorithm[])

port.on('message', (batch: Batch) => {
  let unsaid = 0
  const results = batch.map(unit =>
    hasher.hash(unit, count => {
      unsaid += count
      if (unsaid < 64 << 20) return
      port.postMessage({ bytes: unsaid } satisfies Word)
      unsaid = 0
    }),
  )
  port.postMessage({ bytes: unsaid, results } satisfies Word)
})
