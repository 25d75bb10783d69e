import { isAscii, isUtf8 } from 'node:buffer'
import type { RecordDefect } from '../core/index.ts'
import type { Block } from './blocks.ts'

/** Node's own slices: without the checks of `toString` a tenth of all reading time is saved. */
type Slicing = Buffer & Record<'latin1Slice' | 'utf8Slice', (start?: number, end?: number) => string>

/** Node 20 reads 0x80 to 0x9f as Latin-1 unless it is told that more may follow. */
const windows1252 = new TextDecoder('windows-1252')

/**
 * Gives the k-th record of a block as text. Bytes that are not UTF-8 are read as Windows-1252 and reported once for
 * each record, as is a NUL byte.
 */
export function textsOf(block: Block, defects: RecordDefect[]): (k: number) => string {
  const { starts, ends } = block
  const bytes = block.bytes as Slicing
  const plain = isAscii(bytes)
  const good = plain || isUtf8(bytes)
  const nul = bytes.includes(0)
  if (good && !nul) return plain ? k => bytes.latin1Slice(starts[k], ends[k]) : k => bytes.utf8Slice(starts[k], ends[k])
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
    return windows1252.decode(record, { stream: true })
  }
}

/** Place of the first byte that starts no UTF-8 character. */
function badByte(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    if (!isUtf8(bytes.subarray(i, i + length)) || i + length > bytes.length) return i
    i += length
  }
  return bytes.length
}
