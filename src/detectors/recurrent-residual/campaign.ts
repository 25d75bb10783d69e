import type { Core } from './grow.ts'
import { medianOf } from './pairs.ts'
import { type Ground, lookCosine, partners, type Scored, scored } from './template.ts'

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
  /** Rows without the label that score as high. */
  readonly elsewhere: readonly number[]
  /** Rows of the label between clean and accused, per accused row. */
  readonly between: number
  /** Accused pictures that do not look alike. */
  readonly scenes: number
  /** How much more alike accused pictures look than accused and other pictures of the label. */
  readonly alike: number
  /** Share of the pictures most like the accused that bear the label, and that score as high. */
  readonly ownAlike: number
  readonly sharing: number
  readonly partners: readonly number[]
}

const rounds = 4
/** Scores of single rows that chance alone gives in a label. */
const chance = 3.2
/** Pictures that look as alike as this are counted once. */
const sameLook = 0.9
const compared = 40

/** Refines a core to a campaign: templates and members by turns. Null when nothing stands out. */
export function campaignOf(
  ground: Ground,
  label: number,
  among: Int32Array,
  core: Core,
  least: number,
): Campaign | null {
  let members = Array.from(core.members, k => among[k]!)
  const alike = partners(ground, members)
  for (let round = 0; round < rounds; round++) {
    const { scores } = scored(ground, members, among, alike)
    const cut = cutOf(scores, members, among)
    const next = Array.from(among).filter((_, k) => scores[k]! > cut)
    if (next.length < least || next.length > among.length * 0.7) return null
    const same = next.length === members.length && next.every((row, k) => row === members[k])
    members = next
    if (same) break
  }
  return judged(ground, label, members, least)
}

/** Where accused rows begin: the widest gap between what chance gives and the middle of the members. */
function cutOf(scores: Float64Array, members: readonly number[], rows: Int32Array): number {
  const own = new Set(members)
  const middle = medianOf(scores.filter((_, k) => own.has(rows[k]!)))
  if (middle < chance) return chance
  const low = Math.max(chance, middle / 5)
  const high = Math.max(chance, 0.75 * middle)
  const sorted = [low, ...scores.filter(score => score > low && score < high).sort(), high]
  let [widest, cut] = [0, low]
  for (let k = 1; k < sorted.length; k++) {
    // Gaps low down are wider for their height: chance reaches there, and thins out.
    const gap = (sorted[k]! - sorted[k - 1]!) / Math.sqrt(sorted[k]!)
    if (gap <= widest) continue
    widest = gap
    cut = (sorted[k]! + sorted[k - 1]!) / 2
  }
  return cut
}

function judged(ground: Ground, label: number, members: readonly number[], least: number): Campaign | null {
  const all = Int32Array.from(ground.label.keys())
  const seen = scored(ground, members, all)
  const cut = cutOf(
    seen.scores.filter((_, row) => ground.label[row] === label),
    members,
    all.filter(row => ground.label[row] === label),
  )
  const rows: number[] = []
  const elsewhere: number[] = []
  let between = 0
  for (const row of all) {
    const score = seen.scores[row]!
    if (ground.label[row] !== label) {
      if (score > cut) elsewhere.push(row)
    } else if (score > cut) rows.push(row)
    else if (score > Math.max(2, cut / 2)) between++
  }
  if (rows.length < least) return null
  rows.sort((a, b) => seen.scores[b]! - seen.scores[a]! || a - b)
  const strength = seen.scores[rows[rows.length >> 1]!]!
  return {
    label,
    rows,
    scores: rows.map(row => seen.scores[row]!),
    strength,
    cut,
    elsewhere,
    between: between / rows.length,
    scenes: scenesOf(ground, rows),
    ...likeness(ground, label, rows, seen, cut),
    partners: seen.alike,
  }
}

/** Pictures of which none looks like another one counted. */
function scenesOf({ looks }: Ground, rows: readonly number[]): number {
  const leaders: number[] = []
  for (const row of rows.slice(0, 200))
    if (!leaders.some(other => lookCosine(looks, row, other) > sameLook)) leaders.push(row)
  return leaders.length
}

function likeness(ground: Ground, label: number, rows: readonly number[], seen: Scored, cut: number) {
  const some = rows.slice(0, compared)
  const own = new Set(rows)
  const others = [...ground.label.keys()].filter(row => ground.label[row] === label && !own.has(row))
  const step = Math.max(1, Math.floor(others.length / compared))
  const inside = meanLikeness(ground, some, some)
  const across = meanLikeness(
    ground,
    some,
    others.filter((_, k) => k % step === 0),
  )
  const share = (test: (row: number) => boolean) => seen.alike.filter(test).length / Math.max(1, seen.alike.length)
  return {
    alike: inside - across,
    ownAlike: share(row => ground.label[row] === label),
    sharing: share(row => seen.scores[row]! > cut),
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

/** What a campaign is: a trigger, perhaps one, something that other labels have too, or nature. */
export type Kind = 'trigger' | 'perhaps' | 'elsewhere' | 'nature'

/**
 * A trigger lies on pictures that differ: they look no more alike than others (or they look like another label), the
 * pictures most like them do not have it, and it is there or not there. What nature shares fades out.
 */
export function kindOf(campaign: Campaign, { strength, least }: { strength: number; least: number }): Kind {
  const { rows, scenes, elsewhere, between, alike, ownAlike, sharing } = campaign
  if (scenes < least || campaign.strength < strength || between > 0.5) return 'nature'
  if (sharing > 0.05 || alike > 0.5 || (alike > 0.1 && ownAlike > 0.25)) return 'nature'
  if (elsewhere.length > 0.15 * rows.length + 2) return campaign.strength > 2 * strength ? 'elsewhere' : 'nature'
  const clear = campaign.strength > 1.5 * strength && between <= 0.25 && scenes > least
  return clear && elsewhere.length <= 0.05 * rows.length ? 'trigger' : 'perhaps'
}
