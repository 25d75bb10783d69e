import { createHash, hash as hashOnce } from 'node:crypto'
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { Fault, type FaultCode } from '../core/index.ts'
import { faultOf } from '../sources/index.ts'
import { type Blake3, type Hasher, loadBlake3 } from './blake.ts'
import type { Algorithm, TreeFile } from './tree.ts'

/** A range of a file to be hashed: what crosses to a thread. */
export interface Unit {
  readonly file: TreeFile
  readonly start: number
  readonly end: number
}

/** What a thread says of a unit. */
export type Hashed =
  | { readonly digests: Readonly<Partial<Record<Algorithm, string>>> }
  | { readonly code: FaultCode; readonly message: string; readonly remedy: string }

/** Fits the second-level cache beside what both hashes need. */
const bufferBytes = 256 << 10
/** How many bytes pass between two words on progress. */
const reportBytes = 64 << 20

/** Never waits for a pipe that took the place of a file, never follows a link that took it. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
const noLink = constants.O_NOFOLLOW ?? 0

/** Hashes ranges of files one after the other with one buffer: each byte is read once for all algorithms. */
export class RangeHasher {
  private readonly buffer = Buffer.allocUnsafeSlow(bufferBytes)
  private readonly algorithms: readonly Algorithm[]
  private readonly blake3: Blake3 | null

  private constructor(algorithms: readonly Algorithm[], blake3: Blake3 | null) {
    this.algorithms = algorithms
    this.blake3 = blake3
  }

  static async for(algorithms: readonly Algorithm[], native = true): Promise<RangeHasher> {
    return new RangeHasher(algorithms, algorithms.includes('blake3') ? await loadBlake3(native) : null)
  }

  /** Digests of a range, or why it has none. */
  hash(unit: Unit, onBytes: (count: number) => void = () => {}): Hashed {
    try {
      return { digests: this.digests(unit, onBytes) }
    } catch (reason) {
      const { code, message, remedy } = reason instanceof Fault ? reason : faultOf(reason, unit.file.path)
      return { code, message, remedy }
    }
  }

  private digests(unit: Unit, onBytes: (count: number) => void): Partial<Record<Algorithm, string>> {
    const { file } = unit
    const fd = openSync(file.path, file.link === undefined ? flags | noLink : flags)
    try {
      let digests = this.read(unit, fd, onBytes)
      let after = fstatSync(fd, { bigint: true })
      if (isAsBytes(after, file) && after.ctimeNs !== file.ctimeNs) {
        // Its rights or links changed, or its time was set back: only bytes read between equal times are trusted.
        const { ctimeNs } = after
        digests = this.read(unit, fd, () => {})
        after = fstatSync(fd, { bigint: true })
        if (after.ctimeNs !== ctimeNs) throw changed(file)
      }
      if (!isAsBytes(after, file)) throw changed(file)
      return digests
    } finally {
      closeSync(fd)
    }
  }

  private read({ file, start, end }: Unit, fd: number, onBytes: (count: number) => void) {
    if (end - start <= bufferBytes) {
      const bytes = this.buffer.subarray(0, fill(fd, this.buffer, start, end))
      if (bytes.length !== end - start) throw changed(file)
      onBytes(bytes.length)
      return Object.fromEntries(this.algorithms.map(name => [name, this.whole(name, bytes)]))
    }
    const hashers = this.algorithms.map(name => [name, this.start(name)] as const)
    let unsaid = 0
    for (let at = start; at < end; ) {
      const got = fill(fd, this.buffer, at, end)
      if (got === 0) throw changed(file)
      const bytes = this.buffer.subarray(0, got)
      for (const [, hasher] of hashers) hasher.update(bytes)
      at += got
      unsaid += got
      if (unsaid < reportBytes && at < end) continue
      onBytes(unsaid)
      unsaid = 0
    }
    return Object.fromEntries(hashers.map(([name, hasher]) => [name, hasher.hex()]))
  }

  private whole(algorithm: Algorithm, bytes: Uint8Array): string {
    if (algorithm === 'blake3') return this.blake3!.whole(bytes)
    return hashOnce(nodeNames[algorithm], bytes, 'hex')
  }

  private start(algorithm: Algorithm): Hasher {
    if (algorithm === 'blake3') return this.blake3!.start()
    const hash = createHash(nodeNames[algorithm])
    return { update: bytes => void hash.update(bytes), hex: () => hash.digest('hex') }
  }
}

/** The signing format's `blake2b` is the function at its full 64 bytes. */
const nodeNames = { sha256: 'sha256', blake2b: 'blake2b512' } as const

/** Reads until the buffer is full or the range or the file ends; the count of bytes. */
function fill(fd: number, buffer: Buffer, start: number, end: number): number {
  const wanted = Math.min(buffer.length, end - start)
  let got = 0
  while (got < wanted) {
    const count = readSync(fd, buffer, got, wanted - got, start + got)
    if (count === 0) break
    got += count
  }
  return got
}

const isAsBytes = (now: BigIntStats, file: TreeFile): boolean =>
  now.isFile() &&
  now.size === BigInt(file.sizeBytes) &&
  now.mtimeNs === file.mtimeNs &&
  now.ino === file.inode &&
  now.dev === file.device

const changed = (file: TreeFile): Fault =>
  new Fault(
    'unreadable',
    `${file.path} changed while it was read.`,
    'Stop whatever writes it, then run the command again.',
  )
