/** A table of Huffman codes: short ones by their bits, longer ones by the largest code of each length. */
export interface Codes {
  /** For each beginning of `quick` bits 16 times the value and the length of its code; 0 where the code is longer. */
  readonly short: Int16Array
  /** Largest code of each length, -1 where there is none; and what to add to a code to find its value. */
  readonly largest: Int32Array
  readonly offset: Int32Array
  readonly values: Uint8Array
}

const quick = 8
/** No picture of 8 bits has larger coefficients. */
const largestCell = 2048

/** Codes of growing length in the order of their values (T.81, C.2); null for counts that no codes have. */
export function codesOf(counts: Uint8Array, values: Uint8Array): Codes | null {
  if (counts.reduce((sum, n) => sum + n, 0) !== values.length || values.length > 256) return null
  const short = new Int16Array(1 << quick)
  const [largest, offset] = [new Int32Array(17).fill(-1), new Int32Array(17)]
  for (let length = 1, code = 0, k = 0; length <= 16; length++, code <<= 1) {
    const count = counts[length - 1]!
    offset[length] = k - code
    // A code of ones alone is none.
    if (count > 0 && code + count >= 1 << length) return null
    for (let n = 0; n < count; n++, k++, code++) {
      const room = quick - length
      if (room >= 0) short.fill(16 * values[k]! + length, code << room, (code + 1) << room)
    }
    if (count > 0) largest[length] = code - 1
  }
  return { short, largest, offset, values }
}

/** Reads the coded samples of a scan. */
export class ScanReader {
  readonly #bytes: Uint8Array
  #at = 0
  #bits = 0
  #count = 0
  /** Bits that were made up behind the end of the data. */
  #missing = 0
  /** The last block, coefficients times their steps, row by row. */
  readonly cells = new Int32Array(64)
  /** Its first coefficient, before the step. */
  first = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  #fill(): void {
    while (this.#count <= 16) {
      const byte = this.#bytes[this.#at]
      if (byte === undefined || (byte === 0xff && this.#bytes[this.#at + 1] !== 0)) {
        this.#missing += 8
        this.#bits = (this.#bits << 8) & 0xffffff
      } else {
        this.#at += byte === 0xff ? 2 : 1
        this.#bits = ((this.#bits << 8) | byte) & 0xffffff
      }
      this.#count += 8
    }
  }

  /** The next value; -1 for bits that are no code. */
  #value({ short, largest, offset, values }: Codes): number {
    if (this.#count < 16) this.#fill()
    const found = short[(this.#bits >> (this.#count - quick)) & 255]!
    if (found !== 0) {
      this.#count -= found & 15
      return found >> 4
    }
    for (let length = quick + 1; length <= 16; length++) {
      const code = (this.#bits >> (this.#count - length)) & ((1 << length) - 1)
      if (code > largest[length]!) continue
      this.#count -= length
      return values[code + offset[length]!]!
    }
    return -1
  }

  /** A signed number of so many bits (T.81, F.2.2.1). */
  #number(size: number): number {
    if (size === 0) return 0
    if (this.#count < 16) this.#fill()
    this.#count -= size
    const value = (this.#bits >> this.#count) & ((1 << size) - 1)
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value
  }

  /** Reads a block into `cells`; false when the data are none. */
  block(first: Codes, rest: Codes, steps: Int32Array, last: number): boolean {
    const { cells } = this
    cells.fill(0)
    const size = this.#value(first)
    if (size < 0 || size > 11) return false
    this.first = last + this.#number(size)
    cells[0] = this.first * steps[0]!
    if (Math.abs(cells[0]) > largestCell) return false
    for (let k = 1; k < 64; k++) {
      const value = this.#value(rest)
      if (value < 0) return false
      const own = value & 15
      if (own === 0) {
        if (value !== 0xf0) return value === 0
        k += 15
        continue
      }
      k += value >> 4
      if (k > 63 || own > 10) return false
      const at = diagonal[k]!
      const cell = this.#number(own) * steps[at]!
      if (cell > largestCell || cell < -largestCell) return false
      cells[at] = cell
    }
    return true
  }

  /** Steps over the marker between two runs of blocks; false when another one stands there, or too few bits did. */
  restarts(nth: number): boolean {
    const found = this.#complete() && this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === 0xd0 + (nth & 7)
    this.#at += 2
    this.#count = 0
    this.#bits = 0
    this.#missing = 0
    return found
  }

  /** Whether the scan is complete and the file ends behind it. */
  ended(): boolean {
    return this.#complete() && this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === 0xd9
  }

  /** Nothing was made up, and nothing but the rest of a byte is left. */
  #complete(): boolean {
    return this.#count >= this.#missing && this.#count - this.#missing < 8
  }
}

/** Where the k-th coefficient of a block stands: along its diagonals, to and fro. */
export const diagonal = Uint8Array.from(
  Array.from({ length: 64 }, (_, i) => ({ i, line: (i >> 3) + (i & 7) }))
    // Along even diagonals upwards, along odd ones downwards.
    .sort((a, b) => a.line - b.line || (a.line % 2 === 0 ? (a.i & 7) - (b.i & 7) : (a.i >> 3) - (b.i >> 3)))
    .map(({ i }) => i),
)
