import { medianOf } from '../../core/index.ts'
import { beside, lookCosine } from './beside.ts'
import type { Among, Ground } from './ground.ts'
import { likelyOf } from './odds.ts'
import type { Seed } from './seeds.ts'
import { scored } from './template.ts'

/** Pictures of one label that share something which pictures like them have not. */
export interface Campaign {
  /** Index of the label; -1 where there is none. */
  readonly label: number
  /** Accused rows as places in the thumbnails, most suspect first, and their scores. */
  readonly rows: readonly number[]
  readonly scores: readonly number[]
  /** Middle score of the accused, and the score from which a row is accused. */
  readonly strength: number
  readonly cut: number
  /** Rows of the sample without the label that score half as high as the accused, and how many such there are in all. */
  readonly elsewhere: readonly number[]
  readonly elsewhereInAll: number
  /** Rows of the label between clean and accused, per accused row. */
  readonly between: number
  /** Share of the label's rows that are accused. */
  readonly share: number
  /** How much rarer the label is for how the accused look than for how its other rows look: 0 as rare, 1 never. */
  readonly strange: number
  /** Accused pictures that do not look alike. */
  readonly scenes: number
  /** How much more alike accused pictures look than accused and other pictures of the label. */
  readonly alike: number
  /** Share of the pictures most like the accused that bear the label, and that score as high. */
  readonly ownAlike: number
  readonly sharing: number
  readonly partners: readonly number[]
}

const rounds = 5
/** The first rounds take the best so many, whatever they score: faint triggers grow that way. */
const sizes = [12, 16, 20]
/** A search whose members do not agree so well, in the middle, is given up. */
const hopeless = 1.6
/** Lowest score that accuses, and the expected share of accidents among the accused. */
const lowest = 2.5
const accidents = 0.02
/** Rows far below the others that are accused with them, per accused row; more are a trail of nature. */
const mostDoubtful = 0.1
/** Pictures that look as alike as this are counted once. */
const sameLook = 0.9
const mostCounted = 200
const compared = 40
const mostShare = 0.85

/** Refines a seed to members that agree with what they share; null when they do not. */
export function grown(ground: Ground, rows: Among, seed: Seed, least: number): number[] | null {
  let members = [...seed]
  let alike = beside(ground, members)
  for (const size of sizes) {
    if (members.length >= size) continue
    const { own } = scored(ground, rows, members, alike, false)
    members = top(own, rows.rows, size)
  }
  if (members.length > seed.length) alike = beside(ground, members)
  for (let round = 0; round < rounds; round++) {
    const { own, crowd } = scored(ground, rows, members, alike, round > 0)
    const middle = middleOf(own, members, rows)
    if (middle < hopeless) return null
    const outside = outsideOf(ground, ground.label[members[0]!]!, crowd, members, middle)
    const cut = cutOf(own, outside, middle)
    const next = rows.rows.filter((_, k) => own[k]! > cut)
    if (next.length < least || next.length > mostShare * rows.rows.length) return null
    const same = next.length === members.length && next.every((row, k) => row === members[k])
    members = [...next]
    if (same) break
  }
  return members
}

const top = (scores: Float64Array, rows: Int32Array, count: number): number[] => {
  const cut = scores.slice().sort()[Math.max(0, scores.length - count)]!
  return [...rows.filter((_, k) => scores[k]! >= cut)]
}

const middleOf = (own: Float64Array, members: readonly number[], { place }: Among): number =>
  medianOf(
    Float64Array.from(
      members.flatMap(row => place.get(row) ?? []),
      k => own[k]!,
    ),
  )

/** Scores of the crowd without the members, and without rows of their label that may be members not yet found. */
function outsideOf(
  { sample, label: labels }: Ground,
  label: number,
  crowd: Float64Array,
  members: readonly number[],
  middle: number,
): Float64Array {
  const own = new Set(members)
  return crowd.filter((score, k) => !own.has(sample[k]!) && !(labels[sample[k]!] === label && score > middle / 2))
}

/**
 * Where accused rows begin. Accidents above a score are told by the crowd and by the label's rows on the other side of
 * its middle. The lowest score with few enough of them is the cut, unless a trail of rows leads down to it: then the
 * widest gap below half of the members' middle is.
 */
export function cutOf(own: Float64Array, outside: Float64Array, middle: number): number {
  const scores = own.slice().sort()
  const others = outside.slice().sort()
  const centre = scores[scores.length >> 1]!
  const share = scores.length / Math.max(1, others.length)
  let low = Infinity
  for (let k = scores.length - 1, o = others.length, m = 0; k >= 0 && scores[k]! >= lowest; k--) {
    const score = scores[k]!
    while (o > 0 && others[o - 1]! >= score) o--
    while (m < scores.length && scores[m]! <= 2 * Math.min(0, centre) - score) m++
    const expected = Math.max((others.length - o) * share, m)
    if (expected <= accidents * (scores.length - k)) low = score
  }
  // Others have it too: the label alone must tell.
  if (low === Infinity) return gapIn(scores, Math.max(lowest, middle / 8), Math.max(lowest, middle / 2))
  low -= 1e-9
  const doubtful = Math.max(low, middle / 8)
  const count = (from: number) => scores.reduce((sum, score) => sum + (score > from ? 1 : 0), 0)
  return count(low) - count(doubtful) <= mostDoubtful * count(doubtful)
    ? low
    : gapIn(scores, low, Math.max(low, middle / 2))
}

