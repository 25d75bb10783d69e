import type { Bytes } from '../../core/index.ts'
import { Broken } from '../broken.ts'

/** Bytes taken from the source at once. */
const windowBytes = 64 << 10

/** Packed bytes, taken one after another. */
export class Input {
  /** Place of the next byte in the source. */
  private from = 0
  private window: Uint8Array = new Uint8Array(0)
  private next = 0
  private readonly source: Bytes

  constructor(source: Bytes, at = 0) {
    this.source = source
    this.from = at
  }

  /** Place of the next byte. */
  get at(): number {
    return this.from + this.next
  }

  get left(): number {
    return this.source.size - this.at
  }

  /** Throws `Broken` at the end. */
  byte(): number {
    if (this.next === this.window.length) this.fill()
    return this.window[this.next++]!
  }

  /** A copy of the next bytes. */
  take(count: number): Uint8Array {
    if (count > this.left) throw ended()
    const start = this.at
    this.skip(count)
    return this.source.read(start, start + count).slice()
  }

  skip(count: number): void {
    if (count > this.left) throw ended()
    const inWindow = this.window.length - this.next
    if (count <= inWindow) {
      this.next += count
      return
    }
    this.go(this.at + count)
  }

  /** Goes to another place. */
  go(at: number): void {
    this.from = at
    this.next = 0
    this.window = new Uint8Array(0)
  }

  /** Little-endian number of at most 6 bytes. */
  number(bytes: number): number {
    let value = 0
    for (let k = 0, scale = 1; k < bytes; k++, scale *= 256) value += this.byte() * scale
    return value
  }

  private fill(): void {
    this.from = this.at
    this.next = 0
    this.window = this.source.read(this.from, this.from + windowBytes).slice()
    if (this.window.length === 0) throw ended()
  }
}

/** The packed bytes are over before the stream is. */
export const ended = (): Broken => new Broken('truncated', 'the data ends too early')
/** The packed bytes break the rules of their codec. */
export const damaged = (what: string): Broken => new Broken('bad-compression', `the data is damaged: ${what}`)
