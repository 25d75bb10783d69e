import { crc32, inflateSync } from 'node:zlib'
import type { Raster } from '../core/index.ts'

/** The pixels of a small PNG file, and whether they are grey. */
export interface SmallPng {
  readonly raster: Raster
  readonly grey: boolean
}

/** Pixels up to which a call into the decoder costs more than reading the file here. */
const mostPixels = 1 << 15
const mostChunks = 64

/**
 * Reads the plain ones of small PNG files (8 bits, grey, RGB or palette, neither transparent, interlaced nor profiled;
 * ISO/IEC 15948): many sets are made of them, and the decoder's own overhead is ten times the work. Null for any other
 * file, and for whatever is odd about one.
 */
export function smallPng(bytes: Uint8Array): SmallPng | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 57 || view.getUint32(8) !== 13) return null
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const type = bytes[25]!
  const plain = bytes[24] === 8 && (type === 0 || type === 2 || type === 3) && bytes[28] === 0
  if (!plain || width < 1 || height < 1 || width * height > mostPixels) return null
  const chunks = chunksOf(bytes, view)
  if (!chunks || (type === 3 && !chunks.palette)) return null
  const channels = type === 2 ? 3 : 1
  const size = height * (1 + width * channels)
  let lines: Buffer
  try {
    lines = inflateSync(chunks.data, { maxOutputLength: size })
  } catch {
    return null
  }
  if (lines.length !== size || !unfilter(lines, height, width * channels, channels)) return null
  const pixels = coloured(lines, width, height, type === 3 ? chunks.palette! : null, channels)
  return pixels && { raster: { width, height, pixels }, grey: type === 0 }
}

function chunksOf(bytes: Uint8Array, view: DataView): { data: Buffer; palette: Uint8Array | null } | null {
  const data: Uint8Array[] = []
  let palette: Uint8Array | null = null
  for (let at = 8, k = 0; k < mostChunks; k++) {
    if (at + 12 > bytes.length) return null
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) return null
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const body = bytes.subarray(at + 8, at + 8 + length)
    // What changes the look beyond the samples is for the decoder.
    if (/^(tRNS|iCCP|eXIf|acTL|cICP)$/.test(type)) return null
    const critical = type === 'IHDR' || type === 'PLTE' || type === 'IDAT' || type === 'IEND'
    if (!critical && /^[A-Z]/.test(type)) return null
    if (critical && crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) return null
    if (type === 'IDAT') data.push(body)
    if (type === 'PLTE') palette = body
    if (type === 'IEND') return data.length > 0 ? { data: Buffer.concat(data), palette } : null
    at += 12 + length
  }
  return null
}

/** Undoes the filters of all lines in place; false when a line names one that is none. */
function unfilter(lines: Buffer, height: number, line: number, step: number): boolean {
  for (let y = 0; y < height; y++) {
    const at = y * (line + 1)
    const filter = lines[at]!
    if (filter > 4) return false
    if (filter === 0) continue
    const above = y === 0 ? -1 : at - line
    for (let k = 0; k < line; k++) {
      const left = k >= step ? lines[at + 1 + k - step]! : 0
      const up = above >= 0 ? lines[above + k]! : 0
      const corner = above >= 0 && k >= step ? lines[above + k - step]! : 0
      lines[at + 1 + k] = lines[at + 1 + k]! + predicted(filter, left, up, corner)
    }
  }
  return true
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

function coloured(
  lines: Buffer,
  width: number,
  height: number,
  palette: Uint8Array | null,
  channels: number,
): Uint8Array | null {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const at = y * (width * channels + 1) + 1
    if (channels === 3) {
      pixels.set(lines.subarray(at, at + width * 3), y * width * 3)
      continue
    }
    for (let x = 0; x < width; x++) {
      const value = lines[at + x]!
      if (palette && value * 3 + 2 >= palette.length) return null
      for (let c = 0; c < 3; c++) pixels[(y * width + x) * 3 + c] = palette ? palette[value * 3 + c]! : value
    }
  }
  return pixels
}