/** The middle of the widest gap, by its height, between two scores. */
function gapIn(scores: Float64Array, low: number, high: number): number {
  const inside = [low, ...scores.filter(score => score > low && score < high), high]
  let [widest, cut] = [0, low]
  for (let k = 1; k < inside.length; k++) {
    const gap = Math.log(inside[k]! / inside[k - 1]!)
    if (gap <= widest) continue
    widest = gap
    cut = k === 1 ? low : Math.sqrt(inside[k]! * inside[k - 1]!)
  }
  return cut
}

/** Scores all rows of the label against the members, and tells how they differ from nature. */
export function campaignOf(
  ground: Ground,
  label: number,
  rows: Among,
  members: readonly number[],
  least: number,
): Campaign | null {
  const alike = beside(ground, members)
  const { own, crowd } = scored(ground, rows, members, alike)
  const middle = middleOf(own, members, rows)
  const outside = outsideOf(ground, label, crowd, members, middle)
  const cut = cutOf(own, outside, middle)
  const { places: found, strange } = accusedOf(ground, label, rows, own, cut)
  const accused = found.sort((a, b) => own[b]! - own[a]! || a - b)
  if (accused.length < least) return null
  const places = accused.map(k => rows.rows[k]!)
  const high = new Set(places)
  const elsewhere: number[] = []
  let strangers = 0
  ground.sample.forEach((row, k) => {
    if (ground.label[row] === label) return
    strangers++
    if (crowd[k]! > Math.max(cut, middle / 2)) {
      elsewhere.push(row)
      high.add(row)
    }
  })
  const between = own.reduce((sum, score) => sum + (score <= cut && score > Math.max(2, cut / 2) ? 1 : 0), 0)
  const all = ground.label.reduce((sum, other) => sum + (other === label ? 0 : 1), 0)
  return {
    label,
    rows: places,
    scores: accused.map(k => own[k]!),
    strength: own[accused[accused.length >> 1]!]!,
    cut,
    elsewhere,
    elsewhereInAll: Math.round((elsewhere.length * all) / Math.max(1, strangers)),
    between: between / accused.length,
    share: accused.length / rows.rows.length,
    strange,
    scenes: scenesOf(ground, places),
    ...likeness(ground, label, rows.rows, places, alike.rows, high),
    partners: alike.rows,
  }
}

/** Rows whose label is so much rarer for their look than for the others' bear a label that is not theirs. */
const flipped = 0.5

/** Places of the accused rows, and how much rarer their label is for how they look than for the other rows. */
function accusedOf(
  { ownChance, label: labels }: Ground,
  label: number,
  { rows }: Among,
  own: Float64Array,
  cut: number,
) {
  const high = [...rows.keys()].filter(k => own[k]! > cut)
  if (!ownChance || high.length === 0) return { places: high, strange: 0 }
  const chance = Float64Array.from(rows, row => ownChance[row]!)
  const all = chance.reduce((sum, value) => sum + value, 0)
  const among = high.reduce((sum, k) => sum + chance[k]!, 0)
  const others = (all - among) / Math.max(1, rows.length - high.length)
  const strange = 1 - among / high.length / Math.max(1e-3, others)
  if (strange < flipped) return { places: high, strange }
  const share = labels.reduce((sum, other) => sum + (other === label ? 1 : 0), 0) / labels.length
  const likely = likelyOf({ chance, scores: own, members: high, share: Math.min(0.9, share) })
  return { places: likely.length < high.length / 2 ? high : likely, strange }
}

/** Pictures of which none looks like another one counted. */
function scenesOf({ looks, group }: Ground, rows: readonly number[]): number {
  const some = rows.slice(0, mostCounted)
  const leaders: number[] = []
  for (const row of some)
    if (!leaders.some(other => (group && group[row] === group[other]) || lookCosine(looks, row, other) > sameLook))
      leaders.push(row)
  return Math.round((leaders.length * rows.length) / some.length)
}

function likeness(
  ground: Ground,
  label: number,
  rows: Int32Array,
  accused: readonly number[],
  alike: readonly number[],
  high: ReadonlySet<number>,
) {
  const some = accused.slice(0, compared)
  const own = new Set(accused)
  const others = [...rows].filter(row => !own.has(row))
  const step = Math.max(1, Math.floor(others.length / compared))
  const inside = meanLikeness(ground, some, some)
  const across = meanLikeness(
    ground,
    some,
    others.filter((_, k) => k % step === 0),
  )
  const share = (test: (row: number) => boolean) => alike.filter(test).length / Math.max(1, alike.length)
  return {
    alike: inside - across,
    ownAlike: share(row => ground.label[row] === label),
    sharing: share(row => high.has(row)),
  }
}

function meanLikeness({ looks }: Ground, some: readonly number[], others: readonly number[]): number {
  let [sum, count] = [0, 0]
  for (const a of some)
    for (const b of others)
      if (a !== b) {
        sum += lookCosine(looks, a, b)
        count++
      }
  return count === 0 ? 0 : sum / count
}
