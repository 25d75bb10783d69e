import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { isPicture, type Raster } from '../../core/index.ts'
import { seePicture } from '../../sources/index.ts'

const { paths, signal, port } = workerData as {
  readonly paths: readonly string[]
  readonly signal: Int32Array
  readonly port: import('node:worker_threads').MessagePort
}

/** Decodes all files, hands them over, and wakes the thread that waits for them. */
async function decode(): Promise<void> {
  const rasters: (Raster | string)[] = []
  for (const path of paths) {
    const seen = await seePicture(await readFile(path))
    rasters.push(
      isPicture(seen) ? { width: seen.width, height: seen.height, pixels: seen.pixels.slice() } : seen.reason,
    )
  }
  port.postMessage(rasters)
}

decode()
  .catch((reason: unknown) => port.postMessage([String(reason)]))
  .finally(() => {
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
    parentPort?.close()
  })
