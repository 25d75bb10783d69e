import type { Source } from '../../core/index.ts'
import { httpHead } from '../warc/http.ts'
import { type CrawlRecord, comparedDigests, crawlRecords, payloadOf, tellingDigest } from '../warc/index.ts'
import type { Copy, CopyStream } from './copy.ts'

/** What to keep of a crawl, and whom to tell of damage. */
export interface CrawlOptions {
  /** Bytes of one body that are read. */
  readonly mostBytes: number
  /** Told of records that could not be read. */
  readonly onDefect?: (file: string, message: string, offset: number) => void
}

const stored = new Set(['response', 'resource', 'conversion'])

/** The copies in WARC and ARC files. Redirects are handed on as such: what they lead to has a record of its own. */
export function crawlCopies(name: string, files: readonly Source[], options: CrawlOptions): CopyStream {
  return {
    kind: 'stream',
    name,
    async *all(wanted) {
      for (const file of files) {
        for await (const { record, defects } of crawlRecords(file, {
          keepBytes: options.mostBytes,
          expandedBytes: 2 ** 50,
        })) {
          for (const { lost, message, offset } of defects) if (lost) options.onDefect?.(file.name, message, offset)
          if (record?.uri && stored.has(record.type) && wanted(record.uri))
            yield copyOf(record, record.uri, file.name, options)
        }
      }
    },
  }
}

function copyOf(record: CrawlRecord, url: string, file: string, { mostBytes }: CrawlOptions): Copy {
  const payload = payloadOf(record, mostBytes)
  const telling = tellingDigest(comparedDigests(record, payload))
  const place = { file, offset: record.offset, ...(telling ? { digest: telling.declared } : {}) }
  const found = { url, fetchedAt: record.date, warc: place }
  const trouble = (
    kind: 'gone' | 'network' | 'refused' | 'redirects' | 'damaged' | 'too-large' | 'cut',
    message: string,
  ) => ({ ...found, trouble: kind, message }) as const
  const { status } = payload
  const leadsTo = status !== null && status >= 300 && status < 400 ? locationOf(record, url) : null
  if (leadsTo !== null) return { ...trouble('redirects', `it leads to ${leadsTo.slice(0, 200)}`), finalUrl: leadsTo }
  if (status === 404 || status === 410) return trouble('gone', `the server answered ${status}`)
  if (status !== null && status >= 500) return trouble('network', `the server answered ${status}`)
  if (status !== null && (status < 200 || status >= 300)) return trouble('refused', `the server answered ${status}`)
  if (record.fields.has('warc-truncated')) return trouble('cut', 'the crawler stored only its beginning')
  if (payload.sent.length < payload.sentBytes) return trouble('too-large', `it has ${payload.sentBytes} bytes`)
  const odd = payload.oddities[0]
  if (odd) return trouble(odd.kind === 'too-large' ? 'too-large' : 'damaged', odd.message)
  if (telling?.observed && telling.observed !== telling.declared)
    return trouble('damaged', `its bytes have the digest ${telling.observed}; the record states ${telling.declared}`)
  return { ...found, body: once(payload.body) }
}

function locationOf(record: CrawlRecord, url: string): string | null {
  const location = httpHead(record.block)?.fields.get('location')
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : null
}

/** Bytes in memory as a body. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}
