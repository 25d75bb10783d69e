import { integerOf, realOf } from './numerals.ts'
import { forms, names, written } from './opcodes.ts'
import type { Tape } from './tape.ts'
import { latin1Text, rawUnescaped, unescaped, unquoted, utf8Text } from './texts.ts'
import type { PickleBytes, PickleOpaque } from './value.ts'

/** A constant as it stands in the file. */
export type Constant = number | bigint | string | boolean | null | PickleBytes | PickleOpaque

/** Longest text, longest line of a number and longest packed number that are made. */
const mostText = 64 << 20
const mostLine = 8192
const mostDigits = 4096
/** Texts of constants that are remembered: a few are named again and again. */
const mostKnown = 4096

const textCodes = new Set([
  'PERSID',
  'STRING',
  'BINSTRING',
  'SHORT_BINSTRING',
  'UNICODE',
  'BINUNICODE',
  'SHORT_BINUNICODE',
  'BINUNICODE8',
])

/** Where the argument of a counted opcode begins and how long it says it is, given its first bytes. */
export function counted(form: number, data: Uint8Array, at: number): { header: number; size: number } {
  if (form === written.counted1) return { header: 2, size: data[at + 1]! }
  const low = littleEndian(data, at + 1)
  if (form === written.counted4) return { header: 5, size: low }
  return { header: 9, size: low + littleEndian(data, at + 5) * 2 ** 32 }
}

/** Four bytes, unsigned. */
export const littleEndian = (data: Uint8Array, at: number): number =>
  (data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24)) >>> 0

/** Constants, read when somebody asks for them: a handle is the place of the opcode. */
export class Constants {
  private readonly near: Tape
  private readonly far: Tape
  private readonly known = new Map<number, string | null>()

  /**
   * @param near what the run reads at the moment
   * @param far the same bytes, to look elsewhere
   */
  constructor(near: Tape, far: Tape) {
    this.near = near
    this.far = far
  }

  /** The text of a constant of at most so many bytes; null when it is longer or no text. */
  text(handle: number, most: number): string | null {
    const known = this.known.get(handle)
    if (known !== undefined) return known
    if (this.isLonger(handle, most)) return null
    const value = this.value(handle)
    const text = typeof value === 'string' ? value : null
    if (this.known.size >= mostKnown) this.known.clear()
    if (text === null || text.length < 200) this.known.set(handle, text)
    return text
  }

  /** Whether the argument of a constant is longer than so many bytes. Looks at no more of it than that. */
  isLonger(handle: number, most: number): boolean {
    const data = this.view(handle, handle + 16)
    const form = forms[data[0]!]!
    if (form < 16) return false
    if (form < written.line) return counted(form, data, 0).size > most
    const end = Math.min(handle + most + 2, this.far.size)
    return !this.view(handle, end).includes(10) && end < this.far.size
  }

  /** The first letters of a text, however long it is; null when it is no text. */
  head(handle: number, most: number): string | null {
    const code = this.view(handle, handle + 1)[0]!
    if (!textCodes.has(names[code]!)) return null
    const data = this.bytes(handle, 4 * most)
    return (utf8Text(data) ?? utf8Text(data.subarray(0, wholeLetters(data))) ?? latin1Text(data)).slice(0, most)
  }

  value(handle: number): Constant {
    const data = this.view(handle, handle + 16)
    const code = data[0]!
    const form = forms[code]!
    if (form === written.line) return this.lined(code, handle)
    if (form < 16) return fixed(code, data)
    const { header, size } = counted(form, data, 0)
    const start = handle + header
    if (textCodes.has(names[code]!)) return this.counts(start, size)
    if (names[code]!.startsWith('LONG')) return this.long(start, size)
    return { kind: 'bytes', size, offset: start }
  }

