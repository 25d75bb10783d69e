import { logPoissonBinomialTail } from '../../core/index.ts'
import type { LocalPatches } from '../../statistics/index.ts'
import type { Contrast } from './contrast.ts'
import { type NearPatches, patchColumns, patchInto, widest } from './near-patches.ts'
import { bestRadius, type Recurring } from './recurring.ts'
import type { Surprise } from './surprise.ts'

/** A picture that holds the patch, and where. */
export interface Member {
  readonly picture: number
  /** Centre across and down, and side, in 255ths of the width, the height, and the root of the area. */
  readonly at: readonly [number, number, number]
  /** Distance of its patch to the mean of all. */
  readonly distance: number
}

/** Pictures of one label that share a patch their looks do not explain. */
export interface Campaign {
  readonly label: number
  /** The class that they look like where the model of looks has learnt to expect the label; -1 where it has not. */
  readonly like: number
  /** The patch, as compared. */
  readonly shows: Float64Array
  /** Nearest first. */
  readonly members: readonly Member[]
  /** Pictures with the patch, whatever their label, and those of them with the label; frames of one scene count once. */
  readonly holding: number
  readonly agreeing: number
  /** How many of them the looks explain. */
  readonly expected: number
  /** Natural logarithm of the chance of so many by the looks, for one patch. */
  readonly logChance: number
}

/** Share of members that may hold the patch by accident. */
export const falseShare = 0.03
const rounds = 3
/** Centres this near in two frames of one scene are the same thing, in 255ths of the sides. */
const samePlace = 30
const mostCampaigns = 8
/** Patches that are worth a closer look, of the least likely first. */
const mostTried = 40
const mostContrasting = 40
/** Share of the smaller that two patches must have in common to be parts of one. */
const sameMembers = 0.4
/** Own chance from which a label is no surprise. */
export const unsurprising = 0.5

/** Campaigns behind the recurring patches, the least likely first. */
export function campaignsOf(
  patches: LocalPatches,
  surprise: Surprise,
  near: NearPatches,
  { recurring, contrasting }: { readonly recurring: readonly Recurring[]; readonly contrasting: readonly Contrast[] },
  logRisk: number,
): Campaign[] {
  const candidates = recurring.filter(f => f.logChance < logRisk)
  const campaigns: Campaign[] = []
  const known: Recurring[] = []
  for (const candidate of candidates) {
    if (known.length >= mostTried) break
    if (known.some(other => other.label === candidate.label && distance(other.shows, candidate.shows) < widest / 2))
      continue
    known.push(candidate)
    const refined = centred(patches, near, surprise, candidate)
    const campaign = judged(patches, near, surprise, refined)
    if (campaign.logChance < logRisk && campaign.members.length > 0) add(campaigns, campaign)
  }
  for (const of of contrasting.filter(c => c.logChance < logRisk).slice(0, mostContrasting)) {
    const campaign = contrasted(patches, near, surprise, of)
    if (campaign.members.length > 0) add(campaigns, campaign)
  }
  return campaigns.sort((a, b) => a.logChance - b.logChance).slice(0, mostCampaigns)
}

/** Joins what are parts of one patch: a sticker of two colours recurs as two. */
function add(campaigns: Campaign[], one: Campaign): void {
  const own = new Set(one.members.map(m => m.picture))
  const at = campaigns.findIndex(other => {
    if (other.label !== one.label) return false
    const both = other.members.filter(m => own.has(m.picture)).length
    return both >= sameMembers * Math.min(own.size, other.members.length)
  })
  if (at < 0) {
    campaigns.push(one)
    return
  }
  const first = campaigns[at]!
  const there = new Set(first.members.map(m => m.picture))
  const members = [...first.members, ...one.members.filter(m => !there.has(m.picture))]
  campaigns[at] = { ...(first.logChance <= one.logChance ? first : one), members }
}

const placeOf = ({ where }: LocalPatches, patch: number) =>
  [where[3 * patch]!, where[3 * patch + 1]!, where[3 * patch + 2]!] as const

/** How far two patches are apart. */
export function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2
  return Math.sqrt(sum)
}

