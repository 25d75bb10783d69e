import type { Bytes } from '../../core/index.ts'

/** Everything in a tar stands in blocks of this size. */
export const blockBytes = 512

/** One header of a tar (POSIX ustar; GNU and v7 where they differ). */
export interface Header {
  readonly name: string
  readonly link: string
  /** `0` file, `1` hard link, `2` link, `5` folder, `x` and `g` pax, `L` and `K` long names, `S` sparse, … */
  readonly type: string
  readonly size: number
  readonly gnu: boolean
}

/** The header at a place; null when the sum of its bytes is not the one that it gives. */
export function headerAt(bytes: Bytes, at: number): Header | null {
  const block = bytes.read(at, at + blockBytes)
  return block.length === blockBytes && isHeader(block) ? parsed(block) : null
}

/** The bytes have the checksum of a tar header, and a name. */
export function isHeader(block: Uint8Array): boolean {
  if (block.length < blockBytes || block[0] === 0) return false
  const given = number(block, 148, 8)
  let [unsigned, signed] = [0, 0]
  for (let k = 0; k < blockBytes; k++) {
    const byte = k >= 148 && k < 156 ? 32 : block[k]!
    unsigned += byte
    signed += byte < 128 ? byte : byte - 256
  }
  return given === unsigned || given === signed
}

function parsed(block: Uint8Array): Header {
  const magic = text(block, 257, 6)
  const prefix = magic === 'ustar' ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    link: text(block, 157, 100),
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156]!),
    size: number(block, 124, 12),
    gnu: magic.startsWith('ustar '),
  }
}

/** A text up to its NUL; what is no UTF-8 is shown byte by byte. */
export function text(block: Uint8Array, at: number, size: number): string {
  const end = block.indexOf(0, at)
  const raw = Buffer.from(block.subarray(at, end < 0 || end > at + size ? at + size : end))
  const decoded = raw.toString('utf8')
  return decoded.includes('\ufffd') ? raw.toString('latin1') : decoded
}

/** Octal digits, or the base-256 form of GNU for large numbers; -1 when it is neither. */
function number(block: Uint8Array, at: number, size: number): number {
  if (block[at]! & 0x80) {
    let value = block[at]! & 0x7f
    for (let k = 1; k < size; k++) value = value * 256 + block[at + k]!
    return Number.isSafeInteger(value) ? value : -1
  }
  const digits = text(block, at, size).trim()
  if (digits === '') return 0
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : -1
}

/** Records "length key=value" of a pax header, the last of a key wins. */
export function paxOf(data: Uint8Array): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(32, at)
    const length = space < 0 || space - at > 10 ? Number.NaN : Number(Buffer.from(data.subarray(at, space)).toString())
    if (!(length > space - at + 2) || at + length > data.length) break
    const record = Buffer.from(data.subarray(space + 1, at + length - 1)).toString('utf8')
    const equals = record.indexOf('=')
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}
