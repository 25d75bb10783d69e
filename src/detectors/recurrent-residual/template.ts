import { dotScorer, type PictureClasses } from '../../core/index.ts'
import { medianOf } from './pairs.ts'
import type { Standard } from './standard.ts'

/** Dot products of some rows with weights. */
type Scorer = (weights: Float64Array) => Float64Array

/** Everything that templates are made of and scored on. */
export interface Ground {
  readonly views: readonly Standard[]
  readonly looks: Standard
  /** Index of each row's label; -1 where there is none. */
  readonly label: Int32Array
  /** An even sample of all rows, and its scorers: one a view, and one for looks. */
  readonly sample: Int32Array
  readonly crowd: readonly Scorer[]
  readonly crowdLooks: Scorer
  /** How likely each row's own label is by how it looks, to a model that did not see it; null without labels. */
  readonly ownChance: Float32Array | null
  /** The first one of the pictures that look nearly the same as each; null without labels. */
  readonly group: Int32Array | null
}

/** Some rows laid out to be scored again and again. */
export interface Among {
  readonly rows: Int32Array
  readonly scorers: readonly Scorer[]
  /** Place of each row in `rows`. */
  readonly place: ReadonlyMap<number, number>
}

/** Agreement with what some rows have and pictures that look like them have not, in spreads of the crowd. */
export interface Scored {
  /** Of the rows among which the members stand. */
  readonly own: Float64Array
  /** Of the sample of all rows. */
  readonly crowd: Float64Array
}

const folds = 5
const alikeEach = 4
const mostPartners = 24
const normal = 1.4826

/** Lays rows out. */
export const among = (views: readonly Standard[], rows: Int32Array): Among => ({
  rows,
  scorers: views.map(view => dotScorer(view, rows)),
  place: new Map(Array.from(rows, (row, k) => [row, k])),
})

/** The ground of a corpus. */
export function groundOf(
  views: readonly Standard[],
  looks: Standard,
  label: Int32Array,
  sample: Int32Array,
  classes: PictureClasses | null,
): Ground {
  const ownChance = classes && Float32Array.from(label, (own, row) => ownChanceOf(classes, own, row))
  const crowd = views.map(view => dotScorer(view, sample))
  return {
    views,
    looks,
    label,
    sample,
    crowd,
    crowdLooks: dotScorer(looks, sample),
    ownChance,
    group: classes?.group ?? null,
  }
}

/** A label that the classes leave out says nothing about its rows. */
const unknownChance = 0.5
const ownChanceOf = ({ classes, probability }: PictureClasses, own: number, row: number): number =>
  own < 0 || own >= classes ? unknownChance : probability[row * classes + own]!

/** Rows of the sample that look most like the members: what these would be like without what they share. */
export function partners(ground: Ground, members: readonly number[]): number[] {
  const own = new Set(members)
  const step = Math.max(1, Math.ceil(members.length / mostPartners))
  const found = new Set<number>()
  for (let k = 0; k < members.length; k += step)
    for (const row of nearestLooks(ground, members[k]!, alikeEach, own)) found.add(row)
  return [...found].sort((a, b) => a - b)
}

/** The rows of the sample that look most like a row, but for some. */
export function nearestLooks(
  { looks, sample, crowdLooks }: Ground,
  row: number,
  count: number,
  not: ReadonlySet<number>,
): number[] {
  const { columns, cells, lengths } = looks
  const like = crowdLooks(Float64Array.from(cells.subarray(row * columns, (row + 1) * columns)))
  for (let i = 0; i < like.length; i++) {
    const other = sample[i]!
    like[i] = other === row || not.has(other) ? -Infinity : like[i]! / lengths[other]!
  }
  return best(like, count).map(place => sample[place]!)
}

/** Places of the largest values, the largest first. */
export function best(values: Float64Array, count: number): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value === -Infinity || (found.length === count && value <= values[found[count - 1]!]!)) continue
    let place = found.length
    while (place > 0 && values[found[place - 1]!]! < value) place--
    found.splice(place, 0, i)
    if (found.length > count) found.pop()
  }
  return found
}

