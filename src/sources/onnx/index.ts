import type { Worker } from 'node:worker_threads'
import { Fault, type Raster, resized } from '../../core/index.ts'
import { thread } from '../thread.ts'
import { foreignDomains } from './domains.ts'
import { type Given, type Made, type ModelShape, mostSide } from './shape.ts'

/** How pictures are turned into the numbers that a model was trained on. */
export interface EmbedderOptions {
  /** Subtracted from each colour, of 0 to 1; those of ImageNet when absent. */
  readonly mean?: readonly number[]
  /** Divides each colour after that; those of ImageNet when absent. */
  readonly std?: readonly number[]
  /** Side of the square, where the model takes any; 224 when absent. */
  readonly size?: number
  /** Name of the output; the last when absent. */
  readonly output?: string
}

/** A model that turns pictures into vectors. */
export interface Embedder {
  /** Pictures that are best given at a time. */
  readonly together: number
  embed(pictures: readonly Raster[]): Promise<Float32Array[]>
  close(): Promise<void>
}

const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
const usualSide = 224
const usualBatch = 16
/** A model that is no faster would not get through a dataset. */
const mostMilliseconds = 120_000
/** More would not fit into the memory of the runtime. */
export const mostModelBytes = 1 << 30

/**
 * Opens a model that somebody else made. It runs in a thread of its own, with nothing but the pictures, and is ended when
 * it does not answer. Throws `Fault` when it cannot be used.
 */
export async function openEmbedder(name: string, bytes: Uint8Array, options: EmbedderOptions = {}): Promise<Embedder> {
  const refuse = (reason: string) =>
    new Fault('unknown-format', `${name} cannot be run on pictures: ${reason}.`, 'Give an ONNX model of pictures.')
  if (bytes.length > mostModelBytes) throw refuse(`it has more than ${mostModelBytes} bytes`)
  let foreign: readonly string[]
  try {
    foreign = foreignDomains(bytes)
  } catch (reason) {
    throw refuse((reason as Error).message)
  }
  if (foreign.length > 0)
    throw refuse(`it wants operators that are not of the standard (${foreign.map(d => JSON.stringify(d)).join(', ')})`)
  const copy = bytes.slice()
  const worker = thread('runtime', import.meta.url, {
    workerData: { bytes: copy, output: options.output },
    transferList: [copy.buffer],
    env: {},
  })
  try {
    const { shape, fault } = await answerOf(worker)
    if (!shape) throw refuse(fault ?? 'it did not open')
    return embedderOf(worker, shape, options, refuse)
  } catch (reason) {
    await worker.terminate()
    throw reason instanceof Fault ? reason : refuse((reason as Error).message)
  }
}

function answerOf(worker: Worker): Promise<Made> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer)
      worker.off('message', answered).off('error', failed).off('exit', ended)
    }
    const fail = (reason: Error) => {
      done()
      reject(reason)
    }
    const answered = (made: Made) => {
      done()
      resolve(made)
    }
    const failed = (reason: unknown) => fail(reason instanceof Error ? reason : new Error(String(reason)))
    const ended = () => fail(new Error('it ended'))
    const late = () => fail(new Error(`it did not answer within ${mostMilliseconds / 1000} seconds`))
    const timer = setTimeout(late, mostMilliseconds)
    worker.on('message', answered).on('error', failed).on('exit', ended)
  })
}

function embedderOf(
  worker: Worker,
  shape: ModelShape,
  { mean = imageNet.mean, std = imageNet.std, size = usualSide }: EmbedderOptions,
  refuse: (reason: string) => Fault,
): Embedder {
  const side = shape.side ?? Math.min(mostSide, size)
  const run = async (pictures: readonly Raster[]): Promise<Float32Array[]> => {
    const rows = shape.batch ?? pictures.length
    const per = side * side * shape.channels
    const data = new Float32Array(rows * per)
    pictures.forEach((picture, i) => void fill(data, i * per, resized(picture, side, side), shape, mean, std))
    worker.postMessage({ data, rows, side } satisfies Given, [data.buffer])
    const { values, fault } = await answerOf(worker).catch((reason: Error) => {
      throw refuse(reason.message)
    })
    if (!values) throw refuse(fault ?? 'it gave nothing')
    if (values.length === 0 || values.length % rows !== 0)
      throw refuse(`its output of ${values.length} numbers does not belong to ${rows} pictures`)
    const width = values.length / rows
    return pictures.map((_, i) => values.slice(i * width, (i + 1) * width))
  }
  return {
    together: shape.batch ?? usualBatch,
    async embed(pictures) {
      const out: Float32Array[] = []
      const step = shape.batch ?? usualBatch
      for (let k = 0; k < pictures.length; k += step) out.push(...(await run(pictures.slice(k, k + step))))
      return out
    },
    close: async () => void (await worker.terminate()),
  }
}

function fill(
  data: Float32Array,
  to: number,
  { pixels, width, height }: Raster,
  { layout, channels }: ModelShape,
  mean: readonly number[],
  std: readonly number[],
): void {
  const area = width * height
  for (let p = 0; p < area; p++)
    for (let c = 0; c < channels; c++) {
      const value =
        channels === 3
          ? pixels[3 * p + c]!
          : 0.299 * pixels[3 * p]! + 0.587 * pixels[3 * p + 1]! + 0.114 * pixels[3 * p + 2]!
      const scaled = (value / 255 - (mean[c] ?? mean[0] ?? 0)) / (std[c] || std[0] || 1)
      data[to + (layout === 'NCHW' ? c * area + p : p * channels + c)] = scaled
    }
}
