import type { Thumbnails } from '../../statistics/index.ts'
import { type Campaign, campaignOf } from './campaign.ts'
import { type Core, cores } from './grow.ts'
import { agreement } from './pairs.ts'
import { standardised } from './standard.ts'
import { type Ground, lookCosine } from './template.ts'
import { columns, even, lookColumns, plain, writeLook } from './views.ts'

/** Pairs of rows compared over all labels together. */
const mostPairs = 30_000_000
const sampled = 2000
const candidates = 4
/** Labels with fewer rows have no crowd to stand out from. */
const leastRows = 8

/** What was compared, and what was found. */
export interface Search {
  readonly ground: Ground
  readonly campaigns: readonly Campaign[]
  /** Labels of which a sample was compared pair by pair, and labels too small to compare. */
  readonly sampledLabels: number
  readonly most: number
  readonly small: number
}

/** Looks through all labels. */
export function search(thumbnails: Thumbnails, least: number): Search {
  const { pixels, label, side } = thumbnails
  const each = side * side * 3
  const ground: Ground = {
    views: [plain, even].map(view => standardised(pixels, each, view, columns)),
    looks: standardised(pixels, each, { id: 'plain', least: 1, clip: 3, write: writeLook }, lookColumns),
    label,
    sample: spread(Int32Array.from(label.keys()), sampled),
  }
  const groups = new Map<number, number[]>()
  label.forEach((own, row) => {
    const group = groups.get(own)
    if (group) group.push(row)
    else groups.set(own, [row])
  })
  const most = mostOf([...groups.values()].map(rows => rows.length))
  const campaigns: Campaign[] = []
  let [sampledLabels, small] = [0, 0]
  for (const [own, rows] of groups) {
    if (rows.length < leastRows) {
      small++
      continue
    }
    if (rows.length > most) sampledLabels++
    campaigns.push(...within(ground, own, spread(Int32Array.from(rows), most), least))
  }
  return { ground, campaigns, sampledLabels, most, small }
}

/** Rows of one label that may be compared pair by pair, so that all labels together stay in bounds. */
function mostOf(sizes: readonly number[]): number {
  const pairs = (most: number) => sizes.reduce((sum, size) => sum + Math.min(size, most) ** 2 / 2, 0)
  let most = 4000
  while (most > 64 && pairs(most) > mostPairs) most = Math.floor(most * 0.95)
  return most
}

const spread = (rows: Int32Array, most: number): Int32Array =>
  rows.length <= most ? rows : Int32Array.from({ length: most }, (_, k) => rows[Math.floor((k * rows.length) / most)]!)

function within(ground: Ground, label: number, rows: Int32Array, least: number): Campaign[] {
  const found: Campaign[] = []
  for (const core of promising(ground, rows, cores(agreement(ground.views, ground.looks, rows), least))) {
    const members = core.members.map(k => rows[k]!)
    if (found.some(other => covers(other.rows, members))) continue
    const campaign = campaignOf(ground, label, rows, core, least)
    if (campaign && !found.some(other => covers(other.rows, campaign.rows))) found.push(campaign)
  }
  return found
}

const covers = (rows: readonly number[], members: ArrayLike<number>): boolean => {
  const own = new Set(rows)
  let shared = 0
  for (let k = 0; k < members.length; k++) if (own.has(members[k]!)) shared++
  return shared > 0.5 * members.length
}

/** The weightiest cores, and the weightiest of those whose pictures do not look alike. */
function promising({ looks }: Ground, rows: Int32Array, found: readonly Core[]): Core[] {
  const differing = found.filter(({ members }) => {
    let [sum, count] = [0, 0]
    for (const a of members.subarray(0, 20))
      for (const b of members.subarray(0, 20))
        if (a < b) {
          sum += lookCosine(looks, rows[a]!, rows[b]!)
          count++
        }
    return sum / Math.max(1, count) < 0.15
  })
  return [...new Set([...found.slice(0, candidates), ...differing.slice(0, candidates)])]
}
