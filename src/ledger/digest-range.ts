import { createHash, hash as hashOnce } from 'node:crypto'
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { Fault, type FaultCode } from '../core/lean.ts'
import { faultOf } from '../sources/lean.ts'
import { type Blake3, type Hasher, loadBlake3 } from './blake.ts'
import type { Algorithm, TreeFile } from './tree.ts'

/** A range of a file to be hashed: what crosses to a thread, as little as will do. */
export interface Unit {
  readonly path: string
  readonly isLink: boolean
  readonly start: number
  readonly end: number
  readonly sizeBytes: number
  /** What the file system says of the file; null when one call reads the range, so that nothing can happen between. */
  readonly stat: Stat | null
}

type Stat = Pick<TreeFile, 'mtimeNs' | 'ctimeNs' | 'inode' | 'device'>

/** What a thread says of a unit: digests in the order of the algorithms, or why there are none. */
export type Hashed = readonly string[] | { readonly code: FaultCode; readonly message: string; readonly remedy: string }

/** The unit that a range of a file is. */
export function unitOf(file: TreeFile, start: number, end: number): Unit {
  const { path, sizeBytes, mtimeNs, ctimeNs, inode, device } = file
  const stat = end - start < bufferBytes ? null : { mtimeNs, ctimeNs, inode, device }
  return { path, isLink: file.link !== undefined, start, end, sizeBytes, stat }
}

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
      return this.digests(unit, onBytes)
    } catch (reason) {
      const { code, message, remedy } = reason instanceof Fault ? reason : faultOf(reason, unit.path)
      return { code, message, remedy }
    }
  }

  private digests(unit: Unit, onBytes: (count: number) => void): string[] {
    const fd = openSync(unit.path, unit.isLink ? flags : flags | noLink)
    try {
      return unit.stat ? this.watched(unit, unit.stat, fd, onBytes) : this.once(unit, fd, onBytes)
    } finally {
      closeSync(fd)
    }
  }

  /** A range that one call reads; the buffer has room for a byte more, which a file that grew would give. */
  private once(unit: Unit, fd: number, onBytes: (count: number) => void): string[] {
    const { start, end, sizeBytes } = unit
    const count = fill(fd, this.buffer, start, end === sizeBytes ? end + 1 : end)
    if (count !== end - start) throw changed(unit)
    onBytes(count)
    const bytes = this.buffer.subarray(0, count)
    return this.algorithms.map(name => this.whole(name, bytes))
  }

  /** A range that takes many calls: trusted when the file is the same after the last one. */
  private watched(unit: Unit, stat: Stat, fd: number, onBytes: (count: number) => void): string[] {
    const digests = this.read(unit, fd, onBytes)
    const after = fstatSync(fd, { bigint: true })
    if (!isAsBytes(after, unit, stat)) throw changed(unit)
    if (after.ctimeNs === stat.ctimeNs) return digests
    // Its rights or links changed, or its time was set back: only bytes read between equal times are trusted.
    const again = this.read(unit, fd, () => {})
    const last = fstatSync(fd, { bigint: true })
    if (!isAsBytes(last, unit, stat) || last.ctimeNs !== after.ctimeNs) throw changed(unit)
    return again
  }

  private read(unit: Unit, fd: number, onBytes: (count: number) => void): string[] {
    const hashers = this.algorithms.map(name => this.start(name))
    let unsaid = 0
    for (let at = unit.start; at < unit.end; ) {
      const got = fill(fd, this.buffer, at, unit.end)
      if (got === 0) throw changed(unit)
      const bytes = this.buffer.subarray(0, got)
      for (const hasher of hashers) hasher.update(bytes)
      at += got
      unsaid += got
      if (unsaid < reportBytes && at < unit.end) continue
      onBytes(unsaid)
      unsaid = 0
    }
    return hashers.map(hasher => hasher.hex())
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

const isAsBytes = (now: BigIntStats, { sizeBytes }: Unit, stat: Stat): boolean =>
  now.isFile() &&
  now.size === BigInt(sizeBytes) &&
  now.mtimeNs === stat.mtimeNs &&
  now.ino === stat.inode &&
  now.dev === stat.device

const changed = ({ path }: Unit): Fault =>
  new Fault('unreadable', `${path} changed while it was read.`, 'Stop whatever writes it, then run the command again.')
