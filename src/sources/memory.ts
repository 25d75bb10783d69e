import type { Source } from '../core/index.ts'

/** Bytes already in memory, handed out in chunks of `chunkBytes`. */
export function memorySource(name: string, bytes: Uint8Array, chunkBytes = 4 << 20): Source {
  return {
    name,
    size: bytes.length,
    read: async (start, end) => bytes.subarray(Math.max(0, start), Math.max(0, end)),
    async *stream() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
    },
  }
}
