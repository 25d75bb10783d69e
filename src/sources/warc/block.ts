import type { Hash } from 'node:crypto'
import type { Feed } from './feed.ts'
import { arcHead, mostLineBytes } from './heads.ts'

export type Dialect = 'warc' | 'arc'

/** The bytes of a record behind its head. */
export interface Block {
  /** As many of them as may be kept. */
  readonly bytes: Buffer
  readonly size: number
  /** Fewer bytes were there than the head promised. */
  readonly cut: boolean
}

/** Bytes looked through at once for the next record. */
const lookBytes = 256 << 10

/** A hash that hears a block from some byte on. */
export interface Listener {
  readonly hash: Hash
  readonly from: number
}

/** Reads the block of a record. Only the first `keep` bytes are kept, though listeners hear all. */
export async function readBlock(
  feed: Feed,
  length: number,
  keep: number,
  listeners: readonly Listener[],
): Promise<Block> {
  const kept: Buffer[] = []
  let size = 0
  let held = 0
  while (size < length) {
    if (feed.bytes.length === 0 && !(await feed.ensure(1))) break
    if (size > 0 && feed.atMember && beginsWarc(feed.bytes)) break
    const count = Math.min(length - size, feed.bytes.length, feed.toMember)
    const part = feed.bytes.subarray(0, count)
    for (const { hash, from } of listeners)
      if (from < size + count) hash.update(part.subarray(Math.max(0, from - size)))
    if (held < keep) kept.push(part.subarray(0, keep - held))
    held += Math.min(count, keep - held)
    size += count
    feed.drop(count)
  }
  return { bytes: kept.length === 1 ? kept[0]! : Buffer.concat(kept), size, cut: size < length }
}

/** Whether the bytes begin as a WARC record does. */
export const beginsWarc = (bytes: Buffer): boolean => /^WARC\/\d/.test(bytes.toString('latin1', 0, 6))

/**
 * Goes to where the next record seems to begin; what was passed is given, as far as it may be kept.
 * @param begins whether one may begin right here
 */
export async function passed(
  feed: Feed,
  dialect: Dialect,
  keep: number,
  begins: boolean,
): Promise<{ bytes: Buffer; size: number }> {
  const kept: Buffer[] = []
  let [held, size] = [0, 0]
  const pass = (count: number) => {
    const part = feed.bytes.subarray(0, count)
    if (held < keep) kept.push(part.subarray(0, keep - held))
    held += Math.min(part.length, keep - held)
    size += part.length
    feed.drop(part.length)
  }
  for (let first = begins; ; first = false) {
    const more = await feed.ensure(lookBytes)
    const found = nextRecord(feed.bytes, dialect, first)
    if (found >= 0) {
      pass(found)
      break
    }
    // A head may stand across the end of what was looked at.
    pass(more ? feed.bytes.length - mostLineBytes : feed.bytes.length)
    if (!more) break
  }
  return { bytes: Buffer.concat(kept), size }
}

/** Where a record begins in the bytes, behind a line end or, with `start`, at their start; -1 when none does. */
export function nextRecord(bytes: Buffer, dialect: Dialect, start: boolean): number {
  const begins = (at: number) =>
    dialect === 'arc' ? arcHead(bytes.subarray(at, at + mostLineBytes)) !== null : beginsWarc(bytes.subarray(at))
  if (start && begins(0)) return 0
  const mark = dialect === 'arc' ? '\n' : '\nWARC/'
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) if (begins(at + 1)) return at + 1
  return -1
}
