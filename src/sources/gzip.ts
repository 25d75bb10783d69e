import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib'
import { Broken } from './broken.ts'

/** Compressed bytes handed over at once. Deflate grows at most 1032-fold, so one step yields at most about 33 MB. */
const stepBytes = 32 << 10
const chunkSize = 256 << 10

/** Expands gzip, member after member. What could be expanded is given out before `Broken` is thrown. */
export const gunzip = (stored: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> =>
  expandedBy(createGunzip({ chunkSize }), 'gzip', stored, mostBytes)

/** Expands one stream of bare deflate, as `gunzip` does. */
export const inflateFlow = (stored: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> =>
  expandedBy(createInflateRaw({ chunkSize }), 'deflate', stored, mostBytes)

async function* expandedBy(
  inflater: Gunzip | InflateRaw,
  name: string,
  stored: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<Uint8Array> {
  const ready: Buffer[] = []
  let trouble: Error | undefined
  let total = 0
  inflater.on('data', (chunk: Buffer) => ready.push(chunk))
  inflater.on('error', reason => {
    trouble = reason
  })
  const settled = (act: (done: () => void) => void) =>
    new Promise<void>(resolve => {
      inflater.once('error', () => resolve())
      act(resolve)
    })
  function* drain() {
    for (const chunk of ready.splice(0)) {
      total += chunk.length
      if (total > mostBytes) throw new Broken('too-large', `expands to more than ${mostBytes} bytes`)
      yield chunk
    }
  }
  inflater.setMaxListeners(0)
  try {
    for await (const chunk of stored) {
      for (let at = 0; at < chunk.length && !trouble; at += stepBytes) {
        await settled(done => inflater.write(chunk.subarray(at, at + stepBytes), () => done()))
        inflater.removeAllListeners('error').on('error', reason => {
          trouble = reason
        })
        yield* drain()
      }
      if (trouble) break
    }
    if (!trouble) await settled(done => inflater.end(() => inflater.once('end', done)))
    yield* drain()
    if (trouble) throw brokenStream(trouble, name)
  } finally {
    inflater.destroy()
  }
}

function brokenStream(reason: Error, name: string): Broken {
  const code = 'code' in reason ? reason.code : ''
  if (code === 'Z_BUF_ERROR') return new Broken('truncated', `the ${name} data ends too early: the file was cut off`)
  return new Broken('bad-compression', `the ${name} data is damaged here`)
}
