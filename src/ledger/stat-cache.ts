import { createHash } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { KnownLooks, packed, unpacked } from './known-looks.ts'
import type { Algorithm, TreeFile } from './tree.ts'

/** Digests by what the file system says of a file: name, size, times, inode and device. */
export interface StatCache {
  /** Digests of a file that looks as it did, in the order asked; undefined when one is missing. */
  get(file: TreeFile, algorithms: readonly Algorithm[]): readonly string[] | undefined
  set(file: TreeFile, algorithms: readonly Algorithm[], digests: readonly string[]): void
}

/** A cache that lives in a file of its own, one for each root. */
export interface StoredStatCache extends StatCache {
  /** Why what stood there was not used; null when it was, or when nothing stood there. */
  readonly trouble: string | null
  /** Writes what was learned. A cache that cannot be written costs time, not truth: the answer says why it was not. */
  save(): string | null
}

/** A file that was written less than this before the cache may be written again without looking different. */
const racyNs = 2_000_000_000n

/**
 * Opens the cache of a root in a folder of caches.
 * @param isFresh true to begin anew: nothing is read from it, what is learned takes its place
 */
export function openStatCache(folder: string, root: string, isFresh = false): StoredStatCache {
  const name = createHash('sha256').update(resolve(root)).digest('hex').slice(0, 32)
  const path = join(folder, `${name}.stat`)
  const { known, trouble } = isFresh ? { known: new KnownLooks(), trouble: null } : load(path)
  let learned = false
  return {
    trouble,
    get: (file, algorithms) => known.get(file, algorithms),
    set(file, algorithms, digests) {
      if (known.set(file, algorithms, digests)) learned = true
    },
    save: () => (learned ? save(path, known) : null),
  }
}

function load(path: string): { known: KnownLooks; trouble: string | null } {
  let bytes: Buffer
  try {
    // A pipe in its place would be waited for.
    bytes = statSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0)
  } catch (reason) {
    const isGone = reason instanceof Error && 'code' in reason && reason.code === 'ENOENT'
    return {
      known: new KnownLooks(),
      trouble: isGone ? null : `The stat cache ${path} cannot be read and is not used.`,
    }
  }
  const end = Math.max(0, bytes.length - 64)
  const known =
    bytes.toString('latin1', end) === sealOf(bytes.subarray(0, end)) ? unpacked(bytes.subarray(0, end)) : null
  return known
    ? { known, trouble: null }
    : { known: new KnownLooks(), trouble: `The stat cache ${path} is damaged and is not used.` }
}

/** Tells damage, not malice: whoever can write the cache can also write what it says. */
const sealOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function save(path: string, known: KnownLooks): string | null {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const fd = openSync(temporary, 'w', 0o600)
    try {
      // The clock that matters is that of the file system.
      const bytes = packed(known.before(fstatSync(fd, { bigint: true }).mtimeNs - racyNs))
      writeFileSync(fd, bytes)
      writeFileSync(fd, sealOf(bytes))
    } finally {
      closeSync(fd)
    }
    renameSync(temporary, path)
    return null
  } catch (reason) {
    discard(temporary)
    return `The stat cache ${path} cannot be written: ${reason instanceof Error ? reason.message : String(reason)}.`
  }
}

/** `force` forgives a missing file alone. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // There is nothing to discard where a folder could not be made.
  }
}
