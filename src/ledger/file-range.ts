import { closeSync, openSync, readSync } from 'node:fs'

/** Bytes [start, end) of a regular file, fewer at its end. Many small reads are faster without a thread for each. */
export function rangeOf(path: string, start: number, end: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, end - start))
    let filled = 0
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, start + filled)
      if (read === 0) break
      filled += read
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}
