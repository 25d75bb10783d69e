import type { Source } from '../core/index.ts'
import { gunzip } from './gzip.ts'
import { unbzip2Flow, unxzFlow } from './unpack/flow.ts'
import { unsevenZipFlow } from './unpack/seven-zip/flow.ts'
import { unzstd } from './zstd.ts'

/** How the stored bytes are compressed; `7z` is an archive of which one file is read. */
export type Codec = 'gzip' | 'zstd' | 'bzip2' | 'xz' | '7z'

/** Endings of the names of compressed files. */
export const codecEnding = /\.(gz|gzip|zst|zstd|bz2|xz|7z)$/i

/** Where compressed bytes begin, after the name of what begins so (bzip2: a level and the mark of a block or the end). */
const signatures = [
  ['bzip2', /^BZh[1-9](1AY&|\x17rE8)/],
  ['xz', /^\xfd7zXZ\0/],
  ['7z', /^7z\xbc\xaf\x27\x1c/],
] as const

/** Sees from the first bytes how they are compressed. */
export function codecOf(head: Uint8Array): Codec | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08) return 'gzip'
  const magic = head.length < 4 ? 0 : (head[0]! | (head[1]! << 8) | (head[2]! << 16) | (head[3]! << 24)) >>> 0
  // RFC 8878, 3.1: a frame, or a skippable frame in front of one.
  if (magic === 0xfd2fb528 || (magic >= 0x184d2a50 && magic <= 0x184d2a5f)) return 'zstd'
  const text = Buffer.from(head.subarray(0, 8)).toString('latin1')
  return signatures.find(([, begins]) => begins.test(text))?.[0]
}

const expanders = { gzip: gunzip, zstd: unzstd, bzip2: unbzip2Flow, xz: unxzFlow } as const

/**
 * The expanded bytes of a compressed source. They can only be streamed; `read` streams up to the range asked for.
 * @param entry which file of an archive; the only one when absent
 */
export function expanded(source: Source, codec: Codec, mostBytes: number, entry?: number): Source {
  const stream = () =>
    codec === '7z' ? unsevenZipFlow(source, mostBytes, entry) : expanders[codec](source.stream(), mostBytes)
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
