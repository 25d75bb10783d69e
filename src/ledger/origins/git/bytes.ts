import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { rangeOf } from '../../file-range.ts'

/** What of a fault may be said of a repository: its own ones, and those of the file system; others are defects here. */
export function troubleOf(reason: unknown): string {
  if (reason instanceof Unreadable || (reason instanceof Error && 'syscall' in reason)) return reason.message
  throw reason
}

/** Kinds of objects, and what one holds. */
export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'
export interface GitObject {
  readonly type: ObjectType
  readonly data: Buffer
}

/** Folders of honest repositories have trees of kilobytes; a million entries make 40 MB. */
export const mostObjectBytes = 64 << 20

/** What stands in a repository and is not as Git would have written it, or larger than is read here. */
export class Unreadable extends Error {}

/** The whole of a regular file, null when there is none. Throws `Unreadable` when it is larger than `mostBytes`. */
export async function smallFile(path: string, mostBytes: number): Promise<Buffer | null> {
  const known = await stat(path).catch(() => null)
  if (!known?.isFile()) return null
  if (known.size > mostBytes) throw new Unreadable(`${path} is larger than ${mostBytes} bytes`)
  return rangeOf(path, 0, known.size)
}

/** Git names an object by the hash of its kind, its size and its bytes; 20 bytes are SHA-1, 32 are SHA-256. */
export const hashOf = (idBytes: number) => createHash(idBytes === 32 ? 'sha256' : 'sha1')

/** The id that Git gives to bytes. */
export const idOf = (type: string, bytes: Uint8Array, idBytes: number): string =>
  hashOf(idBytes).update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')

/** A file that is read at once. */
const smallBytes = 1 << 20

/** The id that Git gives to the bytes of a file; null when it changes its size while it is read, or cannot be read. */
export async function blobIdOfFile(path: string, size: number, idBytes: number): Promise<string | null> {
  const hash = hashOf(idBytes).update(`blob ${size}\0`)
  let seen = 0
  try {
    if (size <= smallBytes) {
      const bytes = readFileSync(path)
      return bytes.length === size ? hash.update(bytes).digest('hex') : null
    }
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk)
      seen += chunk.length
    }
  } catch {
    return null
  }
  return seen === size ? hash.digest('hex') : null
}
