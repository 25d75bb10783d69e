import { once } from 'node:events'
import { constants, createInflate, createInflateRaw, inflateRawSync, inflateSync } from 'node:zlib'
import type { Bytes } from '../../core/index.ts'
import type { Broken } from '../broken.ts'
import { damaged, ended } from './input.ts'
import type { Sink } from './shelf.ts'

/** Packed bytes handed over at once. */
const stepBytes = 128 << 10
/** Streams up to this size are expanded in one call, which spares thousands of small members the waiting. */
const smallBytes = 1 << 20
const smallExpands = 8 << 20

/** Expands deflate, raw or in a zlib envelope. Returns how many packed bytes the stream took. */
export async function inflate(kind: 'deflate' | 'zlib', packed: Bytes, sink: Sink): Promise<number> {
  const used = packed.size <= smallBytes ? inflateSmall(kind, packed, sink) : null
  return used ?? inflateLarge(kind, packed, sink)
}

/** Null when the stream is damaged or grows: the patient way then gives what can be had. */
function inflateSmall(kind: 'deflate' | 'zlib', packed: Bytes, sink: Sink): number | null {
  const unpack = kind === 'deflate' ? inflateRawSync : inflateSync
  let done: { buffer: Uint8Array; engine: { bytesWritten: number } }
  try {
    // With `info` the result is not the buffer that the types promise.
    done = unpack(packed.read(0, packed.size), { info: true, maxOutputLength: smallExpands }) as unknown as typeof done
  } catch {
    return null
  }
  sink.write(done.buffer)
  return done.engine.bytesWritten
}

async function inflateLarge(kind: 'deflate' | 'zlib', packed: Bytes, sink: Sink): Promise<number> {
  const engine = (kind === 'deflate' ? createInflateRaw : createInflate)({ chunkSize: 256 << 10 })
  let trouble: unknown
  let over = false
  engine.on('error', reason => {
    trouble ??= brokenDeflate(reason)
  })
  engine.on('end', () => {
    over = true
    engine.destroy()
  })
  engine.on('data', (piece: Uint8Array) => {
    if (trouble) return
    try {
      sink.write(piece)
    } catch (reason) {
      trouble = reason
      engine.destroy()
    }
  })
  const closed = once(engine, 'close').catch(() => {})
  for (let at = 0; at < packed.size && !trouble && !over; at += stepBytes) {
    const piece = packed.read(at, at + stepBytes).slice()
    await Promise.race([new Promise<void>(resolve => engine.write(piece, () => resolve())), closed])
  }
  if (!trouble && !over) engine.end()
  await closed
  if (trouble) throw trouble
  return engine.bytesWritten
}

function brokenDeflate(reason: Error): Broken {
  if ('errno' in reason && reason.errno === constants.Z_BUF_ERROR) return ended()
  return damaged(reason.message)
}
