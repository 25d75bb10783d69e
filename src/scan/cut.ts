import { isUtf8 } from 'node:buffer'
import type { Cut } from '../core/index.ts'

/** Copies a stream without the cuts. `onCut` hears the bytes of each; `write` gets the rest in order. */
export async function withoutCuts(
  stream: AsyncIterable<Uint8Array>,
  cuts: AsyncIterable<Cut>,
  onCut: (cut: Cut, bytes: Buffer) => Promise<void>,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const due = cuts[Symbol.asyncIterator]()
  let cut = await due.next()
  let held: Uint8Array[] = []
  let at = 0
  for await (const chunk of stream) {
    let from = 0
    while (!cut.done && cut.value.start < at + chunk.length) {
      const start = Math.max(from, cut.value.start - at)
      const end = Math.min(chunk.length, cut.value.end - at)
      if (start > from) await write(chunk.subarray(from, start))
      if (end > start) held.push(chunk.subarray(start, end))
      from = Math.max(start, end)
      if (cut.value.end > at + chunk.length) break
      await onCut(cut.value, Buffer.concat(held))
      held = []
      cut = await due.next()
    }
    if (from < chunk.length) await write(chunk.subarray(from))
    at += chunk.length
  }
  if (!cut.done && held.length > 0) await onCut(cut.value, Buffer.concat(held))
}

/** Bytes as they go into the quarantine file: text when they are text. */
export const bytesAsPlain = (bytes: Buffer): { text: string } | { base64: string } =>
  isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') }
