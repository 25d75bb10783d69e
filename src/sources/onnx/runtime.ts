import { parentPort, workerData } from 'node:worker_threads'
import type { Given, Made, ModelShape } from './shape.ts'
import { shapeOf } from './shape.ts'

/** The runtime, known to this file alone: it runs in a thread of its own, which ends when a model does not. */
const runtime = await import('onnxruntime-web').catch(() => null)

const { bytes, output } = workerData as { readonly bytes: Uint8Array; readonly output: string | undefined }
const port = parentPort!

async function start(): Promise<(given: Given) => Promise<Float32Array>> {
  if (!runtime) throw new Error('the optional package "onnxruntime-web" is not installed (npm install onnxruntime-web)')
  runtime.env.wasm.numThreads = 1
  runtime.env.logLevel = 'fatal'
  const session = await runtime.InferenceSession.create(bytes, { executionProviders: ['wasm'], logSeverityLevel: 4 })
  const [first, ...more] = session.inputMetadata
  if (!first?.isTensor || more.length > 0)
    throw new Error(`it has ${session.inputNames.length} inputs; a model of pictures has one`)
  const name = output ?? session.outputNames.at(-1)!
  if (!session.outputNames.includes(name))
    throw new Error(`it has no output "${name}"; there are: ${session.outputNames.join(', ')}`)
  const shape: ModelShape = shapeOf(first.shape, first.type)
  port.postMessage({ shape } satisfies Made)
  return async ({ data, rows, side }) => {
    const { layout } = shape
    const dims = layout === 'NCHW' ? [rows, shape.channels, side, side] : [rows, side, side, shape.channels]
    const tensor = new runtime.Tensor('float32', data, dims)
    const answers = await session.run({ [first.name]: tensor }, [name])
    const answer = answers[name]!
    const values = await answer.getData()
    if (!(values instanceof Float32Array)) throw new Error(`output "${name}" is ${answer.type}, not float32`)
    return values.slice()
  }
}

const said = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason)).slice(0, 400)

start().then(
  run =>
    port.on('message', (given: Given) => {
      run(given).then(
        values => port.postMessage({ values } satisfies Made, [values.buffer as ArrayBuffer]),
        (reason: unknown) => port.postMessage({ fault: said(reason) } satisfies Made),
      )
    }),
  (reason: unknown) => port.postMessage({ fault: said(reason) } satisfies Made),
)
