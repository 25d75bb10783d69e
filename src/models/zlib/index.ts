import { constants, inflateSync } from 'node:zlib'
import { modelFormat } from '../../core/index.ts'
import { readStreams } from '../streams.ts'

/** Packed bytes that must expand before two magic bytes are believed. */
const triedBytes = 2048
const mostTried = 4 << 20

/** Bytes in a zlib envelope (RFC 1950), as joblib and others write them. */
export default modelFormat({
  id: 'zlib',
  title: 'zlib stream',
  extensions: ['.z', '.zlib', '.pkl', '.joblib'],
  common: true,
  sniff: head => (headed(head) && expands(head) ? 3 : 0),
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, {
      codec: 'zlib',
      as: 'zlib stream',
      begins: (from, at) => (headed(from.read(at, at + 2)) ? 0 : null),
    }),
})

/** Method deflate with a window of 32 KiB, no dictionary, and a sum that fits (2.2). */
const headed = (head: Uint8Array): boolean =>
  head.length >= 2 && head[0] === 0x78 && (head[0] * 256 + head[1]!) % 31 === 0 && (head[1]! & 32) === 0

function expands(head: Uint8Array): boolean {
  try {
    const how = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostTried }
    return inflateSync(head.subarray(0, triedBytes), how).length > 0
  } catch (reason) {
    return reason instanceof RangeError
  }
}
