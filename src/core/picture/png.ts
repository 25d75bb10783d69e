import { crc32, deflateSync, inflateSync } from 'node:zlib'

import type { Raster } from './raster.ts'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** The raster as the bytes of a PNG file (8-bit RGB, ISO/IEC 15948). The same pixels give the same bytes. */
export function pngOf({ width, height, pixels }: Raster): Uint8Array {
  const lines = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    const at = y * (1 + width * 3)
    // Filter 1: each sample as the difference to the one on its left.
    lines[at] = 1
    for (let k = 0; k < width * 3; k++) {
      const p = y * width * 3 + k
      lines[at + 1 + k] = pixels[p]! - (k < 3 ? 0 : pixels[p - 3]!)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from(signature),
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(lines, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** One chunk of a PNG file: length, type of four letters, data, checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

/** The raster as a `data:` URI that any viewer shows. */
export const dataUriOf = (raster: Raster): string =>
  `data:image/png;base64,${Buffer.from(pngOf(raster)).toString('base64')}`

const headBytes = 33
const mostSide = 4096

/** The pixels of a PNG file that `pngOf` made; null for any other, and for a damaged one. */
export function rasterOfPng(png: Uint8Array): Raster | null {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.length)
  if (bytes.length < headBytes + 12 || signature.some((byte, i) => bytes[i] !== byte)) return null
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const length = bytes.readUInt32BE(headBytes)
  const plain = bytes[24] === 8 && bytes[25] === 2 && bytes.toString('latin1', headBytes + 4, headBytes + 8) === 'IDAT'
  if (!plain || width < 1 || height < 1 || width > mostSide || height > mostSide) return null
  const size = height * (1 + width * 3)
  let lines: Buffer
  try {
    lines = inflateSync(bytes.subarray(headBytes + 8, headBytes + 8 + length), { maxOutputLength: size })
  } catch {
    return null
  }
  if (lines.length !== size) return null
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const at = y * (1 + width * 3)
    if (lines[at] !== 1) return null
    for (let k = 0; k < width * 3; k++) {
      const p = y * width * 3 + k
      pixels[p] = lines[at + 1 + k]! + (k < 3 ? 0 : pixels[p - 3]!)
    }
  }
  return { width, height, pixels }
}
