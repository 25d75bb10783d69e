import { parentPort } from 'node:worker_threads'
import { lookAt } from './look.ts'

const port = parentPort!

port.on('message', (paths: readonly string[]) => {
  const looks = lookAt(paths)
  port.postMessage(looks, [looks.buffer])
})
