import { type PictureClasses, pictureClasses } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'
import { type Campaign, campaignOf, grown } from './campaign.ts'
import { among, type Ground, groundOf } from './ground.ts'
import { agreement } from './pairs.ts'
import { classSeeds, pairSeeds } from './seeds.ts'
import { standardised } from './standard.ts'
import { columns, even, lookColumns, plain, writeLook } from './views.ts'

/** Pairs of rows compared over all labels together. */
const mostPairs = 8_000_000
const sampled = 1200
/** Rows of one label that are scored again and again. */
const mostScored = 8000
/** Labels with fewer rows have no crowd to stand out from. */
const leastRows = 8

/** What was compared, and what was found. */
export interface Search {
  readonly ground: Ground
  readonly campaigns: readonly Campaign[]
  /** Labels that were searched. */
  readonly searched: number
  /** Labels of which a sample was compared pair by pair, and labels too small to compare. */
  readonly sampledLabels: number
  readonly most: number
  readonly small: number
}

/** Looks through all labels. */
export function search(thumbnails: Thumbnails, least: number): Search {
  const { pixels, label, side } = thumbnails
  const each = side * side * 3
  const views = [plain, even].map(view => standardised(pixels, each, view, columns))
  const looks = standardised(pixels, each, { id: 'plain', least: 1, clip: 3, write: writeLook }, lookColumns)
  const classes = thumbnails.labels.length > 1 ? pictureClasses(thumbnails) : null
  const ground = groundOf(pixels, views, looks, label, spread(Int32Array.from(label.keys()), sampled), classes)
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
    campaigns.push(...within(ground, classes, own, rows, most, least))
  }
  return { ground, campaigns, searched: groups.size - small, sampledLabels, most, small }
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

/** Searches one label from its seeds: pairs that agree, and pictures that look like other classes. */
function within(
  ground: Ground,
  classes: PictureClasses | null,
  label: number,
  all: readonly number[],
  most: number,
  least: number,
): Campaign[] {
  const rows = Int32Array.from(all)
  const paired = spread(rows, most)
  const seeds = [
    ...pairSeeds(agreement(ground.views, ground.looks, paired), least),
    ...(classes ? classSeeds(classes, label, rows, least) : []),
  ]
  const some = among(ground.views, spread(rows, mostScored))
  const found: number[][] = []
  for (const seed of seeds) {
    const members = found.some(other => covers(other, seed)) ? null : grown(ground, some, seed, least)
    if (members && !found.some(other => covers(other, members))) found.push(members)
  }
  const campaigns: Campaign[] = []
  for (const members of found) {
    const campaign = campaignOf(ground, label, some, members, least)
    if (campaign && !campaigns.some(other => covers(other.rows, campaign.rows))) campaigns.push(campaign)
  }
  return campaigns
}

const covers = (rows: readonly number[], members: readonly number[]): boolean => {
  const own = new Set(rows)
  return members.filter(row => own.has(row)).length > 0.5 * members.length
}
