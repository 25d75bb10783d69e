import { type Bytes, type Examiner, joined, sliceOf, type Unpacked } from '../core/index.ts'

/** More streams than this in one file, one after another, are left unread. */
const mostStreams = 10_000

/** How streams of one kind follow each other in a file. */
export interface Streams {
  readonly codec: string
  /** What the streams are called, for people. */
  readonly as: string
  /** Bytes in front of the packed data when a stream begins at `at`; null when none does. */
  begins(bytes: Bytes, at: number): number | null
  /** Looks at what stands behind the packed data; returns how many bytes of it belong to the stream. */
  ends?(at: number, content: Unpacked): number
  /** Bytes between streams that mean nothing. */
  padding?(bytes: Bytes, at: number): number
}

/** Expands streams that stand one after another, and examines what they hold as one member: so their tools do. */
export async function readStreams(bytes: Bytes, examiner: Examiner, streams: Streams): Promise<void> {
  const pieces: Unpacked[] = []
  let at = 0
  while (at < bytes.size && pieces.length < mostStreams) {
    const head = streams.begins(bytes, at)
    if (head === null) {
      const idle = streams.padding?.(bytes, at) ?? 0
      if (idle === 0) break
      examiner.claim(at, at + idle, 'padding')
      at += idle
      continue
    }
    const content = await examiner.expand(streams.codec, sliceOf(bytes, at + head, bytes.size))
    if (!content) break
    pieces.push(content)
    const packedEnd = at + head + content.used
    const end = packedEnd + (content.trouble === undefined ? (streams.ends?.(packedEnd, content) ?? 0) : 0)
    examiner.claim(at, end, streams.as)
    at = end
    if (content.trouble !== undefined) break
  }
  if (pieces.length === 0) return
  if (pieces.length > 1) examiner.fact('streams', pieces.length)
  const whole = pieces.length === 1 ? pieces[0]! : joined(pieces)
  await examiner.member(innerName(examiner.path), whole, { start: 0, end: at })
}

/** Name of a packed file without the ending that says how it is packed. */
function innerName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const bare = name.replace(/\.(gz|bz2|xz|lzma|zst|zstd|lz4|z|zlib)$/i, '').replace(/\.(tgz|tbz2?|txz)$/i, '.tar')
  return bare === name || bare === '' ? '(unpacked)' : bare
}

/** Zeros from `at` on, up to the end or the first other byte. */
export function zerosAt(bytes: Bytes, start: number): number {
  const stepBytes = 64 << 10
  for (let at = start; at < bytes.size; at += stepBytes) {
    const piece = bytes.read(at, at + stepBytes)
    const other = piece.findIndex(byte => byte !== 0)
    if (other >= 0) return at + other - start
  }
  return bytes.size - start
}

/** The bytes at a place begin with these. */
export function startsWith(bytes: Bytes, at: number, magic: readonly number[]): boolean {
  const found = bytes.read(at, at + magic.length)
  return found.length === magic.length && magic.every((byte, k) => found[k] === byte)
}
