import type { Source } from '../../core/index.ts'

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
    const parts: Uint8Array[] = [this.bytes]
    let length = this.bytes.length
    while (length < count) {
      const { done, value } = await this.chunks.next()
      if (done) {
        this.over = true
        break
      }
      parts.push(value)
      length += value.length
    }
    if (parts.length > 1) this.bytes = Buffer.concat(parts)
    return length >= count
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count)
    this.at += count
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }
}
