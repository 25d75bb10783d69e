import type { Source } from '../../core/index.ts'
import { type Block, beginsWarc, type Dialect, type Listener, nextRecord, passed, readBlock } from './block.ts'
import { declaredDigest, hashOf } from './digests.ts'
import { Feed, type Place } from './feed.ts'
import { arcHead, type Head, mostHeadBytes, warcHead } from './heads.ts'
import { httpHead } from './http.ts'
import { piecesOf } from './pieces.ts'

/** Something in a crawl file that is not as it should be. */
export interface CrawlDefect extends Place {
  /** Zero-based ordinal of the record. */
  readonly record: number
  readonly kind: string
  readonly message: string
  /** The record could not be read. */
  readonly lost: boolean
}

/** A record of a WARC or ARC file. */
export interface CrawlRecord extends Place, Head {
  readonly record: number
  readonly dialect: Dialect
  /** Its block, as far as it may be kept. */
  readonly block: Buffer
  readonly blockBytes: number
  /** Bytes of its block in front of the payload: the head of an HTTP message. */
  readonly payloadAt: number
  readonly digests: Digests
}

/** Digests of all bytes by the algorithms that a record declares; null where it declares none, or none was wanted. */
export interface Digests {
  readonly block: Buffer | null
  readonly payload: Buffer | null
}

/** What reading a crawl file gives: a record, or why there is none; and what is odd. */
export interface CrawlItem {
  readonly record: CrawlRecord | null
  readonly defects: readonly CrawlDefect[]
}

export interface CrawlLimits {
  /** Bytes of a block that are kept. */
  readonly keepBytes: number
  /** Bytes that a compressed file may become. */
  readonly expandedBytes: number
  /** Whether the digests of a record are wanted; always when absent. */
  readonly digests?: (record: number) => boolean
}

/**
 * Reads WARC 0.17 to 1.1 and ARC 1 and 2, plain or compressed, record by record. A record that is damaged is a defect,
 * and reading goes on with the next that can be found.
 */
export async function* crawlRecords(source: Source, limits: CrawlLimits): AsyncGenerator<CrawlItem> {
  const feed = new Feed(piecesOf(source, limits.expandedBytes))
  const reader = new Reader(feed, limits)
  try {
    for (;;) {
      const item = await reader.next()
      if (item) yield item
      else {
        const gap = feed.nextRun()
        if (!gap) return
        yield reader.lost(gap.kind, `Bytes are missing here: ${gap.message}.`)
      }
    }
  } finally {
    await feed.close()
  }
}

class Reader {
  private record = 0
  private dialect: Dialect | undefined
  private readonly feed: Feed
  private readonly limits: CrawlLimits

  constructor(feed: Feed, limits: CrawlLimits) {
    this.feed = feed
    this.limits = limits
  }

  /** The next record of this run; null at its end. */
  async next(): Promise<CrawlItem | null> {
    const { feed } = this
    if (!(await this.toText())) return null
    const place = feed.place
    await feed.ensure(1024)
    this.dialect ??= arcHead(feed.bytes) ? 'arc' : 'warc'
    const head = await this.head()
    if (head && head.length !== null) return this.whole(head, place, await this.block(head, head.length))
    if (head) return this.unmeasured(head, place)
    const { size } = await passed(feed, this.dialect, 0, false)
    return this.lost('not-a-record', `No record begins here; ${size} bytes were passed over.`, place)
  }

  /** A record that is not there. */
  lost(kind: string, message: string, place: Place = this.feed.place): CrawlItem {
    return { record: null, defects: [{ ...place, record: this.record++, kind, message, lost: true }] }
  }

  /** Skips the line ends between records. */
  private async toText(): Promise<boolean> {
    const { feed } = this
    while (await feed.ensure(1)) {
      let count = 0
      while (feed.bytes[count] === 10 || feed.bytes[count] === 13) count++
      const found = count < feed.bytes.length
      feed.drop(count)
      if (found) return true
    }
    return false
  }

  private async head(): Promise<Head | null> {
    const { feed, dialect } = this
    await feed.ensure(8)
    if (dialect === 'warc' && !/^WARC\/\d/.test(feed.bytes.toString('latin1', 0, 6))) return null
    for (let count = 4096; count <= mostHeadBytes; count *= 4) {
      const more = await feed.ensure(count)
      const head = (dialect === 'arc' ? arcHead : warcHead)(feed.bytes.subarray(0, count))
      if (head) feed.drop(head.bytes)
      if (head || !more) return head
    }
    return null
  }

