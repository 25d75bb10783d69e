import { patchNumbers } from '../../core/index.ts'
import type { LocalPatches } from '../../statistics/index.ts'

/** Numbers of a patch as they are compared: what it shows, and its size. */
export const patchColumns = patchNumbers + 1
/** Largest distance of two views of one patch. */
export const widest = 40
/** What a doubling of the side counts against differences of colour: stickers are near and far. */
const octave = 12
/** Means of the three planes come first, so that most strangers are left after three numbers. */
const order = [0, 6, 12, 1, 2, 7, 8, 13, 14, 3, 4, 5, 9, 10, 11, 15, 16, 17]
const meanColumns = 3
const restColumns = patchColumns - meanColumns
const scratch = new Float32Array(patchColumns)
const cellBits = 4
const cellsAcross = 256 >> cellBits

/** Patches of some pictures, ready to be asked for those near a given one. */
export class NearPatches {
  /** The first numbers of each patch, by cell of their mean colour, and apart the others, which few questions reach. */
  readonly #means: Float32Array
  readonly #rest: Float32Array
  readonly #heads: Uint32Array
  readonly #picture: Uint32Array
  readonly #patch: Uint32Array
  readonly #stamp: Uint32Array
  #round = 0
  /** Squared distance and patch of the pictures found by the last question. */
  readonly distance: Float32Array
  readonly nearest: Uint32Array
  /** Pairs that were compared: the time that was spent. */
  compared = 0

  /** @param pictures those to be found, ascending */
  constructor(patches: LocalPatches, pictures: ArrayLike<number>) {
    const { starts } = patches
    let count = 0
    for (let q = 0; q < pictures.length; q++) count += starts[pictures[q]! + 1]! - starts[pictures[q]!]!
    this.#means = new Float32Array(count * meanColumns)
    this.#rest = new Float32Array(count * restColumns)
    this.#picture = new Uint32Array(count)
    this.#patch = new Uint32Array(count)
    this.#heads = new Uint32Array(cellsAcross ** 3 + 1)
    this.#stamp = new Uint32Array(starts.length)
    this.distance = new Float32Array(starts.length)
    this.nearest = new Uint32Array(starts.length)
    this.#fill(patches, pictures)
  }

  #fill(patches: LocalPatches, pictures: ArrayLike<number>): void {
    const { starts, shows } = patches
    const heads = this.#heads
    const each = (take: (picture: number, patch: number, cell: number) => void) => {
      for (let q = 0; q < pictures.length; q++)
        for (let k = starts[pictures[q]!]!; k < starts[pictures[q]! + 1]!; k++)
          take(pictures[q]!, k, cellOf(shows, k * patchNumbers))
    }
    each((_, __, cell) => void heads[cell + 1]!++)
    for (let c = 1; c < heads.length; c++) heads[c]! += heads[c - 1]!
    const next = heads.slice()
    each((picture, patch, cell) => {
      const at = next[cell]!++
      this.#picture[at] = picture
      this.#patch[at] = patch
      patchInto(patches, patch, scratch, 0)
      this.#means.set(scratch.subarray(0, meanColumns), at * meanColumns)
      this.#rest.set(scratch.subarray(meanColumns), at * restColumns)
    })
  }

  /**
   * The pictures that hold a patch within a radius of the given one, each once; `distance` and `nearest` then tell of
   * them. In no order.
   */
  within(wanted: Float64Array, radius: number): number[] {
    this.#round++
    const found: number[] = []
    const reach = radius * radius
    for (let l = low(wanted[0]!, radius); l <= high(wanted[0]!, radius); l++)
      for (let a = low(wanted[1]!, radius); a <= high(wanted[1]!, radius); a++) {
        const line = (l * cellsAcross + a) * cellsAcross
        const from = this.#heads[line + low(wanted[2]!, radius)]!
        const to = this.#heads[line + high(wanted[2]!, radius) + 1]!
        this.compared += to - from
        if (to > from) this.#take(from, to, wanted, reach, found)
      }
    return found
  }

  /** Adds the pictures of a run of patches. */
  #take(from: number, to: number, wanted: Float64Array, reach: number, found: number[]): void {
    const [means, round, distance, stamp] = [this.#means, this.#round, this.distance, this.#stamp]
    const [l, a, b] = [wanted[0]!, wanted[1]!, wanted[2]!]
    for (let k = from, at = from * meanColumns; k < to; k++, at += meanColumns) {
      const [x, y, z] = [means[at]! - l, means[at + 1]! - a, means[at + 2]! - b]
      const near = x * x + y * y + z * z
      if (near >= reach) continue
      const far = farness(near, this.#rest, k * restColumns, wanted, reach)
      if (far >= reach) continue
      const i = this.#picture[k]!
      if (stamp[i] !== round) {
        stamp[i] = round
        found.push(i)
      } else if (far >= distance[i]!) continue
      distance[i] = far
      this.nearest[i] = this.#patch[k]!
    }
  }
}

/** The numbers of a patch in the order of comparison. */
export function patchInto(
  { shows, where }: Pick<LocalPatches, 'shows' | 'where'>,
  patch: number,
  into: Float32Array | Float64Array,
  at: number,
): void {
  for (let k = 0; k < patchNumbers; k++) into[at + k] = shows[patch * patchNumbers + order[k]!]!
  into[at + patchNumbers] = octave * Math.log2(Math.max(1, where[3 * patch + 2]!))
}

/** The numbers of one patch. */
export function patchOf(patches: LocalPatches, patch: number): Float64Array {
  const shows = new Float64Array(patchColumns)
  patchInto(patches, patch, shows, 0)
  return shows
}

/** Squared distance, or something at least `reach` as soon as it is that far. */
function farness(sum: number, rest: Float32Array, at: number, wanted: Float64Array, reach: number): number {
  for (let k = restColumns - 1; k >= 0 && sum < reach; k--) {
    const d = rest[at + k]! - wanted[meanColumns + k]!
    sum += d * d
  }
  return sum
}

const cellOf = (shows: Int8Array, at: number): number =>
  (((shows[at]! + 128) >> cellBits) * cellsAcross + ((shows[at + 6]! + 128) >> cellBits)) * cellsAcross +
  ((shows[at + 12]! + 128) >> cellBits)
const low = (value: number, radius: number): number => Math.max(0, (value - radius + 128) >> cellBits)
const high = (value: number, radius: number): number => Math.min(cellsAcross - 1, (value + radius + 128) >> cellBits)
