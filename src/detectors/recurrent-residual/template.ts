import { dotScorer, medianOf, type PictureClasses } from '../../core/index.ts'
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

/** Pictures that look most like some others, and what these would be like without what they share. */
export interface Beside {
  readonly rows: readonly number[]
  /** Of each view: mean and variance of each number. */
  readonly crowds: readonly Crowd[]
}

interface Crowd {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/** Rows of the sample that look most like the members. */
export function beside(ground: Ground, members: readonly number[]): Beside {
  const own = new Set(members)
  const step = Math.max(1, Math.ceil(members.length / mostPartners))
  const found = new Set<number>()
  for (let k = 0; k < members.length; k += step)
    for (const row of nearestLooks(ground, members[k]!, alikeEach, own)) found.add(row)
  const rows = [...found].sort((a, b) => a - b)
  return { rows, crowds: ground.views.map(view => crowdOf(view, rows)) }
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

/** Sums of the numbers of rows, each row brought to length one. */
function sumOf({ columns, cells, lengths }: Standard, rows: readonly number[], sum = new Float64Array(columns)) {
  for (const row of rows) {
    const scale = 1 / lengths[row]!
    for (let k = 0, at = row * columns; k < columns; k++, at++) sum[k]! += cells[at]! * scale
  }
  return sum
}

const leastVariance = 1e-12

function crowdOf(view: Standard, rows: readonly number[]): Crowd {
  const count = Math.max(1, rows.length)
  const mean = sumOf(view, rows).map(value => value / count)
  const variance = new Float64Array(view.columns)
  for (const row of rows) {
    const scale = 1 / view.lengths[row]!
    for (let k = 0, at = row * view.columns; k < variance.length; k++, at++)
      variance[k]! += (view.cells[at]! * scale - mean[k]!) ** 2
  }
  for (let k = 0; k < variance.length; k++) variance[k] = Math.max(leastVariance, variance[k]! / count)
  return { mean, variance }
}

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
 */
export function scored(ground: Ground, rows: Among, members: readonly number[], alike: Beside): Scored {
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
  const { middle, spread } = usualOf(crowd, ground.sample, new Set(members))
  for (let k = 0; k < own.length; k++) own[k] = (own[k]! - middle) / spread
  for (let k = 0; k < crowd.length; k++) crowd[k] = (crowd[k]! - middle) / spread
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