  private async block(head: Head, length: number): Promise<Measured> {
    const { feed, limits } = this
    await feed.ensure(Math.min(length, mostHeadBytes))
    const payloadAt = payloadStart(head, feed.bytes.subarray(0, Math.min(length, mostHeadBytes)))
    const wanted = !limits.digests || limits.digests(this.record)
    const block = wanted ? listener(head, 'warc-block-digest', 0) : null
    const payload = wanted ? listener(head, 'warc-payload-digest', payloadAt) : null
    const listeners = [block, payload].filter(each => each !== null)
    const read = await readBlock(feed, length, limits.keepBytes, listeners)
    const digests = { block: block?.hash.digest() ?? null, payload: payload?.hash.digest() ?? null }
    return { ...read, payloadAt, digests }
  }

  private async whole(head: Head, place: Place, read: Measured): Promise<CrawlItem> {
    const { bytes, size, cut } = read
    if (!cut && (await this.ends())) return this.item(head, place, read)
    const record = this.record
    const found = size === bytes.length ? nextRecord(bytes, this.dialect!, true) : -1
    const wrong = (what: string) => ({ ...place, record, kind: 'wrong-length', lost: false, message: what })
    if (found >= 0 && this.feed.unread(bytes.subarray(found))) {
      const own = trimmed(bytes.subarray(0, found))
      const what = `The record says ${head.length} bytes; another begins after ${own.length}.`
      return this.item(head, place, remeasured(head, own), [wrong(what)])
    }
    if (cut) {
      const message = `The record was cut off: ${size} of its ${head.length} bytes are there.`
      return this.lost('truncated', message, place)
    }
    const beyond = await passed(this.feed, this.dialect!, 0, false)
    const what = `The record says ${head.length} bytes; ${beyond.size} more stand before the next.`
    return this.item(head, place, read, [wrong(what)])
  }

  /** Whether a record may end here: before another, or where the bytes end. */
  private async ends(): Promise<boolean> {
    const { feed } = this
    for (let count = 0; ; count++) {
      if (feed.bytes.length <= count && !(await feed.ensure(count + 1))) return true
      if (feed.toMember <= count || (count === 0 && feed.atMember)) return true
      const byte = feed.bytes[count]
      if (byte === 10 || byte === 13) continue
      await feed.ensure(count + 1024)
      const rest = feed.bytes.subarray(count)
      if (this.dialect === 'arc') return arcHead(rest) !== null
      // Garbage behind a right end is a fault of its own.
      return count >= 4 || beginsWarc(rest)
    }
  }

  /** A record that does not say how long it is: it goes on until the next. */
  private async unmeasured(head: Head, place: Place): Promise<CrawlItem> {
    const { bytes, size } = await passed(this.feed, this.dialect!, this.limits.keepBytes, true)
    const message = 'The record does not say how long it is; it was read until the next.'
    const defect = { ...place, record: this.record, kind: 'wrong-length', message, lost: false }
    const read = remeasured(head, trimmed(bytes))
    return this.item(head, place, { ...read, size: size === bytes.length ? read.size : size }, [defect])
  }

  private item(head: Head, place: Place, read: Measured, defects: readonly CrawlDefect[] = []): CrawlItem {
    const record = this.record++
    const odd = head.oddities.map(oddity => ({ ...place, record, lost: false, ...oddity }))
    const { bytes: block, size: blockBytes, payloadAt, digests } = read
    return {
      record: { ...head, ...place, record, dialect: this.dialect!, block, blockBytes, payloadAt, digests },
      defects: [...defects, ...odd],
    }
  }
}

interface Measured extends Block {
  readonly payloadAt: number
  readonly digests: Digests
}

/** Where the payload begins in a block: behind the head of an HTTP message. */
function payloadStart({ type, contentType }: Head, start: Buffer): number {
  if (!['response', 'request', 'revisit', 'continuation'].includes(type)) return 0
  const said = contentType === null || /^application\/http\b/i.test(contentType)
  return said || start.toString('latin1', 0, 5) === 'HTTP/' ? (httpHead(start)?.bytes ?? 0) : 0
}

function listener({ fields }: Head, name: string, from: number): Listener | null {
  const declared = declaredDigest(fields.get(name) ?? '')
  return declared && { hash: hashOf(declared.algorithm), from }
}

/** A block whose length the record did not say rightly. */
function remeasured(head: Head, bytes: Buffer): Measured {
  const payloadAt = payloadStart(head, bytes)
  const digest = (name: string, from: number) =>
    listener(head, name, from)?.hash.update(bytes.subarray(from)).digest() ?? null
  const digests = { block: digest('warc-block-digest', 0), payload: digest('warc-payload-digest', payloadAt) }
  return { bytes, size: bytes.length, cut: false, payloadAt, digests }
}

/** Without the line ends that close a record. */
function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > bytes.length - 4 && end > 0 && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end--
  return bytes.subarray(0, end)
}
