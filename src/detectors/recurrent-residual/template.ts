import { medianOf } from './pairs.ts'
import type { Standard } from './standard.ts'

/** Everything that templates are made of and scored on. */
export interface Ground {
  readonly views: readonly Standard[]
  readonly looks: Standard
  /** Index of each row's label; -1 where there is none. */
  readonly label: Int32Array
  /** An even sample of all rows. */
  readonly sample: Int32Array
}

/** What some rows have and pictures that look like them have not, and how much of it every row has. */
export interface Scored {
  readonly members: readonly number[]
  /** Rows that look most like members. */
  readonly alike: readonly number[]
  /** For the asked rows: agreement with the template, in spreads of rows that are not of the label. */
  readonly scores: Float64Array
}

const folds = 5
const alikeEach = 4
const mostPartners = 24
/** Rows that tell what is usual for a template. */
const crowdRows = 700
const normal = 1.4826

/** Rows elsewhere that look most like the members: what the members would be like without what they share. */
export function partners({ looks, sample }: Ground, members: readonly number[]): number[] {
  const own = new Set(members)
  const step = Math.max(1, Math.ceil(members.length / mostPartners))
  const found = new Set<number>()
  for (let k = 0; k < members.length; k += step)
    for (const row of nearestLooks(looks, members[k]!, sample, alikeEach, own)) found.add(row)
  return [...found].sort((a, b) => a - b)
}

/** The rows among `others` that look most like `row`. */
export function nearestLooks(
  looks: Standard,
  row: number,
  others: Int32Array,
  count: number,
  not: ReadonlySet<number>,
): number[] {
  const best: { row: number; value: number }[] = []
  for (const other of others) {
    if (other === row || not.has(other)) continue
    const value = lookCosine(looks, row, other)
    if (best.length === count && value <= best[count - 1]!.value) continue
    let place = best.length
    while (place > 0 && best[place - 1]!.value < value) place--
    best.splice(place, 0, { row: other, value })
    if (best.length > count) best.pop()
  }
  return best.map(({ row: found }) => found)
}

export function lookCosine({ cells, columns, lengths }: Standard, a: number, b: number): number {
  let sum = 0
  for (let k = 0, i = a * columns, j = b * columns; k < columns; k++, i++, j++) sum += cells[i]! * cells[j]!
  return sum / (lengths[a]! * lengths[b]!)
}

interface Sums {
  readonly mean: Float64Array
  readonly square: Float64Array
  count: number
}

function sumsOf({ columns, cells, lengths }: Standard, rows: readonly number[]): Sums {
  const mean = new Float64Array(columns)
  const square = new Float64Array(columns)
  for (const row of rows) {
    const scale = 1 / lengths[row]!
    for (let k = 0, at = row * columns; k < columns; k++, at++) {
      const value = cells[at]! * scale
      mean[k]! += value
      square[k]! += value * value
    }
  }
  const count = Math.max(1, rows.length)
  for (let k = 0; k < columns; k++) {
    mean[k]! /= count
    square[k] = Math.max(1e-12, square[k]! / count - mean[k]! ** 2)
  }
  return { mean, square, count: rows.length }
}

/** Difference of two means, each number shrunk by how uncertain it is, over its variance; of length one. */
function template(ours: Sums, theirs: Sums): Float64Array {
  const out = new Float64Array(ours.mean.length)
  let length = 0
  for (let k = 0; k < out.length; k++) {
    const difference = ours.mean[k]! - theirs.mean[k]!
    const variance = theirs.square[k]!
    const doubt = variance * (1 / Math.max(1, ours.count) + 1 / Math.max(1, theirs.count))
    const value = difference * Math.max(0, 1 - doubt / (difference * difference + 1e-18))
    out[k] = value
    length += value * value
  }
  const scale = 1 / Math.sqrt(length + 1e-18)
  for (let k = 0; k < out.length; k++) out[k]! *= scale
  return out
}

/**
 * Scores rows against what the members share. A member is scored with a template made without its fifth of the
 * members, so that it does not vote for itself.
 */
export function scored(
  ground: Ground,
  members: readonly number[],
  rows: Int32Array,
  alike: readonly number[] = partners(ground, members),
): Scored {
  const fold = new Map(members.map((row, k) => [row, k % folds]))
  const scores = new Float64Array(rows.length)
  const step = Math.max(1, Math.floor(ground.sample.length / crowdRows))
  const usual = ground.sample.filter((row, k) => k % step === 0 && !fold.has(row))
  for (const view of ground.views) {
    const theirs = sumsOf(view, alike)
    const templates = Array.from({ length: folds + 1 }, (_, f) =>
      template(
        sumsOf(
          view,
          members.filter(row => fold.get(row) !== f),
        ),
        theirs,
      ),
    )
    const raw = Float64Array.from(rows, row => dot(view, row, templates[fold.get(row) ?? folds]!))
    const crowd = Float64Array.from(usual, row => dot(view, row, templates[folds]!))
    const middle = medianOf(crowd)
    const spread = normal * medianOf(crowd.map(v => Math.abs(v - middle))) + 1e-9
    for (let k = 0; k < rows.length; k++) scores[k]! += (raw[k]! - middle) / spread / Math.SQRT2
  }
  return { members, alike, scores }
}

function dot({ columns, cells, lengths }: Standard, row: number, weights: Float64Array): number {
  let sum = 0
  for (let k = 0, at = row * columns; k < columns; k++, at++) sum += cells[at]! * weights[k]!
  return sum / lengths[row]!
}
