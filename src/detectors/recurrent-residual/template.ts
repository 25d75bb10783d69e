import { medianOf } from '../../core/index.ts'
import { type Beside, type Crowd, sumOf } from './beside.ts'
import type { Among, Ground } from './ground.ts'
import { less, nearness, sharedPoints, sumsOf } from './points.ts'
import type { Standard } from './standard.ts'

/** Agreement with what some rows have and pictures that look like them have not, in spreads of the crowd. */
export interface Scored {
  /** Of the rows among which the members stand. */
  readonly own: Float64Array
  /** Of the sample of all rows. */
  readonly crowd: Float64Array
}

const folds = 5
const normal = 1.4826

/** The mean of `count` rows less that of the crowd, each number shrunk by how uncertain it is; of length one. */
function difference(sum: Float64Array, count: number, { mean, variance }: Crowd, size: number): Float64Array {
  const out = new Float64Array(sum.length)
  const [share, doubt] = [1 / Math.max(1, count), 1 / Math.max(1, count) + 1 / Math.max(1, size)]
  let length = 0
  for (let k = 0; k < out.length; k++) {
    const gap = sum[k]! * share - mean[k]!
    const rest = gap * gap - variance[k]! * doubt
    if (rest <= 0) continue
    const value = rest / gap
    out[k] = value
    length += value * value
  }
  const scale = 1 / Math.sqrt(length + 1e-18)
  for (let k = 0; k < out.length; k++) out[k]! *= scale
  return out
}

/** Scores of a view, and the members' middle score: how much the view sees. */
interface Seen extends Scored {
  readonly sees: number
}

/**
 * Scores rows against what the members share, each view by how much it sees of it. A member is scored with a template
 * made without its fifth of the members, so that it does not vote for itself.
 * @param atPoints also by the points where members hardly vary, which costs as much as all views
 */
export function scored(
  ground: Ground,
  rows: Among,
  members: readonly number[],
  alike: Beside,
  atPoints = true,
): Scored {
  const seen = [
    ...ground.views.map((_, v) => seenBy(ground, v, rows, members, alike)),
    atPoints ? seenAtPoints(ground, rows, members, alike) : null,
  ].filter(view => view !== null)
  const length = Math.hypot(...seen.map(({ sees }) => sees))
  const own = new Float64Array(rows.rows.length)
  const crowd = new Float64Array(ground.sample.length)
  for (const view of seen) {
    const weight = view.sees / length
    for (let k = 0; k < own.length; k++) own[k]! += weight * view.own[k]!
    for (let k = 0; k < crowd.length; k++) crowd[k]! += weight * view.crowd[k]!
  }
  return { own, crowd }
}

/** A view sees at least so much: what it adds then is little. */
const leastSeen = 0.1
/** Who is further below the crowd than this is as far as anybody. */
const furthest = 5

function seenBy(
  ground: Ground,
  v: number,
  { rows, scorers, place }: Among,
  members: readonly number[],
  alike: Beside,
): Seen {
  const view = ground.views[v]!
  const crowdBeside = alike.crowds[v]!
  const size = alike.rows.length
  const all = sumOf(view, members)
  const whole = difference(all, members.length, crowdBeside, size)
  const own = scorers[v]!(whole)
  const crowd = ground.crowd[v]!(whole)
  for (let k = 0; k < rows.length; k++) own[k]! /= view.lengths[rows[k]!]!
  for (let k = 0; k < crowd.length; k++) crowd[k]! /= view.lengths[ground.sample[k]!]!
  const places: number[] = []
  for (let f = 0; f < folds; f++) {
    const fold = members.filter((_, k) => k % folds === f)
    const rest = sumOf(view, fold).map((value, k) => all[k]! - value)
    const template = difference(rest, members.length - fold.length, crowdBeside, size)
    for (const row of fold) {
      const at = place.get(row)
      if (at === undefined) continue
      own[at] = dot(view, row, template)
      places.push(at)
    }
  }
  return inSpreads(ground, own, crowd, members, places)
}

/** The same by the points where the members hardly vary, while pictures like them do. */
function seenAtPoints(
  { pixels, sample }: Ground,
  { rows, place }: Among,
  members: readonly number[],
  { variance }: Beside,
): Seen | null {
  const all = sumsOf(pixels, members)
  const shared = sharedPoints(all, variance)
  if (!shared) return null
  const own = Float64Array.from(rows, row => nearness(pixels, row, shared))
  const crowd = Float64Array.from(sample, row => nearness(pixels, row, shared))
  const places: number[] = []
  for (let f = 0; f < folds; f++) {
    const fold = members.filter((_, k) => k % folds === f)
    const rest = sharedPoints(less(all, sumsOf(pixels, fold)), variance)
    for (const row of fold) {
      const at = place.get(row)
      if (at === undefined) continue
      own[at] = rest ? nearness(pixels, row, rest) : -Infinity
      places.push(at)
    }
  }
  return inSpreads({ sample }, own, crowd, members, places)
}

/** Scores in spreads of the crowd, and how much the view sees. */
function inSpreads(
  { sample }: Pick<Ground, 'sample'>,
  own: Float64Array,
  crowd: Float64Array,
  members: readonly number[],
  places: readonly number[],
): Seen {
  const { middle, spread } = usualOf(crowd, sample, new Set(members))
  for (let k = 0; k < own.length; k++) own[k] = Math.max(-furthest, (own[k]! - middle) / spread)
  for (let k = 0; k < crowd.length; k++) crowd[k] = Math.max(-furthest, (crowd[k]! - middle) / spread)
  return { own, crowd, sees: Math.max(leastSeen, medianOf(Float64Array.from(places, at => own[at]!))) }
}

/** Middle and spread of the crowd's scores without the members. */
function usualOf(scores: Float64Array, sample: Int32Array, members: ReadonlySet<number>) {
  const others = new Float64Array(scores.length)
  let count = 0
  for (let k = 0; k < scores.length; k++) if (!members.has(sample[k]!)) others[count++] = scores[k]!
  const kept = others.subarray(0, count)
  const middle = medianOf(kept)
  for (let k = 0; k < count; k++) kept[k] = Math.abs(kept[k]! - middle)
  return { middle, spread: normal * medianOf(kept) + 1e-9 }
}

function dot({ columns, cells, lengths }: Standard, row: number, weights: Float64Array): number {
  let sum = 0
  for (let k = 0, at = row * columns; k < columns; k++, at++) sum += cells[at]! * weights[k]!
  return sum / lengths[row]!
}
