import { inflateSync } from 'node:zlib'
import { latin, mostPieces, type Piece, view, type Walk } from './carrier.ts'

/** Chunks that are the picture, or a few numbers about it. */
const plain = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA sBIT sRGB bKGD hIST pHYs sPLT tIME acTL fcTL fdAT cICP mDCV cLLI oFFs pCAL sCAL'.split(
    ' ',
  ),
)
const mostUnpacked = 1 << 20

/** Walks the chunks of a PNG file. */
export function walkPng(bytes: Uint8Array): Walk | null {
  if (latin(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n') return null
  const pieces: Piece[] = []
  const data = view(bytes)
  let at = 8
  while (at + 12 <= bytes.length) {
    const start = at + 8
    const end = start + data.getUint32(at)
    const type = latin(bytes, at + 4, start)
    if (end + 4 > bytes.length) break
    at = end + 4
    if (type === 'IEND') return { format: 'PNG', end: at, pieces, goesOn: false }
    if (!plain.has(type) && pieces.length < mostPieces) pieces.push(pieceOf(bytes, type, start, end))
  }
  return { format: 'PNG', end: bytes.length, pieces, goesOn: false }
}

function pieceOf(bytes: Uint8Array, type: string, start: number, end: number): Piece {
  const piece = { where: `PNG ${type.replace(/[^A-Za-z]/g, '?')}`, start, end }
  const packed = packedAt(bytes, type, start, end)
  if (packed < 0) return piece
  const from = bytes.subarray(packed, end)
  try {
    return { ...piece, unpacked: inflateSync(from, { maxOutputLength: mostUnpacked }) }
  } catch (reason) {
    const endless = (reason as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return endless ? { ...piece, endless: true } : piece
  }
}

/** Where the packed part of a chunk begins; -1 when it has none. */
function packedAt(bytes: Uint8Array, type: string, start: number, end: number): number {
  const name = bytes.indexOf(0, start)
  if (name < 0 || name >= end) return -1
  if (type === 'zTXt' || type === 'iCCP') return name + 2
  if (type !== 'iTXt' || bytes[name + 1] !== 1) return -1
  const language = bytes.indexOf(0, name + 3)
  const keyword = language < 0 ? -1 : bytes.indexOf(0, language + 1)
  return keyword < 0 || keyword >= end ? -1 : keyword + 1
}
