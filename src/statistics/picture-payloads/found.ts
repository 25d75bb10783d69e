import type { Seen } from '../../core/index.ts'
import { isPicture } from '../../core/index.ts'
import type { Piece, Walk } from './carrier.ts'
import { kindAt } from './kinds.ts'
import { orderIn, readable } from './orders.ts'
import { walkJpeg } from './walk-jpeg.ts'
import { walkBmp, walkBoxes, walkGif, walkPnm, walkWebp } from './walk-others.ts'
import { walkPng } from './walk-png.ts'

/** What a picture file holds besides its picture, most serious first. */
export const payloadKinds = [
  'program',
  'order',
  'archive',
  'disguised',
  'inflates',
  'trailing',
  'picture',
  'bulk',
] as const
export type PayloadKind = (typeof payloadKinds)[number]

/** One payload in one file. */
export interface Payload {
  readonly kind: PayloadKind
  /** Where it stands. */
  readonly where: string
  /** What it is, or the words that tell. */
  readonly what: string
  readonly bytes: number
}

const walks = [walkPng, walkJpeg, walkGif, walkWebp, walkBmp, walkPnm, walkBoxes]
/** A few bytes behind the end are padding or a line end. */
const leastTrailing = 16
const bulk = { bytes: 65_536, times: 4 }
const mostWords = 160

/** Judges the bytes of one picture file. */
export function payloadsOf(seen: Seen): Payload[] {
  const bytes = seen?.bytes
  if (!seen || !bytes || bytes.length === 0) return []
  for (const walk of walks) {
    const walked = walk(bytes)
    if (walked) return [...inside(bytes, walked), ...behind(bytes, walked)]
  }
  const kind = isPicture(seen) ? null : kindAt(bytes, 0)
  return kind && kind.kind !== 'picture' && kind.kind !== 'film'
    ? [{ kind: 'disguised', where: 'the file', what: kind.name, bytes: bytes.length }]
    : []
}

function inside(bytes: Uint8Array, { pieces, end }: Walk): Payload[] {
  const found = pieces.flatMap(piece => inPiece(bytes, piece) ?? [])
  const size = pieces.reduce((sum, piece) => sum + piece.end - piece.start, 0)
  if (size > bulk.bytes && size > bulk.times * (end - size))
    found.push({
      kind: 'bulk',
      where: pieces[0]!.where,
      what: `${size} bytes beside ${end - size} of picture`,
      bytes: size,
    })
  return found
}

function inPiece(bytes: Uint8Array, { where, start, end, unpacked, endless }: Piece): Payload | null {
  const size = end - start
  if (endless) return { kind: 'inflates', where, what: `${size} bytes that unpack beyond a megabyte`, bytes: size }
  const own = unpacked ?? bytes.subarray(start, end)
  for (const at of beginnings(own)) {
    const kind = kindAt(own, at)
    if (kind?.kind === 'program' || kind?.kind === 'archive')
      return { kind: kind.kind, where, what: kind.name, bytes: size }
  }
  const order = orderIn(readable(own))
  if (!order) return null
  return { kind: order.kind === 'order' ? 'order' : 'program', where, what: quoted(order.words), bytes: size }
}

/** A payload may stand behind a name that a zero ends, or two. */
function beginnings(bytes: Uint8Array): number[] {
  const starts = [0]
  for (let at = bytes.indexOf(0); at >= 0 && at < 64 && starts.length < 6; at = bytes.indexOf(0, at + 1))
    starts.push(at + 1)
  return starts
}

const isBlank = (byte: number): boolean => byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32

function behind(bytes: Uint8Array, { end, goesOn, format }: Walk): Payload[] {
  const rest = bytes.subarray(end)
  const size = rest.length
  if (size < 4 || rest.every(byte => byte === rest[0]) || rest.every(isBlank)) return []
  const where = `after the end of the ${format}`
  const start = rest.findIndex(byte => !isBlank(byte))
  const kind = kindAt(rest, Math.max(0, start))
  if (kind?.kind === 'program' || kind?.kind === 'archive')
    return [{ kind: kind.kind, where, what: kind.name, bytes: size }]
  const order = orderIn(readable(rest))
  if (order)
    return [{ kind: order.kind === 'order' ? 'order' : 'program', where, what: quoted(order.words), bytes: size }]
  if (kind) return goesOn || kind.kind === 'film' ? [] : [{ kind: 'picture', where, what: kind.name, bytes: size }]
  if (size < leastTrailing || goesOn) return []
  const text = readable(rest).trim()
  const told = text.length * 2 > Math.min(size, 65_536) ? `text: ${quoted(text)}` : 'bytes that no viewer shows'
  return [{ kind: 'trailing', where, what: told, bytes: size }]
}

const quoted = (text: string): string =>
  JSON.stringify(
    text
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, mostWords),
  )
