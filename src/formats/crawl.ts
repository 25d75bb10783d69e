import { isUtf8 } from 'node:buffer'
import {
  type Cell,
  htmlText,
  type Limits,
  type ReadRequest,
  type RecordBatch,
  type RecordDefect,
  type RecordFile,
  type Source,
} from '../core/index.ts'
import {
  type CrawlDefect,
  type CrawlRecord,
  comparedDigests,
  crawlRecords,
  crawlWithout,
  type Payload,
  payloadOf,
  tellingDigest,
} from '../sources/index.ts'
import { RowBatches } from './row-batches.ts'

/**
 * Columns of a table of records. `url` is the address that the record holds a copy of; records about an address
 * (requests, metadata) name it in `about`, so that no address counts twice. `observed` is the digest of the bytes,
 * spelled as the declared `digest`. `offset` is the byte of the stored file, `inside` the byte of what is compressed.
 */
const columns = 'id type url about time status mime bytes digest observed text offset inside'.split(' ')

/** Answers of name servers and registries, which crawlers store beside pages. */
const lookups = /^(dns|whois):/i
const copies = new Set(['response', 'resource', 'conversion', 'revisit', 'continuation'])

/** Opens a WARC or ARC file as a table. */
export function openCrawl(given: Source, limits: Limits): RecordFile {
  const source = given.stored ?? given
  const { recordBytes, expandedBytes } = limits
  return {
    columns: columns.slice(0, limits.columns),
    roles: { id: 'id', url: 'url', time: 'time', digest: 'digest', observed: 'observed', text: 'text' },
    records: request => recordsOf(source, limits, request),
    without: (drop, path) => crawlWithout(source, drop, path, { keepBytes: recordBytes, expandedBytes }),
  }
}

async function* recordsOf(source: Source, limits: Limits, request: ReadRequest): AsyncGenerator<RecordBatch> {
  const { recordBytes: keepBytes, expandedBytes } = limits
  const batches = new RowBatches(columns, request)
  const digests = () => batches.taken
  let lone = false
  for await (const { record, defects } of crawlRecords(source, { keepBytes, expandedBytes, digests })) {
    for (const defect of defects) batches.note(defectOf(defect))
    if (!record) continue
    if (!lone && isInside(record)) {
      lone = true
      const message = 'Several records share one compressed member, so that none can be looked up by its place.'
      batches.note(defectOf({ ...record, kind: 'one-member', message, lost: false }))
    }
    const payload = payloadOf(record, keepBytes)
    for (const defect of defectsIn(record, payload)) batches.note(defectOf(defect))
    const weight = record.block.length + (payload.body === payload.sent ? 0 : payload.body.length)
    const full = batches.add(record.record, batches.taken ? rowOf(record, payload, batches, keepBytes) : {}, weight)
    if (full) yield full
  }
  const last = batches.finish()
  if (last) yield last
}

/** Line ends may stand in front of a record in its own member. */
const isInside = ({ record, inside }: CrawlRecord): boolean => record > 0 && inside > 8

function defectOf({ record, kind, message, lost, offset, inside }: CrawlDefect): RecordDefect {
  const place = inside > 0 ? `${inside} bytes into the member at byte ${offset}` : `byte ${offset}`
  return { record, kind, message: `${message} (${place})`, lost }
}

function* defectsIn(record: CrawlRecord, payload: Payload): Generator<CrawlDefect> {
  for (const oddity of payload.oddities) yield { ...record, ...oddity, lost: oddity.kind !== 'bad-chunks' }
  if (payload.sent.length < payload.sentBytes) {
    const message = `The record is longer than the limit; only its first ${record.block.length} bytes were kept.`
    yield { ...record, kind: 'too-long', message, lost: false }
  }
  for (const { of, declared, observed } of comparedDigests(record, payload))
    if (observed !== null && observed !== declared) {
      const message = `The ${of} digest is declared as ${declared.slice(0, 80)}; the bytes have ${observed}.`
      yield { ...record, kind: 'bad-digest', message, lost: false }
    }
}

function rowOf(record: CrawlRecord, payload: Payload, batches: RowBatches, most: number): Record<string, Cell> {
  const telling = tellingDigest(comparedDigests(record, payload))
  const isCopy = copies.has(record.type) && !lookups.test(record.uri ?? '')
  return {
    id: record.fields.get('warc-record-id') ?? null,
    type: record.type,
    url: isCopy ? record.uri : null,
    about: isCopy ? null : record.uri,
    time: record.date,
    status: payload.status,
    mime: payload.mediaType,
    bytes: payload.sentBytes,
    digest: telling?.declared ?? null,
    observed: telling?.observed ?? null,
    text: isCopy && batches.wants('text') ? textOf(payload, most) : null,
    offset: record.offset,
    inside: record.inside,
  }
}

const pages = /^(text\/html|application\/xhtml\+xml)$/
const texts = /^(text\/.*|application\/(.*\+)?(json|xml)|application\/(x-ndjson|ld\+json))$/

/** What a reader of the body sees: title and text of a page, other text as it is; null for what is no text. */
function textOf({ body, mediaType, charset }: Payload, most: number): string | null {
  const isPage =
    mediaType === null ? /^\s*<(!doctype html|html)/i.test(body.toString('latin1', 0, 64)) : pages.test(mediaType)
  if (body.length === 0 || (!isPage && !texts.test(mediaType ?? ''))) return null
  const text = decoded(body.subarray(0, most), charset ?? (isPage ? metaCharset(body) : null))
  if (!isPage) return text
  const page = htmlText(text, most)
  return page.title === '' ? page.text : `${page.title}\n${page.text}`
}

const metaCharset = (body: Buffer): string | null =>
  /<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(body.toString('latin1', 0, 2048))?.[1] ?? null

/** Bytes as text: by their mark, by the character set that is named, else UTF-8, or Windows-1252 when they are not. */
function decoded(bytes: Buffer, charset: string | null): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  const utf8 = (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) || (charset === null && isUtf8(bytes))
  const decoder = decoderOf(mark ?? (utf8 ? 'utf-8' : (charset ?? 'windows-1252')))
  // In one step, Node 20 takes Windows-1252 for Latin-1.
  return decoder.decode(bytes, { stream: true }) + decoder.decode()
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}
