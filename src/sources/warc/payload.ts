import { type Declared, declaredDigest, digestOf } from './digests.ts'
import { httpHead, type Oddity, unchunked, undecorated } from './http.ts'
import type { CrawlRecord } from './records.ts'

/** What a record holds for a reader of the page. */
export interface Payload {
  /** HTTP status. */
  readonly status: number | null
  /** Media type in lower case, without parameters. */
  readonly mediaType: string | null
  readonly charset: string | null
  /** The body as it was sent, with its chunks. */
  readonly sent: Buffer
  /** The body without chunks, as compressed as it was. */
  readonly joined: Buffer
  /** The body as a browser sees it: chunks joined, compression undone. */
  readonly body: Buffer
  /** Bytes of the whole body as it was sent; more than `sent` when the block was too long to keep. */
  readonly sentBytes: number
  readonly oddities: readonly Oddity[]
}

/** Takes the payload out of a record; compressed bodies become at most `mostBytes`. */
export function payloadOf(record: CrawlRecord, mostBytes: number): Payload {
  const { block, payloadAt, blockBytes } = record
  const sent = block.subarray(payloadAt)
  const http = payloadAt > 0 ? httpHead(block) : null
  const fields = http?.fields
  const type = http ? (fields?.get('content-type') ?? null) : isHttp(record.contentType) ? null : record.contentType
  const joined = /\bchunked\b/i.test(fields?.get('transfer-encoding') ?? '') ? unchunked(sent) : { bytes: sent }
  const plain = undecorated(joined.bytes, fields?.get('content-encoding') ?? '', mostBytes)
  return {
    status: http?.status ?? statusOf(record.fields.get('status')),
    ...typeOf(type),
    sent,
    joined: joined.bytes,
    body: plain.bytes,
    sentBytes: blockBytes - payloadAt,
    oddities: [joined, plain].flatMap(step => ('oddity' in step && step.oddity ? [step.oddity] : [])),
  }
}

const isHttp = (contentType: string | null): boolean => /^application\/http\b/i.test(contentType ?? '')
const statusOf = (text: string | undefined): number | null => (text && /^\d{3}$/.test(text) ? Number(text) : null)

function typeOf(text: string | null): { mediaType: string | null; charset: string | null } {
  const mediaType = (text ?? '').split(';', 1)[0]!.trim().toLowerCase().slice(0, 100) || null
  const charset = /;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(text?.slice(0, 500) ?? '')
  return { mediaType, charset: charset ? charset[1]!.toLowerCase() : null }
}

/** A digest that a record declares and what its bytes have, spelled alike; `observed` is null where nothing can be compared. */
export interface Compared {
  readonly of: 'payload' | 'block'
  readonly declared: string
  readonly observed: string | null
}

/**
 * Compares the digests that a record declares with its bytes. Archives differ in whether chunks belong to the payload,
 * so both readings count as equal. A visit to what was stored before holds no payload to compare.
 */
export function comparedDigests(record: CrawlRecord, { joined, sent, sentBytes }: Payload): Compared[] {
  const { fields, digests, type } = record
  const found: Compared[] = []
  const payload = fields.get('warc-payload-digest')
  if (payload !== undefined) {
    const declared = type === 'revisit' ? null : declaredDigest(payload)
    const spelled = declared && digests.payload ? declared.spell(digests.payload) : null
    const other =
      spelled !== payload && joined !== sent && sent.length === sentBytes ? spelledOf(declared, joined) : null
    found.push({ of: 'payload', declared: payload, observed: other === payload ? other : spelled })
  }
  const block = fields.get('warc-block-digest')
  if (block !== undefined) {
    const declared = declaredDigest(block)
    found.push({
      of: 'block',
      declared: block,
      observed: declared && digests.block ? declared.spell(digests.block) : null,
    })
  }
  return found
}

const spelledOf = (declared: Declared | null, bytes: Buffer): string | null =>
  declared ? declared.spell(digestOf(declared.algorithm, bytes)) : null

/** The comparison that says most: one that fails, else the first that could be made, else the first. */
export const tellingDigest = (compared: readonly Compared[]): Compared | null =>
  compared.find(c => c.observed !== null && c.observed !== c.declared) ??
  compared.find(c => c.observed !== null) ??
  compared[0] ??
  null
