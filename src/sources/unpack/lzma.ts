import { Broken } from '../broken.ts'
import type { Dictionary } from './dictionary.ts'
import { damaged, type Input } from './input.ts'

const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(1024)

/** Lengths of matches, coded in three ranges. */
interface Lengths {
  readonly choice: Uint16Array
  readonly low: Uint16Array
  readonly middle: Uint16Array
  readonly high: Uint16Array
}
const lengths = (): Lengths => ({
  choice: probabilities(2),
  low: probabilities(16 << 3),
  middle: probabilities(16 << 3),
  high: probabilities(256),
})

/** Everything that the coder has learned. */
const freshModel = (literalBits: number) => ({
  isMatch: probabilities(12 << 4),
  isRep: probabilities(12),
  isRep0: probabilities(12),
  isRep1: probabilities(12),
  isRep2: probabilities(12),
  isRep0Long: probabilities(12 << 4),
  slot: probabilities(4 << 6),
  special: probabilities(128),
  align: probabilities(16),
  length: lengths(),
  repLength: lengths(),
  literal: probabilities(0x300 << literalBits),
})

/** The LZMA coder (LZMA specification, Pavlov 2015). */
export class Lzma {
  private range = 0
  private code = 0
  private state = 0
  private reps: [number, number, number, number] = [0, 0, 0, 0]
  private lc = 0
  private lp = 0
  private pb = 0
  private model = freshModel(0)
  /** Bytes of the last match that were not asked for yet. */
  private pending = 0
  private readonly dictionary: Dictionary
  private readonly input: Input

  constructor(input: Input, dictionary: Dictionary) {
    this.input = input
    this.dictionary = dictionary
  }

  /** @param byte (pb * 5 + lp) * 9 + lc */
  properties(byte: number): void {
    if (byte >= 225) throw damaged('impossible LZMA properties')
    this.lc = byte % 9
    this.lp = Math.floor(byte / 9) % 5
    this.pb = Math.floor(byte / 45)
    this.forget()
  }

  /** Forgets what was learned. */
  forget(): void {
    this.state = 0
    this.reps = [0, 0, 0, 0]
    this.model = freshModel(this.lc + this.lp)
  }

  start(): void {
    this.pending = 0
    if (this.input.byte() !== 0) throw damaged('an LZMA stream that does not begin with 0')
    this.range = 0xffffffff
    this.code = 0
    for (let k = 0; k < 4; k++) this.code = ((this.code << 8) | this.input.byte()) >>> 0
  }

  /** Expands until `count` more bytes are written, or to the end mark. True when it met the end mark. */
  run(count: number): boolean {
    const { dictionary, model } = this
    const end = dictionary.total + count
    const mask = (1 << this.pb) - 1
    this.copied(this.pending, end)
    while (dictionary.total < end) {
      const position = dictionary.total & mask
      const context = (this.state << 4) + position
      if (this.bit(model.isMatch, context) === 0) {
        this.literal()
        continue
      }
      const length = this.bit(model.isRep, this.state) ? this.repeat(context, position) : this.match(position)
      if (length < 0) return true
      if (length > 0) this.copied(length, end)
    }
    return false
  }

  private copied(length: number, end: number): void {
    const count = Math.min(length, end - this.dictionary.total)
    if (count > 0) this.dictionary.copy(this.reps[0], count)
    this.pending = length - count
  }

  /** Reads the end mark that may stand behind data of a known length; gives the bytes back when there is none. */
  finish(): void {
    this.settle()
    const { at } = this.input
    if (this.code === 0) return
    try {
      const { model, state } = this
      const position = this.dictionary.total & ((1 << this.pb) - 1)
      const mark = this.bit(model.isMatch, (state << 4) + position) === 1 && this.bit(model.isRep, state) === 0
      if (mark && this.match(position) < 0) {
        this.settle()
        return
      }
    } catch (reason) {
      if (!(reason instanceof Broken)) throw reason
    }
    this.input.go(at)
  }

  /** Takes the byte that the last bit may have left over. */
  settle(): void {
    if (this.range < 0x1000000) this.more()
  }