/** The patch as the mean of those that the pictures of the label hold within its radius. */
function centred(patches: LocalPatches, near: NearPatches, surprise: Surprise, from: Recurring): Recurring {
  let best = from
  let current = from
  const own = new Float64Array(patchColumns)
  for (let round = 0; round < rounds; round++) {
    const hits = near.within(current.shows, current.radius + 2).filter(i => surprise.label[i] === from.label)
    if (hits.length < 2) break
    const shows = new Float64Array(patchColumns)
    for (const i of hits) {
      patchInto(patches, near.nearest[i]!, own, 0)
      for (let k = 0; k < patchColumns; k++) shows[k]! += own[k]! / hits.length
    }
    current = { label: from.label, shows, ...bestRadius(near, shows, { label: from.label, except: -1, surprise }) }
    if (current.logChance < best.logChance) best = current
  }
  return best
}

/** The same for a patch that is judged by pictures that look the same and lack it. */
function contrasted(patches: LocalPatches, near: NearPatches, surprise: Surprise, of: Contrast): Campaign {
  const { among, shows, radius, holding, logChance } = of
  const { label, like, group, others, each } = among
  const [lacking, othersLacking] = [(group.length - holding[0]) * each[0], (others.length - holding[1]) * each[1]]
  const share = (lacking + 0.5) / (lacking + othersLacking + 1)
  const found = judged(patches, near, surprise, { label, shows, radius, logChance })
  return { ...found, like, logChance, expected: share * found.holding }
}

/** Counts the pictures with the patch, frames of one scene once, and names those that hold it beyond accident. */
function judged(patches: LocalPatches, near: NearPatches, surprise: Surprise, of: Recurring): Campaign {
  const { label, chance, classes } = surprise
  const all: Member[] = near
    .within(of.shows, widest)
    .map(i => ({ picture: i, at: placeOf(patches, near.nearest[i]!), distance: Math.sqrt(near.distance[i]!) }))
    .sort((a, b) => a.distance - b.distance || a.picture - b.picture)
  const seen = distinct(
    surprise,
    all.filter(m => m.distance <= of.radius + 1e-6),
  )
  const chances = seen.map(m => chance[m.picture * classes + of.label]!)
  const agreeing = seen.filter(m => label[m.picture] === of.label).length
  return {
    label: of.label,
    like: -1,
    shows: of.shows,
    members: members(surprise, of.label, all),
    holding: seen.length,
    agreeing,
    expected: chances.reduce((sum, p) => sum + p, 0),
    logChance: agreeing < 4 ? 0 : logPoissonBinomialTail(agreeing, chances),
  }
}

/** Leaves out pictures that look like an earlier one of their label and hold the patch at the same place. */
function distinct({ group, label }: Surprise, all: readonly Member[]): Member[] {
  const kept = new Map<string, Member[]>()
  return all.filter(one => {
    const key = `${group[one.picture]} ${label[one.picture]}`
    const others = kept.get(key) ?? []
    kept.set(key, others)
    const same = (other: Member) =>
      Math.abs(one.at[0] - other.at[0]) < samePlace && Math.abs(one.at[1] - other.at[1]) < samePlace
    if (others.some(same)) return false
    others.push(one)
    return true
  })
}

/**
 * The pictures of the label whose patch is so near that few would be by accident, as often as pictures of other labels
 * have one as near. Judged apart for pictures whose label surprises and for the others, of which there are many more.
 */
function members({ label, chance, classes, pictures }: Surprise, wanted: number, all: readonly Member[]): Member[] {
  const own = (i: number) => chance[i * classes + wanted]!
  const counts = { strange: 0, usual: 0, others: 0 }
  for (let i = 0; i < pictures; i++)
    if (label[i] !== wanted) counts.others++
    else counts[own(i) < unsurprising ? 'strange' : 'usual']++
  const found: Member[] = []
  for (const kind of ['strange', 'usual'] as const) {
    let [others, end] = [0, 0]
    const hits: Member[] = []
    for (const member of all) {
      if (label[member.picture] !== wanted) others++
      else if (own(member.picture) < unsurprising === (kind === 'strange')) {
        hits.push(member)
        const accidents = (counts[kind] * (others + 1)) / Math.max(1, counts.others)
        if (accidents <= falseShare * hits.length || (kind === 'strange' && accidents < 0.5)) end = hits.length
      }
    }
    found.push(...hits.slice(0, end))
  }
  return found.sort((a, b) => a.distance - b.distance || a.picture - b.picture)
}
