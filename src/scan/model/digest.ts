import { createHash } from 'node:crypto'
import type { Bytes } from '../../core/index.ts'
import { thread } from '../../sources/index.ts'

/** Below this, starting a thread takes longer than the hash. */
const smallFile = 48 << 20
const chunkBytes = 1 << 18

/** Starts the SHA-256 of a file, lower-case hex; of a large one on another thread, to be awaited when it is needed. */
export function startDigest(path: string, bytes: Bytes): Promise<string> {
  return bytes.size < smallFile ? Promise.resolve(digestOf(bytes)) : onThread(path)
}

function digestOf(bytes: Bytes): string {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.size; ) {
    const chunk = bytes.read(at, at + chunkBytes)
    if (chunk.length === 0) break
    hash.update(chunk)
    at += chunk.length
  }
  return hash.digest('hex')
}

function onThread(path: string): Promise<string> {
  const worker = thread('digest-worker', import.meta.url, {
    workerData: path,
    // It holds one buffer; room for young objects would only be kept.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  return new Promise<string>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  }).finally(() => void worker.terminate())
}
