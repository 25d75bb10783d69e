import type { Source } from '../core/index.ts'
import { gunzip } from './gzip.ts'
import { unzstd } from './zstd.ts'

/** How the stored bytes are compressed. */
export type Codec = 'gzip' | 'zstd'

/** Sees from the first bytes how they are compressed. */
export function codecOf(head: Uint8Array): Codec | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08) return 'gzip'
  const magic = head.length < 4 ? 0 : (head[0]! | (head[1]! << 8) | (head[2]! << 16) | (head[3]! << 24)) >>> 0
  // RFC 8878, 3.1: a frame, or a skippable frame in front of one.
  if (magic === 0xfd2fb528 || (magic >= 0x184d2a50 && magic <= 0x184d2a5f)) return 'zstd'
  return undefined
}

/** The expanded bytes of a compressed source. They can only be streamed; `read` streams up to the range asked for. */
export function expanded(source: Source, codec: Codec, mostBytes: number): Source {
  const stream = () => (codec === 'gzip' ? gunzip : unzstd)(source.stream(), mostBytes)
  return {
    name: source.name,
    size: source.size,
    stored: source,
    stream,
    async read(start, end) {
      const found: Uint8Array[] = []
      let at = 0
      try {
        for await (const chunk of stream()) {
          if (at + chunk.length > start) found.push(chunk.subarray(Math.max(0, start - at), end - at))
          at += chunk.length
          if (at >= end) break
        }
      } catch (reason) {
        if (found.length === 0 && start > 0) throw reason
      }
      return Buffer.concat(found)
    },
  }
}
