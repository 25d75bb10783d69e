import { Broken } from '../sources/index.ts'
import type { Cutter } from './cutter.ts'

/** Bytes gathered before records are looked for. */
const gatherBytes = 2 << 20

export type Window = ReturnType<typeof openWindow>

/** The part of a stream that is looked at. Grows by doubling, so that a long record costs linear time. */
export function openWindow(stream: AsyncIterable<Uint8Array>) {
  const chunks = stream[Symbol.asyncIterator]()
  let bytes: Buffer = Buffer.alloc(0)
  let offset = 0
  let final = false
  let trouble: { kind: string; message: string } | undefined

  async function pull(): Promise<Uint8Array | undefined> {
    try {
      const next = await chunks.next()
      if (!next.done) return next.value
    } catch (reason) {
      if (!(reason instanceof Broken)) throw reason
      trouble = { kind: reason.kind, message: `Reading ended here: ${reason.message}.` }
    }
    final = true
    return undefined
  }
  async function more(): Promise<void> {
    const parts: Uint8Array[] = [bytes]
    const wanted = Math.max(gatherBytes, bytes.length)
    for (let got = 0; got < wanted && !final; ) {
      const chunk = await pull()
      if (!chunk) break
      parts.push(chunk)
      got += chunk.length
    }
    bytes = Buffer.concat(parts)
  }
  return {
    get bytes() {
      return bytes
    },
    get offset() {
      return offset
    },
    get final() {
      return final
    },
    get trouble() {
      return trouble
    },
    more,
    async close() {
      await chunks.return?.()
    },
    drop(length: number) {
      bytes = bytes.subarray(length)
      offset += length
    },
    /** Drops the record at the front, however long it is, and returns the newlines dropped. */
    async skip(cutter: Cutter): Promise<number> {
      let lines = 0
      for (let start = true; ; start = false) {
        const found = cutter.skip(bytes, start)
        const end = found < 0 ? bytes.length : Math.max(start ? 1 : 0, found)
        lines += newlinesIn(bytes, 0, end)
        offset += end
        bytes = bytes.subarray(end)
        if (found >= 0 || final) return lines
        bytes = Buffer.from((await pull()) ?? [])
      }
    },
  }
}

/** Newlines in bytes [start, end). */
export function newlinesIn(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++
  return count
}
