/** The header of a 7z archive contradicts itself or ends too early. */
export class BadHeader extends Error {}

/** Reads the fields of a 7z header one after another (7zFormat.txt of the LZMA SDK). */
export class Fields {
  at = 0
  readonly data: Uint8Array

  constructor(data: Uint8Array) {
    this.data = data
  }

  byte(): number {
    if (this.at >= this.data.length) throw new BadHeader('The header ends too early')
    return this.data[this.at++]!
  }

  /** A number whose first byte says by its leading ones how many bytes follow. */
  number(): number {
    const first = this.byte()
    let value = 0
    let scale = 1
    for (let mask = 0x80; mask > 0; mask >>= 1) {
      if ((first & mask) === 0) {
        value += (first & (mask - 1)) * scale
        break
      }
      value += this.byte() * scale
      scale *= 256
    }
    if (!Number.isSafeInteger(value)) throw new BadHeader('The header has a number beyond all sizes')
    return value
  }

  /** A number of things that take at least a bit each of what is left. */
  count(most: number): number {
    const value = this.number()
    if (value > most) throw new BadHeader(`The header promises ${value} things`)
    return value
  }

  take(size: number): Uint8Array {
    if (size > this.data.length - this.at) throw new BadHeader('The header ends too early')
    this.at += size
    return this.data.subarray(this.at - size, this.at)
  }

  u32(): number {
    const [a, b, c, d] = this.take(4) as unknown as [number, number, number, number]
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
  }

  bits(count: number): boolean[] {
    const packed = this.take(Math.ceil(count / 8))
    return Array.from({ length: count }, (_, k) => (packed[k >> 3]! & (0x80 >> (k & 7))) !== 0)
  }

  /** Checksums, null where there is none. */
  digests(count: number): (number | null)[] {
    const known = this.byte() === 0 ? this.bits(count) : null
    return Array.from({ length: count }, (_, k) => (known === null || known[k] ? this.u32() : null))
  }
}
