import { crc32, deflateSync } from 'node:zlib'

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
