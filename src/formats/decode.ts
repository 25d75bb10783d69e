import { isAscii, isUtf8 } from 'node:buffer'
import type { RecordDefect } from '../core/index.ts'
import type { Block } from './blocks.ts'

const windows1252 = new TextDecoder('windows-1252')

/**
 * Gives the k-th record of a block as text. Bytes that are not UTF-8 are read as Windows-1252 and reported once for
 * each record, as is a NUL byte.
 */
export function textsOf(block: Block, defects: RecordDefect[]): (k: number) => string {
  const { bytes, starts, ends } = block
  const plain = isAscii(bytes)
  const good = plain || isUtf8(bytes)
  const nul = bytes.includes(0)
  if (good && !nul) return k => bytes.toString(plain ? 'latin1' : 'utf8', starts[k], ends[k])
  return k => {
    const record = bytes.subarray(starts[k], ends[k])
    const at = { record: block.records[k]!, line: block.lines[k]!, lost: false }
    if (nul && record.includes(0)) {
      const column = record.indexOf(0) + 1
      defects.push({ ...at, kind: 'nul-byte', column, message: 'The record holds a NUL byte; it was kept.' })
    }
    if (isUtf8(record)) return record.toString('utf8')
    const column = badByte(record) + 1
    const message = 'The bytes are not UTF-8; they were read as Windows-1252. Save the file as UTF-8.'
    defects.push({ ...at, kind: 'bad-encoding', column, message })
    return windows1252.decode(record)
  }
}

/** Place of the first byte that cannot be UTF-8, by bisection over valid prefixes (a cut character counts as bad). */
function badByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 4) {
    const middle = (good + bad) >> 1
    const valid = [0, 1, 2, 3].some(back => isUtf8(bytes.subarray(0, middle - back)))
    if (valid) good = middle - 3
    else bad = middle
  }
  return Math.max(0, good)
}
