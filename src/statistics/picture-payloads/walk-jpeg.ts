import { latin, mostPieces, type Piece, view, type Walk } from './carrier.ts'

/** Walks the segments of a JPEG file, scans included. */
export function walkJpeg(bytes: Uint8Array): Walk | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const pieces: Piece[] = []
  const data = view(bytes)
  let goesOn = false
  let at = 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) break
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xd9) return { format: 'JPEG', end: at + 2, pieces, goesOn }
    if (at + 4 > bytes.length) break
    const [start, end] = [at + 4, at + 2 + data.getUint16(at + 2)]
    if (end < start || end > bytes.length) break
    if (marker === 0xfe || (marker >= 0xe0 && marker <= 0xef)) {
      goesOn ||= marker === 0xe2 && latin(bytes, start, start + 4) === 'MPF\0'
      const where = marker === 0xfe ? 'JPEG COM' : `JPEG APP${marker - 0xe0}`
      if (pieces.length < mostPieces) pieces.push({ where, start, end })
    }
    at = marker === 0xda ? scanEnd(bytes, end) : end
  }
  return { format: 'JPEG', end: bytes.length, pieces, goesOn }
}

/** The marker behind coded samples; stuffed zeros and restarts belong to them. */
function scanEnd(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1]!
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2))
  }
  return bytes.length
}
