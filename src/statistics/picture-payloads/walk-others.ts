import { latin, mostPieces, type Piece, view, type Walk } from './carrier.ts'

/** Walks the blocks of a GIF file. */
export function walkGif(bytes: Uint8Array): Walk | null {
  if (!/^GIF8[79]a/.test(latin(bytes, 0, 6)) || bytes.length < 13) return null
  const pieces: Piece[] = []
  const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  let at = 13 + table(bytes[10]!)
  while (at < bytes.length) {
    const kind = bytes[at]!
    if (kind === 0x3b) return { format: 'GIF', end: at + 1, pieces, goesOn: false }
    if (kind !== 0x21 && kind !== 0x2c) break
    const start = kind === 0x21 ? at + 2 : at + 11 + table(bytes[at + 9] ?? 0)
    const label = bytes[at + 1]
    at = blocksEnd(bytes, start)
    const told = kind === 0x21 && (label === 0xfe || label === 0xff || label === 1)
    if (told && pieces.length < mostPieces)
      pieces.push({ where: label === 0xfe ? 'GIF comment' : 'GIF extension', start, end: at })
  }
  return { format: 'GIF', end: bytes.length, pieces, goesOn: false }
}

function blocksEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1
  return at + 1
}

const webpPlain = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])

/** Walks the chunks of a WebP file. */
export function walkWebp(bytes: Uint8Array): Walk | null {
  if (latin(bytes, 0, 4) !== 'RIFF' || latin(bytes, 8, 12) !== 'WEBP') return null
  const data = view(bytes)
  const size = 8 + data.getUint32(4, true)
  const end = size + (size & 1)
  const pieces: Piece[] = []
  for (let at = 12; at + 8 <= Math.min(end, bytes.length); ) {
    const length = data.getUint32(at + 4, true)
    const type = latin(bytes, at, at + 4)
    if (!webpPlain.has(type) && pieces.length < mostPieces)
      pieces.push({ where: `WebP ${type.trim()}`, start: at + 8, end: Math.min(bytes.length, at + 8 + length) })
    at += 8 + length + (length & 1)
  }
  return { format: 'WebP', end: Math.min(end, bytes.length), pieces, goesOn: false }
}

/** A bitmap says how long it is; some writers leave that empty. */
export function walkBmp(bytes: Uint8Array): Walk | null {
  if (latin(bytes, 0, 2) !== 'BM' || bytes.length < 30) return null
  const data = view(bytes)
  const [claimed, start, width, height, bits] = [
    data.getUint32(2, true),
    data.getUint32(10, true),
    Math.abs(data.getInt32(18, true)),
    Math.abs(data.getInt32(22, true)),
    data.getUint16(28, true),
  ]
  const needed = start + Math.ceil((width * bits) / 32) * 4 * height
  const packed = data.getUint32(14, true) >= 40 && bytes.length >= 34 && ![0, 3].includes(data.getUint32(30, true))
  const end = packed ? claimed : needed
  // Two bytes of padding are common.
  const honest = end <= 0 || end + 4 > bytes.length ? bytes.length : end
  return { format: 'BMP', end: honest, pieces: [], goesOn: false }
}

/** PPM and PGM: a head in letters, then as many samples as it says. */
export function walkPnm(bytes: Uint8Array): Walk | null {
  const head = latin(bytes, 0, 2048)
  const found = /^P([56])((?:\s|#[^\n]*\n)+)(\d+)((?:\s|#[^\n]*\n)+)(\d+)((?:\s|#[^\n]*\n)+)(\d+)\s/.exec(head)
  if (!found) return null
  const samples = Number(found[3]) * Number(found[5]) * (found[1] === '6' ? 3 : 1) * (Number(found[7]) > 255 ? 2 : 1)
  const end = Math.min(bytes.length, found[0].length + samples)
  return { format: 'PNM', end, pieces: [{ where: 'PNM head', start: 0, end: found[0].length }], goesOn: false }
}

const plainBoxes = new Set(['ftyp', 'meta', 'mdat', 'moov', 'free', 'skip', 'styp', 'sidx', 'iloc'])

/** AVIF and HEIF: boxes to the end of the file. */
export function walkBoxes(bytes: Uint8Array): Walk | null {
  if (latin(bytes, 4, 8) !== 'ftyp') return null
  const data = view(bytes)
  const pieces: Piece[] = []
  let at = 0
  while (at + 8 <= bytes.length) {
    const type = latin(bytes, at + 4, at + 8)
    const short = data.getUint32(at)
    const size =
      short === 1 && at + 16 <= bytes.length
        ? Number(data.getBigUint64(at + 8))
        : short === 0
          ? bytes.length - at
          : short
    if (size < 8 || !/^[\w ]{4}$/.test(type) || at + size > bytes.length) break
    const told = !plainBoxes.has(type) || type === 'free' || type === 'skip'
    if (told && pieces.length < mostPieces) pieces.push({ where: `box ${type}`, start: at + 8, end: at + size })
    at += size
  }
  return { format: 'AVIF or HEIF', end: at === 0 ? bytes.length : at, pieces, goesOn: false }
}
