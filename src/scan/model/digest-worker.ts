import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** Hashes one file on a thread of its own, so that it is read while it is examined. */
function digest(path: string): string {
  const hash = createHash('sha256')
  const buffer = new Uint8Array(1 << 20)
  const fd = openSync(path, 'r')
  try {
    for (let got = readSync(fd, buffer); got > 0; got = readSync(fd, buffer)) hash.update(buffer.subarray(0, got))
  } finally {
    closeSync(fd)
  }
  return hash.digest('hex')
}

parentPort!.postMessage(digest(workerData as string))