  private literal(): void {
    const { dictionary } = this
    const before = dictionary.total > 0 ? dictionary.back(0) : 0
    const low = dictionary.total & ((1 << this.lp) - 1)
    const base = 0x300 * ((low << this.lc) + (before >> (8 - this.lc)))
    let symbol = 1
    if (this.state >= 7) {
      if (this.reps[0] >= dictionary.total) throw damaged('an LZMA match before the beginning')
      let match = dictionary.back(this.reps[0])
      while (symbol < 0x100) {
        const wanted = (match >> 7) & 1
        match <<= 1
        const bit = this.bit(this.model.literal, base + ((1 + wanted) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (wanted !== bit) break
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(this.model.literal, base + symbol)
    dictionary.put(symbol & 255)
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6
  }

  /** Length of a match at a new distance; -1 at the end mark. */
  private match(position: number): number {
    const { model } = this
    const length = this.length(model.length, position)
    this.reps = [0, this.reps[0], this.reps[1], this.reps[2]]
    this.state = this.state < 7 ? 7 : 10
    const slot = this.tree(model.slot, Math.min(length - 2, 3) << 6, 6)
    if (slot < 4) {
      this.reps[0] = slot
      return length
    }
    const bits = (slot >> 1) - 1
    let distance = ((2 | (slot & 1)) << bits) >>> 0
    if (slot < 14) distance += this.reverse(model.special, distance - slot, bits)
    else distance += this.direct(bits - 4) * 16 + this.reverse(model.align, 0, 4)
    if (distance >= 0xffffffff) return -1
    this.reps[0] = distance
    return length
  }

  /** Length of a match at a distance that was used before; 0 when it was one byte, already written. */
  private repeat(context: number, position: number): number {
    const { model, state } = this
    const [a, b, c, d] = this.reps
    if (this.bit(model.isRep0, state) === 0) {
      if (this.bit(model.isRep0Long, context) === 0) {
        this.state = state < 7 ? 9 : 11
        this.dictionary.copy(a, 1)
        return 0
      }
    } else if (this.bit(model.isRep1, state) === 0) this.reps = [b, a, c, d]
    else if (this.bit(model.isRep2, state) === 0) this.reps = [c, a, b, d]
    else this.reps = [d, a, b, c]
    this.state = state < 7 ? 8 : 11
    return this.length(model.repLength, position)
  }

  private length({ choice, low, middle, high }: Lengths, position: number): number {
    if (this.bit(choice, 0) === 0) return 2 + this.tree(low, position << 3, 3)
    if (this.bit(choice, 1) === 0) return 10 + this.tree(middle, position << 3, 3)
    return 18 + this.tree(high, 0, 8)
  }

  private tree(model: Uint16Array, base: number, bits: number): number {
    let symbol = 1
    for (let k = 0; k < bits; k++) symbol = (symbol << 1) | this.bit(model, base + symbol)
    return symbol - (1 << bits)
  }

  private reverse(model: Uint16Array, base: number, bits: number): number {
    let [symbol, value] = [1, 0]
    for (let k = 0; k < bits; k++) {
      const bit = this.bit(model, base + symbol)
      symbol = (symbol << 1) | bit
      value |= bit << k
    }
    return value
  }

  private direct(bits: number): number {
    let value = 0
    for (let k = 0; k < bits; k++) {
      this.settle()
      this.range >>>= 1
      const bit = this.code >= this.range ? 1 : 0
      if (bit) this.code = (this.code - this.range) >>> 0
      value = value * 2 + bit
    }
    return value
  }

  private bit(model: Uint16Array, index: number): 0 | 1 {
    if (this.range < 0x1000000) this.more()
    const p = model[index]!
    const bound = (this.range >>> 11) * p
    if (this.code < bound) {
      this.range = bound
      model[index] = p + ((2048 - p) >>> 5)
      return 0
    }
    this.range = (this.range - bound) >>> 0
    this.code = (this.code - bound) >>> 0
    model[index] = p - (p >>> 5)
    return 1
  }

  private more(): void {
    this.range = (this.range << 8) >>> 0
    this.code = ((this.code << 8) | this.input.byte()) >>> 0
  }
}
