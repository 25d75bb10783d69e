import type { Bytes } from '../../core/index.ts'
import { Cursor, Malformed } from '../cursor.ts'

/** The three ways in which R writes numbers: big endian, as this machine does, and as text. */
export type Encoding = 'X' | 'B' | 'A'

const mostToken = 400
const missing = -2147483648

/** Reads R's numbers and texts in one of its encodings (R Internals, 1.8 "Serialization Formats"). */
export class RInput {
  readonly cursor: Cursor
  private readonly encoding: Encoding

  constructor(bytes: Bytes, at: number, encoding: Encoding) {
    this.encoding = encoding
    this.cursor = new Cursor(bytes, at, encoding === 'B')
  }

  get at(): number {
    return this.cursor.at
  }

  integer(): number {
    if (this.encoding !== 'A') return this.cursor.i32()
    const { at } = this
    const word = this.word()
    if (word === 'NA') return missing
    if (!/^-?\d{1,11}$/.test(word)) throw new Malformed('no whole number stands where one must be', at)
    return Number(word)
  }

  real(): number {
    if (this.encoding !== 'A') return this.cursor.f64()
    const word = this.word()
    return word === 'NA' ? Number.NaN : word === 'Inf' ? Infinity : word === '-Inf' ? -Infinity : Number(word)
  }

  /** Passes over `count` elements of a vector. */
  skip(count: number, size: 1 | 4 | 8 | 16): void {
    if (this.encoding !== 'A') this.cursor.skip(count * size, 'a vector')
    else for (let k = 0; k < count * (size === 16 ? 2 : 1); k++) this.word()
  }

  /** A length; longer vectors have it in two parts. */
  length(): number {
    const { at } = this
    const first = this.integer()
    const length = first === -1 ? (this.integer() >>> 0) * 2 ** 32 + (this.integer() >>> 0) : first
    if (length < 0 || length > this.cursor.left) throw new Malformed(`a vector of ${length} elements does not fit`, at)
    return length
  }

  /** A text of known length; -1 is a missing one. */
  text(): string {
    const { at } = this
    const length = this.integer()
    if (length === -1) return 'NA'
    if (length < 0) throw new Malformed(`a text is ${length} bytes long`, at)
    return this.encoding === 'A' ? this.escaped(length) : this.cursor.text(length, 'a text')
  }

  /** Raw bytes as they stand; in text two digits each. */
  raw(length: number): number {
    const { at } = this
    if (this.encoding === 'A') for (let k = 0; k < length; k++) this.word()
    else this.cursor.skip(length, 'raw bytes')
    return at
  }

  private word(): string {
    let word = ''
    for (let byte = this.cursor.u8(); ; byte = this.cursor.u8()) {
      if (byte > 32) word += String.fromCharCode(byte)
      else if (word !== '') return word
      if (word.length > mostToken) throw new Malformed('a number never ends', this.at)
      if (this.cursor.left === 0) return word
    }
  }

  /** In text, bytes that are not printable are octal or C escapes. */
  private escaped(length: number): string {
    const out: number[] = []
    const plain: Readonly<Record<string, number>> = { n: 10, t: 9, v: 11, b: 8, r: 13, f: 12, a: 7 }
    for (let k = 0; k < length; k++) {
      const byte = this.cursor.u8()
      if (byte !== 0x5c) {
        out.push(byte)
        continue
      }
      const next = String.fromCharCode(this.cursor.u8())
      out.push(/[0-7]/.test(next) ? this.octal(next) : (plain[next] ?? next.charCodeAt(0)))
    }
    this.cursor.skip(Math.min(1, this.cursor.left), 'the end of a line')
    return Buffer.from(out).toString()
  }

  private octal(first: string): number {
    let digits = first
    while (digits.length < 3 && this.cursor.left > 0) {
      const next = String.fromCharCode(this.cursor.u8())
      if (/[0-7]/.test(next)) digits += next
      else {
        this.cursor.at--
        break
      }
    }
    return Number.parseInt(digits, 8)
  }
}