export function lookCosine({ cells, columns, lengths }: Standard, a: number, b: number): number {
  let sum = 0
  for (let k = 0, i = a * columns, j = b * columns; k < columns; k++, i++, j++) sum += cells[i]! * cells[j]!
  return sum / (lengths[a]! * lengths[b]!)
}

/** Sums of numbers and of their squares over rows. */
interface Sums {
  readonly sum: Float64Array
  readonly square: Float64Array
  readonly count: number
}

function sumsOf({ columns, cells, lengths }: Standard, rows: readonly number[]): Sums {
  const sum = new Float64Array(columns)
  const square = new Float64Array(columns)
  for (const row of rows) {
    const scale = 1 / lengths[row]!
    for (let k = 0, at = row * columns; k < columns; k++, at++) {
      const value = cells[at]! * scale
      sum[k]! += value
      square[k]! += value * value
    }
  }
  return { sum, square, count: rows.length }
}

function less(a: Sums, b: Sums): Sums {
  const sum = a.sum.slice()
  const square = a.square.slice()
  for (let k = 0; k < sum.length; k++) {
    sum[k]! -= b.sum[k]!
    square[k]! -= b.square[k]!
  }
  return { sum, square, count: a.count - b.count }
}

function plus(all: readonly Sums[]): Sums {
  const sum = new Float64Array(all[0]!.sum.length)
  const square = new Float64Array(sum.length)
  let count = 0
  for (const one of all) {
    count += one.count
    for (let k = 0; k < sum.length; k++) {
      sum[k]! += one.sum[k]!
      square[k]! += one.square[k]!
    }
  }
  return { sum, square, count }
}

/** Difference of two means, each number shrunk by how uncertain it is; of length one. */
function difference(ours: Sums, theirs: Sums): Float64Array {
  const out = new Float64Array(ours.sum.length)
  const [n, m] = [Math.max(1, ours.count), Math.max(1, theirs.count)]
  let length = 0
  for (let k = 0; k < out.length; k++) {
    const middle = theirs.sum[k]! / m
    const gap = ours.sum[k]! / n - middle
    const variance = Math.max(1e-12, theirs.square[k]! / m - middle * middle)
    const doubt = variance * (1 / n + 1 / m)
    const value = gap * Math.max(0, 1 - doubt / (gap * gap + 1e-18))
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
 */
export function scored(ground: Ground, rows: Among, members: readonly number[], alike: readonly number[]): Scored {
  const seen = ground.views.map((_, v) => seenBy(ground, v, rows, members, alike))
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

function seenBy(
  ground: Ground,
  v: number,
  { rows, scorers, place }: Among,
  members: readonly number[],
  alike: readonly number[],
): Seen {
  const view = ground.views[v]!
  const theirs = sumsOf(view, alike)
  const parts = Array.from({ length: folds }, (_, f) =>
    sumsOf(
      view,
      members.filter((_, k) => k % folds === f),
    ),
  )
  const all = plus(parts)
  const whole = difference(all, theirs)
  const own = scorers[v]!(whole)
  const crowd = ground.crowd[v]!(whole)
  for (let k = 0; k < rows.length; k++) own[k]! /= view.lengths[rows[k]!]!
  for (let k = 0; k < crowd.length; k++) crowd[k]! /= view.lengths[ground.sample[k]!]!
  const places: number[] = []
  for (let f = 0; f < folds; f++) {
    const template = difference(less(all, parts[f]!), theirs)
    members.forEach((row, k) => {
      const at = place.get(row)
      if (k % folds !== f || at === undefined) return
      own[at] = dot(view, row, template)
      places.push(at)
    })
  }
  const { middle, spread } = crowdOf(crowd, ground.sample, new Set(members))
  for (let k = 0; k < own.length; k++) own[k] = (own[k]! - middle) / spread
  for (let k = 0; k < crowd.length; k++) crowd[k] = (crowd[k]! - middle) / spread
  return { own, crowd, sees: Math.max(leastSeen, medianOf(Float64Array.from(places, at => own[at]!))) }
}

/** Middle and spread of the crowd's scores without the members. */
function crowdOf(scores: Float64Array, sample: Int32Array, members: ReadonlySet<number>) {
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
