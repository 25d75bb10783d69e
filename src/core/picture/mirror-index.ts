import { bitsIn } from '../math/bits.ts'
import { normal, seeded } from '../random.ts'
import type { LookVectors } from './look-vectors.ts'

/** Random planes; the side that a vector lies on is one bit of it. */
const planes = 96
const words = planes / 32
/** Tables, each with some of the bits as its key: any of them may bring two vectors together. */
const tables = 20
/** Places under one key; the oldest gives way, so that a thousand near vectors cost no more than a few. */
const most = 24
/** A cosine beyond which no nearer one is looked for. */
const same = 0.995
/** Bits that may differ beyond those expected before two vectors are not compared: four deviations. */
const slack = 13

/** The nearest of the kept vectors. */
export interface Near {
  /** Its place; -1 when there is none. */
  place: number
  likeness: number
  /** It is near in the mirror. */
  mirrored: boolean
}

/**
 * Nearest pictures by the cosine of their looks, as they are or in the mirror. Candidates share the sides of some random
 * planes (Charikar, "Similarity estimation techniques from rounding algorithms", 2002), and most of all others; which
 * planes is fixed. Some near vectors are overlooked; of nearer ones, fewer.
 */
export class MirrorIndex {
  readonly #looks: LookVectors
  /** Bits of each vector as it is. */
  readonly #signs: Int32Array
  readonly #planes: Float32Array
  readonly #bits: number
  /** The planes whose sides make the key of each table. */
  readonly #chosen: Uint8Array
  readonly #slots: Int32Array
  readonly #filled: Uint32Array
  /** The last vector that was compared with a kept one, so that none is compared twice. */
  readonly #asked: Int32Array
  readonly #mirror = new Int32Array(words)
  readonly #mostBits: number
  #last = -1

  /** @param least cosine below which a vector need not be found */
  constructor(looks: LookVectors, least: number) {
    this.#looks = looks
    const count = looks.flat.length
    this.#bits = Math.max(6, Math.min(14, Math.round(Math.log2(Math.max(1, count) / 4))))
    const random = seeded(1)
    this.#planes = Float32Array.from({ length: planes * looks.length }, () => normal(random))
    this.#chosen = Uint8Array.from({ length: tables * this.#bits }, () => Math.floor(random() * planes))
    this.#signs = new Int32Array(count * words)
    this.#slots = new Int32Array((tables * most) << this.#bits)
    this.#filled = new Uint32Array(tables << this.#bits)
    this.#asked = new Int32Array(count).fill(-1)
    this.#mostBits = (planes * Math.acos(Math.min(1, least))) / Math.PI + slack
  }

  /** The nearest kept vector that was found, and how near it is; below 0 when none shares a key. */
  nearest(place: number): Near {
    const found: Near = { place: -1, likeness: -1, mirrored: false }
    this.#sketch(place)
    for (const mirrored of [false, true])
      for (let t = 0; t < tables && found.likeness < same; t++) this.#compare(place, t, mirrored, found)
    return found
  }

  /** Keeps the vector that was asked about last. */
  keep(): void {
    for (let t = 0; t < tables; t++) {
      const key = this.#keyOf(t, this.#signs, this.#last * words)
      const at = this.#filled[key]!
      this.#slots[key * most + (at % most)] = this.#last
      this.#filled[key] = at + 1
    }
  }

  #keyOf(table: number, signs: Int32Array, at: number): number {
    let key = table
    for (let b = table * this.#bits; b < (table + 1) * this.#bits; b++) {
      const plane = this.#chosen[b]!
      key = (key << 1) | ((signs[at + (plane >> 5)]! >>> (plane & 31)) & 1)
    }
    return key
  }

  #compare(place: number, table: number, mirrored: boolean, found: Near): void {
    const key = mirrored ? this.#keyOf(table, this.#mirror, 0) : this.#keyOf(table, this.#signs, place * words)
    const filled = Math.min(most, this.#filled[key]!)
    for (let s = key * most; s < key * most + filled; s++) {
      const other = this.#slots[s]!
      // Asked as it is or in the mirror: an odd or an even number.
      const question = 2 * place + Number(mirrored)
      if (this.#asked[other] === question || this.#differing(place, other, mirrored) > this.#mostBits) continue
      this.#asked[other] = question
      const likeness = this.#cosine(place, other, mirrored)
      if (likeness <= found.likeness) continue
      found.place = other
      found.likeness = likeness
      found.mirrored = mirrored
    }
  }

  #differing(place: number, other: number, mirrored: boolean): number {
    let sum = 0
    for (let w = 0; w < words; w++)
      sum += bitsIn((mirrored ? this.#mirror[w]! : this.#signs[place * words + w]!) ^ this.#signs[other * words + w]!)
    return sum
  }

  /** Cosine of two vectors, the one as it is or in the mirror. */
  #cosine(a: number, b: number, mirrored: boolean): number {
    const { vectors, length, staying } = this.#looks
    const [p, q] = [a * length, b * length]
    let [stays, turns] = [0, 0]
    for (let k = 0; k < staying; k++) stays += vectors[p + k]! * vectors[q + k]!
    for (let k = staying; k < length; k++) turns += vectors[p + k]! * vectors[q + k]!
    return mirrored ? stays - turns : stays + turns
  }

  /** Bits of a vector as it is and in the mirror. */
  #sketch(place: number): void {
    const { vectors, length, staying } = this.#looks
    const sides = this.#planes
    this.#last = place
    this.#mirror.fill(0)
    for (let b = 0, plane = 0; b < planes; b++, plane += length) {
      let [stays, turns] = [0, 0]
      const at = place * length
      for (let k = 0; k < staying; k++) stays += vectors[at + k]! * sides[plane + k]!
      for (let k = staying; k < length; k++) turns += vectors[at + k]! * sides[plane + k]!
      if (stays + turns > 0) this.#signs[place * words + (b >> 5)]! |= 1 << (b & 31)
      if (stays - turns > 0) this.#mirror[b >> 5]! |= 1 << (b & 31)
    }
  }
}
