import { normal, seeded } from '../random.ts'
import type { LookVectors } from './look-vectors.ts'

/** Tables of sketches, each of which may bring two vectors together. */
const tables = 16
/** Places under one sketch; the oldest gives way, so that a thousand near vectors cost no more than a few. */
const most = 24
/** A cosine beyond which no nearer one is looked for. */
const same = 0.995

/** The nearest of the kept vectors. */
export interface Near {
  /** Its place; -1 when there is none. */
  place: number
  likeness: number
  /** It is near in the mirror. */
  mirrored: boolean
}

/**
 * Nearest pictures by the cosine of their looks, as they are or in the mirror. Candidates share
 * the sides of some random planes (Charikar, "Similarity estimation techniques from rounding algorithms", 2002); which
 * planes is fixed. At a cosine of 0.93 about one near vector in fifty is overlooked among 50,000, of nearer ones fewer.
 */
export class MirrorIndex {
  readonly #vectors: Float32Array
  readonly #length: number
  readonly #staying: number
  readonly #bits: number
  readonly #planes: Float32Array
  readonly #slots: Int32Array
  readonly #filled: Uint32Array
  /** The last vector that was compared with a kept one, so that none is compared twice. */
  readonly #asked: Int32Array
  readonly #keys = new Int32Array(tables)
  readonly #mirrorKeys = new Int32Array(tables)

  #last = -1

  constructor({ vectors, length, staying }: LookVectors) {
    this.#vectors = vectors
    this.#length = length
    this.#staying = staying
    const count = vectors.length / length
    this.#bits = Math.max(6, Math.min(14, Math.round(Math.log2(Math.max(1, count) / 8))))
    const random = seeded(1)
    this.#planes = Float32Array.from({ length: tables * this.#bits * length }, () => normal(random))
    this.#slots = new Int32Array((tables * most) << this.#bits)
    this.#filled = new Uint32Array(tables << this.#bits)
    this.#asked = new Int32Array(count).fill(-1)
  }

  /** The nearest kept vector that was found, and how near it is; below 0 when none shares a sketch. */
  nearest(place: number): Near {
    const found: Near = { place: -1, likeness: -1, mirrored: false }
    this.#sketch(place)
    for (const keys of [this.#keys, this.#mirrorKeys])
      for (let t = 0; t < tables && found.likeness < same; t++) this.#compare(place, keys[t]!, found)
    return found
  }

  /** Keeps the vector that was asked about last. */
  keep(): void {
    for (const key of this.#keys) {
      const at = this.#filled[key]!
      this.#slots[key * most + (at % most)] = this.#last
      this.#filled[key] = at + 1
    }
  }

  #compare(place: number, key: number, found: Near): void {
    const filled = Math.min(most, this.#filled[key]!)
    for (let s = key * most; s < key * most + filled; s++) {
      const other = this.#slots[s]!
      if (this.#asked[other] === place) continue
      this.#asked[other] = place
      const [near, inMirror] = this.#cosines(place, other)
      const likeness = Math.max(near, inMirror)
      if (likeness <= found.likeness) continue
      found.place = other
      found.likeness = likeness
      found.mirrored = inMirror > near
    }
  }

  /** Cosine of two vectors, as they are and with one of them in the mirror. */
  #cosines(a: number, b: number): readonly [number, number] {
    const [p, q] = [a * this.#length, b * this.#length]
    let stays = 0
    let turns = 0
    for (let k = 0; k < this.#staying; k++) stays += this.#vectors[p + k]! * this.#vectors[q + k]!
    for (let k = this.#staying; k < this.#length; k++) turns += this.#vectors[p + k]! * this.#vectors[q + k]!
    return [stays + turns, stays - turns]
  }

  #sketch(place: number): void {
    this.#last = place
    const own = this.#vectors.subarray(place * this.#length, (place + 1) * this.#length)
    let plane = 0
    for (let t = 0; t < tables; t++) {
      let key = t
      let mirrorKey = t
      for (let b = 0; b < this.#bits; b++, plane += this.#length) {
        let stays = 0
        let turns = 0
        for (let k = 0; k < this.#staying; k++) stays += own[k]! * this.#planes[plane + k]!
        for (let k = this.#staying; k < this.#length; k++) turns += own[k]! * this.#planes[plane + k]!
        key = (key << 1) | Number(stays + turns > 0)
        mirrorKey = (mirrorKey << 1) | Number(stays - turns > 0)
      }
      this.#keys[t] = key
      this.#mirrorKeys[t] = mirrorKey
    }
  }
}
