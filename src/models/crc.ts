import { crc32 } from 'node:zlib'
import type { Bytes } from '../core/index.ts'

const stepBytes = 256 << 10

/** CRC-32 of all bytes, as zip, gzip and others use it. */
export function crcOf(bytes: Bytes): number {
  let crc = 0
  for (let at = 0; at < bytes.size; at += stepBytes)
    crc = crc32(bytes.read(at, Math.min(bytes.size, at + stepBytes)), crc)
  return crc
}
