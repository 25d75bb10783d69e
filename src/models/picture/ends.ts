import type { Bytes } from '../../core/index.ts'

const windowBytes = 1 << 16
const mostParts = 1_000_000

const u32 = (b: Uint8Array, at = 0): number => (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!

/** Behind the IEND chunk; 8 when the chunks make no sense. */
export function endOfPng(bytes: Bytes): number {
  let at = 8
  for (let parts = 0; parts < mostParts && at + 12 <= bytes.size; parts++) {
    const head = bytes.read(at, at + 8).slice()
    const size = u32(head) >>> 0
    if (at + 12 + size > bytes.size) return at
    at += 12 + size
    if (u32(head, 4) === 0x49454e44) return at
  }
  return at
}

/** Behind the last end-of-image mark, when nothing but zeros follows; cameras append further pictures. */
export function endOfJpeg(bytes: Bytes): number {
  let at = 2
  for (let parts = 0; parts < mostParts && at + 2 <= bytes.size; parts++) {
    const [mark, kind, high = 0, low = 0] = bytes.read(at, at + 4)
    if (mark !== 0xff) return at
    if (kind === 0xff) at++
    else if (kind === 0xd9) return afterZeros(bytes, at + 2)
    else if (kind === 0xda) at = endOfScan(bytes, at + 2)
    else at += 2 + ((high << 8) | low)
  }
  return at
}

/** Where compressed numbers end: at a mark that is neither stuffing nor a restart. */
function endOfScan(bytes: Bytes, start: number): number {
  for (let at = start; at < bytes.size; at += windowBytes) {
    const piece = bytes.read(at, at + windowBytes + 1)
    for (let k = piece.indexOf(0xff); k >= 0 && k + 1 < piece.length; k = piece.indexOf(0xff, k + 1)) {
      const next = piece[k + 1]!
      if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at + k
    }
  }
  return bytes.size
}

function afterZeros(bytes: Bytes, end: number): number {
  const rest = bytes.read(end, end + windowBytes)
  const further = rest.findIndex(byte => byte !== 0)
  if (further < 0) return Math.min(bytes.size, end + rest.length)
  // Another picture behind it, as cameras write previews.
  return rest[further] === 0xff && rest[further + 1] === 0xd8 ? endOfJpegAt(bytes, end + further) : end
}

const endOfJpegAt = (bytes: Bytes, start: number): number =>
  start + endOfJpeg({ size: bytes.size - start, read: (s, e) => bytes.read(start + s, start + e) })

/** Behind the trailer of a GIF. */
export function endOfGif(bytes: Bytes): number {
  const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + colours(bytes.read(10, 11)[0] ?? 0)
  for (let parts = 0; parts < mostParts && at < bytes.size; parts++) {
    const [kind] = bytes.read(at, at + 1)
    if (kind === 0x3b) return at + 1
    if (kind === 0x2c) at = blocks(bytes, at + 11 + colours(bytes.read(at + 9, at + 10)[0] ?? 0))
    else if (kind === 0x21) at = blocks(bytes, at + 2)
    else return at
  }
  return at
}

function blocks(bytes: Bytes, start: number): number {
  let at = start
  for (let parts = 0; parts < mostParts && at < bytes.size; parts++) {
    const size = bytes.read(at, at + 1)[0]!
    at += 1 + size
    if (size === 0) break
  }
  return at
}

/** As long as the RIFF header says, to an even byte. */
export function endOfRiff(bytes: Bytes): number {
  const [a, b, c, d] = bytes.read(4, 8)
  const size = (a! | (b! << 8) | (c! << 16) | (d! << 24)) >>> 0
  return 8 + size + (size & 1)
}

/** Behind the last `%%EOF` and its line end; a PDF that is updated has several. */
export function endOfPdf(bytes: Bytes): number {
  const from = Math.max(0, bytes.size - windowBytes)
  const tail = Buffer.from(bytes.read(from, bytes.size)).toString('latin1')
  const last = tail.lastIndexOf('%%EOF')
  if (last < 0) return 8
  return from + last + 5 + (/^[\r\n\s\0]*/.exec(tail.slice(last + 5))?.[0].length ?? 0)
}

/** Behind the last whole box. */
export function endOfMedia(bytes: Bytes): number {
  let at = 0
  for (let parts = 0; parts < mostParts && at + 8 <= bytes.size; parts++) {
    const head = bytes.read(at, at + 16).slice()
    if (!/^[\x20-\x7e\xa9]{4}$/.test(Buffer.from(head.subarray(4, 8)).toString('latin1'))) return at
    const small = u32(head) >>> 0
    const size = small === 1 ? (u32(head, 8) >>> 0) * 2 ** 32 + (u32(head, 12) >>> 0) : small
    if (small === 0) return bytes.size
    if (size < 8 || at + size > bytes.size) return at
    at += size
  }
  return at
}
