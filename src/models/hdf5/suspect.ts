import { looksLikePickle } from '../../pickle/index.ts'
import type { H5 } from './file.ts'

/** Shorter bytes hold no program. */
const leastHidden = 6
const mostHidden = 1_000
const archives = /^(PK\x03\x04|\x1f\x8b\x08|BZh|7z\xbc\xaf|\xfd7zXZ|\x7fELF)/

/** Libraries put pickles into bytes and texts, and load them again: what looks like one is kept for a look. */
export function suspect(h5: H5, name: string, start: number, size: number): void {
  if (size < leastHidden || h5.hidden.length >= mostHidden) return
  const head = new Uint8Array(h5.bytes.read(start, start + Math.min(size, 4096)))
  if (isFile(head, size)) h5.hidden.push({ name, start, end: start + size })
}

/** True for bytes that begin like a pickle that does something, or an archive. */
export const isFile = (head: Uint8Array, size: number): boolean =>
  archives.test(Buffer.from(head.subarray(0, 6)).toString('latin1')) || looksLikePickle(head, size) === 3