  /** The bytes that a text or byte constant stands for, as far as they are there; texts as UTF-8. */
  bytes(handle: number, most: number): Uint8Array {
    const data = this.view(handle, handle + 16)
    const form = forms[data[0]!]!
    if (form >= written.counted1 && form <= written.counted8) {
      const { header, size } = counted(form, data, 0)
      return this.view(handle + header, handle + header + Math.min(size, most)).slice()
    }
    const name = names[data[0]!]
    const end = this.far.newline(handle + 1)
    const line = this.line(handle + 1, Math.min(end < 0 ? this.far.size : end, handle + 1 + 4 * most))
    if (name === 'STRING') return bytesOf(unescaped(unquoted(line) ?? line).slice(0, most))
    return new TextEncoder().encode((name === 'UNICODE' ? rawUnescaped(line) : line).slice(0, most))
  }

  /** A text that stands as bytes, as Latin letters; null for texts that stand as letters. */
  latin(handle: number): string | null {
    const name = names[this.view(handle, handle + 1)[0]!]!
    return name.endsWith('STRING') ? latin1Text(this.bytes(handle, mostText)) : null
  }

  /** The line [start, end) as characters of the same number as its bytes. */
  line(start: number, end: number): string {
    return latin1Text(this.view(start, end))
  }

  /** The line [start, end) as the name of a module or of something in it. */
  name(start: number, end: number): string {
    const data = this.view(start, end)
    return utf8Text(data) ?? latin1Text(data)
  }

  view(start: number, end: number): Uint8Array {
    if (this.near.holds(start, Math.min(end, this.near.size)))
      return this.near.data.subarray(start - this.near.base, Math.min(end, this.near.size) - this.near.base)
    return this.far.view(start, end)
  }

  private counts(start: number, size: number): string | PickleOpaque {
    if (size > mostText) return { kind: 'opaque', why: `a text of ${size} bytes` }
    const data = this.view(start, start + size)
    return utf8Text(data) ?? latin1Text(data)
  }

  private lined(code: number, handle: number): Constant {
    const end = this.far.newline(handle + 1)
    const stop = end < 0 ? this.far.size : end
    const name = names[code]!
    const most = textCodes.has(name) || name === 'PERSID' ? mostText : mostLine
    if (stop - handle > most) return { kind: 'opaque', why: `a line of ${stop - handle} bytes` }
    const line = this.line(handle + 1, stop)
    if (name === 'STRING') return decoded(unescaped(unquoted(line) ?? line))
    if (name === 'PERSID') return line
    if (name === 'UNICODE') return rawUnescaped(line)
    if (name === 'FLOAT') return realOf(line)
    if (name === 'INT' && (line === '00' || line === '01')) return line === '01'
    return integerOf(line) ?? { kind: 'opaque', why: 'a number that is none' }
  }

  private long(start: number, size: number): number | bigint | PickleOpaque {
    if (size > mostDigits) return { kind: 'opaque', why: `an integer of ${size} bytes` }
    const data = this.view(start, start + size)
    let value = 0n
    for (let k = data.length - 1; k >= 0; k--) value = (value << 8n) | BigInt(data[k]!)
    if (data.length > 0 && data.at(-1)! > 127) value -= 1n << BigInt(8 * data.length)
    const small = Number(value)
    return Number.isSafeInteger(small) ? small : value
  }
}

/** Where the last whole letter of UTF-8 ends. */
export function wholeLetters(data: Uint8Array): number {
  let end = data.length
  while (end > 0 && end > data.length - 4 && data[end - 1]! >= 0x80) end--
  return end
}

/** The text of bytes that the loader decodes with an encoding of its choice. */
const decoded = (text: string): string => utf8Text(bytesOf(text)) ?? text

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))

function fixed(code: number, data: Uint8Array): Constant {
  switch (names[code]) {
    case 'NEWTRUE':
      return true
    case 'NEWFALSE':
      return false
    case 'BININT':
      return littleEndian(data, 1) | 0
    case 'BININT1':
      return data[1]!
    case 'BININT2':
      return data[1]! | (data[2]! << 8)
    case 'BINFLOAT':
      return new DataView(data.buffer, data.byteOffset).getFloat64(1)
    default:
      return null
  }
}
