import type { Source } from '../core/index.ts'

/** Bytes looked at to find out the encoding. */
const lookBytes = 4096

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Sees the encoding from a byte order mark, else from where the NUL bytes stand. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const look = head.subarray(0, lookBytes)
  if (look.length < 8) return 'utf-8'
  const nul = [0, 0]
  for (let i = 0; i < look.length; i++) if (look[i] === 0) nul[i & 1]!++
  const half = look.length / 2
  if (nul[1]! > half * 0.4 && nul[0]! < half * 0.1) return 'utf-16le'
  if (nul[0]! > half * 0.4 && nul[1]! < half * 0.1) return 'utf-16be'
  return 'utf-8'
}

/** The bytes as UTF-8 without a byte order mark. */
export async function* utf8Of(source: Source): AsyncGenerator<Uint8Array> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let first = true
  for await (const chunk of source.stream()) {
    if (first && chunk.length > 0) {
      first = false
      const encoding = encodingOf(chunk)
      if (encoding === 'utf-8') {
        yield chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk
        continue
      }
      decoder = new TextDecoder(encoding)
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk
  }
  const rest = decoder?.decode()
  if (rest) yield Buffer.from(rest)
}

/** The first bytes of a text as UTF-8 without a byte order mark. */
export function utf8Head(head: Uint8Array): Buffer {
  const encoding = encodingOf(head)
  if (encoding !== 'utf-8') return Buffer.from(new TextDecoder(encoding).decode(head))
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).subarray(mark ? 3 : 0)
}

/** False for bytes that no text holds: control characters other than white space, except a few NUL bytes. */
export function isText(head: Uint8Array): boolean {
  if (encodingOf(head) !== 'utf-8') return true
  let odd = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) odd++
  return odd * 100 <= head.length || odd <= 2
}
