import type { Bytes } from '../../core/index.ts'
import { gathered } from '../gather.ts'

/**
 * Bytes that one step of a decoder may read: a bzip2 block of nine hundred thousand symbols of twenty bits is the most
 * that any takes.
 */
const stepBytes = 3 << 20
const aheadBytes = 4 << 20

/** A stream as bytes that decoders read at once: always some way ahead of them. */
export class Ahead implements Bytes {
  private window: Buffer = Buffer.alloc(0)
  private from = 0
  private over = false
  private readonly chunks: AsyncIterator<Uint8Array>

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.chunks = stream[Symbol.asyncIterator]()
  }

  /** Not known before the stream ends. */
  get size(): number {
    return this.over ? this.from + this.window.length : Infinity
  }

  read(start: number, end: number): Uint8Array {
    return this.window.subarray(Math.max(0, start - this.from), Math.max(0, end - this.from))
  }

  /** Forgets what lies before `at` and reads on; false when nothing lies behind it. */
  async fill(at: number): Promise<boolean> {
    if (this.window.length - (at - this.from) < stepBytes && !this.over) await this.pull(at)
    return at < this.from + this.window.length
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  private async pull(at: number): Promise<void> {
    const passed = Math.min(this.window.length, at - this.from)
    this.from += passed
    const { bytes, over } = await gathered(this.window.subarray(passed), this.chunks, aheadBytes)
    this.window = bytes
    this.over = over
  }
}
