import type { Source } from '../../core/index.ts'
import { codecOf } from '../expanded.ts'
import { base32, digestOf } from './digests.ts'
import type { Place } from './feed.ts'
import { comparedDigests, payloadOf, tellingDigest } from './payload.ts'
import { type CrawlItem, type CrawlLimits, type CrawlRecord, crawlRecords } from './records.ts'

/** What a crawl stored of one address. */
export interface Capture extends Place {
  readonly record: number
  readonly url: string
  /** ISO 8601. */
  readonly date: string | null
  readonly status: number | null
  readonly mediaType: string | null
  /** The body as a browser sees it, as far as it may be kept. */
  readonly payload: Uint8Array
  /** All of the body is here. */
  readonly whole: boolean
  readonly declaredDigest: string | null
  /** Digest of the bytes, spelled as the declared one, or `sha1:` in base 32; null when it cannot be computed. */
  readonly actualDigest: string | null
}

const usual: CrawlLimits = { keepBytes: 16 << 20, expandedBytes: 2 ** 40 }
const stored = new Set(['response', 'resource', 'conversion'])

/** All that a WARC or ARC file stored of addresses; other records and what cannot be read are left out. */
export async function* captures(source: Source, limits: Partial<CrawlLimits> = {}): AsyncGenerator<Capture> {
  for await (const item of crawlRecords(source, { ...usual, ...limits })) {
    const capture = captureOf(item, { ...usual, ...limits })
    if (capture) yield capture
  }
}

/** The capture at a place that an index or `captures` gave; null when none begins there. */
export async function captureAt(
  source: Source,
  { offset, inside }: Pick<Place, 'offset' | 'inside'>,
  limits: Partial<CrawlLimits> = {},
): Promise<Capture | null> {
  const codec = codecOf(await source.read(0, 8))
  const direct = codec === undefined || codec === 'gzip'
  const skip = direct ? inside : offset
  const from = direct && offset > 0 ? behind(source, offset) : source
  let record = 0
  for await (const item of crawlRecords(from, { ...usual, ...limits })) {
    const place = item.record ?? item.defects[0]!
    const at = direct ? place.inside : place.offset
    if ((direct && codec && place.offset > 0) || (direct && !codec && record > 0) || at > skip) return null
    if (at === skip) return captureOf(item, { ...usual, ...limits }, offset)
    record++
  }
  return null
}

/** The source from some byte on. */
function behind(source: Source, offset: number): Source {
  const step = 1 << 20
  return {
    name: source.name,
    size: source.size - offset,
    read: (start, end) => source.read(offset + start, offset + end),
    async *stream() {
      for (let at = offset; at < source.size; at += step) yield await source.read(at, at + step)
    },
  }
}

function captureOf({ record }: CrawlItem, limits: CrawlLimits, offset = record?.offset ?? 0): Capture | null {
  if (!record || record.uri === null || !stored.has(record.type)) return null
  const payload = payloadOf(record, limits.keepBytes)
  const telling = tellingDigest(comparedDigests(record, payload))
  const whole = payload.sent.length === payload.sentBytes && payload.oddities.every(o => o.kind !== 'too-large')
  const own = whole ? `sha1:${base32(digestOf('sha1', payload.joined))}` : null
  return {
    ...identity(record),
    offset,
    status: payload.status,
    mediaType: payload.mediaType,
    payload: payload.body,
    whole,
    declaredDigest: telling?.declared ?? null,
    actualDigest: telling?.observed ?? own,
  }
}

const identity = ({ record, uri, date, inside, position }: CrawlRecord) => ({
  record,
  url: uri!,
  date,
  inside,
  position,
})
