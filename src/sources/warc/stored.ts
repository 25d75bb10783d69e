import type { Source } from '../../core/index.ts'
import { gathered } from '../gather.ts'

/** The bytes of a source, front to back, as far ahead as is asked for. */
export class Stored {
  /** Bytes from `at` on that were read already. */
  bytes: Buffer = Buffer.alloc(0)
  /** Place of `bytes[0]` in the source. */
  at = 0
  private over = false
  private readonly chunks: AsyncIterator<Uint8Array>

  constructor(source: Source) {
    this.chunks = source.stream()[Symbol.asyncIterator]()
  }

  /** Reads on until so many bytes are there; false when the source ends before. */
  async ensure(count: number): Promise<boolean> {
    if (this.bytes.length >= count || this.over) return this.bytes.length >= count
    const { bytes, over } = await gathered(this.bytes, this.chunks, count)
    this.bytes = bytes
    this.over = over
    return bytes.length >= count
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count)
    this.at += count
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }
}
