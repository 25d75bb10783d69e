import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { isPicture, type Raster } from '../../core/index.ts'
import { seePicture } from '../../sources/index.ts'

const { paths, signal, port } = workerData as {
  readonly paths: readonly string[]
  readonly signal: Int32Array
  readonly port: import('node:worker_threads').MessagePort
}

/** Files that are read and decoded at a time: the decoder works beside this thread. */
const together = 8

async function decoded(path: string): Promise<Raster | string> {
  const seen = await seePicture(await readFile(path))
  return isPicture(seen) ? { width: seen.width, height: seen.height, pixels: seen.pixels.slice() } : seen.reason
}

/** Decodes all files, hands them over, and wakes the thread that waits for them. */
async function decode(): Promise<void> {
  const rasters = new Array<Raster | string>(paths.length)
  let next = 0
  const work = async () => {
    for (let i = next++; i < paths.length; i = next++) rasters[i] = await decoded(paths[i]!)
  }
  await Promise.all(Array.from({ length: together }, work))
  port.postMessage(
    rasters,
    rasters.flatMap(raster => (typeof raster === 'string' ? [] : [raster.pixels.buffer as ArrayBuffer])),
  )
}

decode()
  .catch((reason: unknown) => port.postMessage([String(reason)]))
  .finally(() => {
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
    parentPort?.close()
  })
