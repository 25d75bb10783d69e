import type { Bytes, Examiner } from '../core/index.ts'

/** The bytes contradict their own format; `at` says where. */
export class Malformed extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Bytes read ahead: most reads of numbers are neighbours. */
const windowBytes = 64 << 10
/** Longer texts are no names or values that a person must see whole. */
const mostText = 1 << 20

/**
 * Reads numbers and texts one after another, or anywhere. Every read is checked against the end: it gives what the
 * file holds or throws `Malformed`, never zeros.
 */
export class Cursor {
  readonly bytes: Bytes
  at: number
  little: boolean
  private window = new Uint8Array(0)
  private view = new DataView(this.window.buffer)
  private from = 0
  private readonly ahead: number

  /** @param ahead bytes read at once; few for readers that jump about */
  constructor(bytes: Bytes, at = 0, little = true, ahead = windowBytes) {
    this.ahead = ahead
    this.bytes = bytes
    this.at = at
    this.little = little
  }

  get size(): number {
    return this.bytes.size
  }

  get left(): number {
    return this.bytes.size - this.at
  }

  /** Moves on by `count` and gives the offset in the window of where it was. */
  private step(count: number): number {
    const start = this.at
    if (start < 0 || count > this.bytes.size - start)
      throw new Malformed(`${count} bytes should be at ${start}, and the data ends at ${this.bytes.size}`, start)
    if (start < this.from || start + count > this.from + this.window.length) {
      this.window = new Uint8Array(this.bytes.read(start, start + Math.max(count, this.ahead)))
      this.view = new DataView(this.window.buffer)
      this.from = start
    }
    this.at = start + count
    return start - this.from
  }

  u8 = (): number => {
    const k = this.step(1)
    return this.window[k]!
  }
  i8 = (): number => (this.u8() << 24) >> 24
  u16 = (): number => {
    const k = this.step(2)
    return this.view.getUint16(k, this.little)
  }
  i16 = (): number => (this.u16() << 16) >> 16
  u32 = (): number => {
    const k = this.step(4)
    return this.view.getUint32(k, this.little)
  }
  i32 = (): number => this.u32() | 0
  f32 = (): number => {
    const k = this.step(4)
    return this.view.getFloat32(k, this.little)
  }
  f64 = (): number => {
    const k = this.step(8)
    return this.view.getFloat64(k, this.little)
  }
  u64 = (): bigint => {
    const k = this.step(8)
    return this.view.getBigUint64(k, this.little)
  }
  i64 = (): bigint => BigInt.asIntN(64, this.u64())

  /** An unsigned number of 1 to 8 bytes. */
  big(width: number): bigint {
    let value = 0n
    const k = this.step(width)
    for (let j = 0; j < width; j++) {
      const byte = BigInt(this.window[k + (this.little ? width - 1 - j : j)]!)
      value = (value << 8n) | byte
    }
    return value
  }

  /** A length or an offset of 64 bits; one that no file can have is a contradiction. */
  length(what: string): number {
    const at = this.at
    const value = this.u64()
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new Malformed(`${what} is ${value}, more than any file holds`, at)
    return Number(value)
  }

  /** Moves on by `count` bytes that must be there. */
  skip(count: number, what: string): void {
    if (!(count >= 0) || count > this.left)
      throw new Malformed(`${what} takes ${count} bytes at ${this.at}, and ${this.left} are left`, this.at)
    this.at += count
  }

  /** A copy of the next bytes. */
  take(count: number, what: string): Uint8Array {
    const start = this.at
    this.skip(count, what)
    return new Uint8Array(this.bytes.read(start, start + count))
  }

  /** The next `count` bytes as text; of longer ones the first mebibyte. */
  text(count: number, what: string): string {
    const start = this.at
    this.skip(count, what)
    return utf8(this.bytes.read(start, start + Math.min(count, mostText)))
  }
}

/** Bytes as text; what is no UTF-8 becomes U+FFFD. */
export const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()

/** Text of a file for a sentence: at most 200 characters, in JSON string form. */
export const quoted = (text: string, most = 120): string =>
  JSON.stringify(text.length > most ? `${text.slice(0, most)}…` : text)

/** Reads; says that the bytes contradict their format when they do. */
export async function orMalformed(
  examiner: Examiner,
  rule: string,
  read: () => void | Promise<void>,
): Promise<boolean> {
  try {
    await read()
    return true
  } catch (reason) {
    if (!(reason instanceof Malformed)) throw reason
    examiner.note({ rule, severity: 'hold', text: `Malformed: ${reason.message}.`, start: reason.at })
    return false
  }
}
