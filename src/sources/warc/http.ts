import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, constants as zlib } from 'node:zlib'
import { fieldsOf, headEnd } from './heads.ts'

/** What stands in front of the body of a stored HTTP message. */
export interface HttpHead {
  readonly status: number | null
  readonly fields: ReadonlyMap<string, string>
  /** Bytes of the head. */
  readonly bytes: number
}

/** Something that is not as HTTP wants it. */
export interface Oddity {
  readonly kind: string
  readonly message: string
}

/** Reads the head of an HTTP message; null when the bytes begin with none. */
export function httpHead(block: Buffer): HttpHead | null {
  if (!/^(HTTP\/\d|ICY |[A-Z]{3,10} \S)/.test(block.toString('latin1', 0, 16))) return null
  const end = headEnd(block)
  // A response without a body may end behind its last field.
  const text = block.toString('latin1', 0, end < 0 ? block.length : end)
  const [first = '', ...lines] = text.trimEnd().split(/\r?\n/)
  const status = /^(?:HTTP\/[\d.]+|ICY) +(\d{3})\b/.exec(first)
  return {
    status: status ? Number(status[1]) : null,
    fields: fieldsOf(lines),
    bytes: end < 0 ? block.length : end,
  }
}

/** Undoes chunked transfer. What comes before a wrong chunk is kept, with all that follows it as it stands. */
export function unchunked(body: Buffer): { bytes: Buffer; oddity?: Oddity } {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = body.indexOf(10, at)
    const line =
      end < 0 || end - at > 1024 ? null : /^\s*([\da-f]{1,12})\s*(;[^\n]*)?$/i.exec(body.toString('latin1', at, end))
    const wrong = (what: string) => ({
      bytes: Buffer.concat([...parts, body.subarray(at)]),
      oddity: { kind: 'bad-chunks', message: `${what} at byte ${at} of the body; the rest was kept as it stands.` },
    })
    if (!line) return wrong(at === 0 ? 'The body is said to be chunked and begins with no chunk' : 'No chunk begins')
    const length = Number.parseInt(line[1]!, 16)
    if (length === 0) return { bytes: Buffer.concat(parts) }
    if (end + 1 + length > body.length) {
      at = end + 1
      return wrong('A chunk is longer than the body')
    }
    parts.push(body.subarray(end + 1, end + 1 + length))
    at = end + 1 + length
    if (body[at] === 13) at++
    if (body[at] !== 10) return wrong('A chunk does not end where its length says')
    at++
  }
}

const expanders = {
  gzip: gunzipSync,
  deflate: (bytes: Buffer, options: object) =>
    (bytes[0]! & 15) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0
      ? inflateSync(bytes, options)
      : inflateRawSync(bytes, options),
  br: (bytes: Buffer, { maxOutputLength }: { maxOutputLength: number }) =>
    brotliDecompressSync(bytes, { maxOutputLength, finishFlush: zlib.BROTLI_OPERATION_FLUSH }),
} as const

/** Encodings on top of each other: more than these only an attacker writes. */
const mostEncodings = 3

/** Undoes content encodings. Bytes that were stored without the encoding their head names are kept. */
export function undecorated(body: Buffer, encodings: string, mostBytes: number): { bytes: Buffer; oddity?: Oddity } {
  const names = encodings
    .toLowerCase()
    .split(',')
    .map(name => name.trim().replace(/^x-/, ''))
  const known = names.filter(name => name !== '' && name !== 'identity').reverse()
  if (known.length > mostEncodings) return odd(body, 'bad-encoding', 'The body is said to be compressed too many times')
  let bytes = body
  for (const name of known) {
    const expander = Object.hasOwn(expanders, name) ? expanders[name as keyof typeof expanders] : null
    if (!expander)
      return odd(bytes, 'unread-encoding', `The body is compressed as "${name.slice(0, 20)}", which is not read`)
    if (bytes.length === 0 || (name === 'gzip' && (bytes[0] !== 0x1f || bytes[1] !== 0x8b))) continue
    try {
      bytes = expander(bytes, { maxOutputLength: mostBytes, finishFlush: zlib.Z_SYNC_FLUSH })
    } catch (reason) {
      const large = reason instanceof Error && 'code' in reason && reason.code === 'ERR_BUFFER_TOO_LARGE'
      if (large) return odd(Buffer.alloc(0), 'too-large', `The body expands to more than ${mostBytes} bytes`)
      if (!isText(bytes)) return odd(Buffer.alloc(0), 'bad-compression', `The ${name} data of the body is damaged`)
    }
  }
  return { bytes }
}

const odd = (bytes: Buffer, kind: string, message: string) => ({ bytes, oddity: { kind, message: `${message}.` } })

/** Stored without the encoding that the head names: text all the same. */
const isText = (bytes: Buffer): boolean => !/[\0-\x08\x0e-\x1a]/.test(bytes.toString('latin1', 0, 512))
