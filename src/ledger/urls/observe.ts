import { createHash } from 'node:crypto'
import { looksText, simhash } from '../../core/index.ts'
import { lookAtPicture, mediaHeadBytes, mediaOf } from '../../sources/index.ts'
import type { DigestAlgorithm } from './digest-form.ts'
import { pageText } from './page-text.ts'

/** How closely to look. */
export interface ObserveOptions {
  /** Digests wanted besides SHA-256. */
  readonly algorithms: ReadonlySet<DigestAlgorithm>
  /** Whether pictures are decoded. */
  readonly pictures: boolean
}

/** What can be said of bytes. */
export interface Observation {
  readonly bytes: number
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>> & { readonly sha256: string }
  readonly mediaType: string
  readonly looks: string | null
  /** Beginning of the text of a page. */
  readonly text: string | null
  readonly remark?: string
}

/** Bodies up to this size are looked at; longer ones are digested only. */
const lookBytes = 32 << 20
/** Text of a page that is handed on: more than a page that only sells its domain has, so that articles stay articles. */
const excerptCharacters = 6000
const textCharacters = 1 << 20

/** Reads a body once: digests of all its bytes, and how it looks when it is not too long. */
export async function observe(body: AsyncIterable<Uint8Array>, options: ObserveOptions): Promise<Observation> {
  const names = [...new Set<DigestAlgorithm>(['sha256', ...options.algorithms])]
  const hashes = names.map(name => createHash(name))
  const kept: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    for (const hash of hashes) hash.update(chunk)
    bytes += chunk.length
    if (bytes <= lookBytes) kept.push(chunk)
    else if (kept.length > 1) kept.length = 1
  }
  const whole = bytes <= lookBytes
  const head = Buffer.concat(whole ? kept : kept.slice(0, 1))
  const digests = Object.fromEntries(names.map((name, i) => [name, hashes[i]!.digest('hex')]))
  const media = mediaOf(head.subarray(0, mediaHeadBytes))
  const seen = whole
    ? await lookAt(head, media.kind, options)
    : { looks: null, text: null, remark: 'too long to look at' }
  return { bytes, digests: digests as Observation['digests'], mediaType: media.type, ...seen }
}

type Looked = Pick<Observation, 'looks' | 'text' | 'remark'>

async function lookAt(bytes: Buffer, kind: string, { pictures }: ObserveOptions): Promise<Looked> {
  if (kind === 'picture' && pictures) {
    const seen = await lookAtPicture(bytes)
    return 'looks' in seen ? { looks: seen.looks, text: null } : { looks: null, text: null, remark: seen.reason }
  }
  if (kind !== 'page' && kind !== 'text') return { looks: null, text: null }
  const text = pageText(bytes, kind === 'page', textCharacters)
  const bits = simhash(text)
  return { looks: bits === null ? null : looksText({ of: 'text', bits }), text: text.slice(0, excerptCharacters) }
}
