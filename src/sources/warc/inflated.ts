import { createInflateRaw } from 'node:zlib'
import type { Trouble } from './pieces.ts'
import type { Stored } from './stored.ts'

/** Packed bytes handed over at once: deflate grows at most 1032-fold, so one step yields at most about 33 MB. */
const stepBytes = 32 << 10

/** Expands the deflate data at the front of what is stored, in pieces; returns what is wrong, and leaves what follows. */
export async function* inflated(stored: Stored): AsyncGenerator<Buffer, Trouble | undefined> {
  const inflater = createInflateRaw({ chunkSize: 256 << 10 })
  const ready: Buffer[] = []
  let [broken, ended, given] = [false, false, 0]
  inflater.on('data', (chunk: Buffer) => ready.push(chunk))
  inflater.on('end', () => (ended = true))
  let wake = () => {}
  inflater.on('error', () => {
    broken = true
    wake()
  })
  const from = stored.at
  try {
    while (!broken && !ended) {
      if (!(await stored.ensure(1))) return { kind: 'truncated', message: 'the gzip data ends too early' }
      const step = Uint8Array.prototype.slice.call(stored.bytes, 0, stepBytes)
      await new Promise<void>(resolve => {
        wake = resolve
        inflater.write(step, () => setImmediate(resolve))
      })
      given += step.length
      yield* ready.splice(0)
      if (ended || broken || inflater.bytesWritten < given) break
      stored.drop(step.length)
    }
    yield* ready.splice(0)
    if (broken)
      return { kind: 'bad-compression', message: `the gzip data is damaged near byte ${stored.at} of the file` }
    stored.drop(from + inflater.bytesWritten - stored.at)
    return undefined
  } finally {
    inflater.destroy()
  }
}
