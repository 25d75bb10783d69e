import type { Severity } from '../../core/index.ts'
import { type Campaign, expectedOf, insertedIn, leadsOf, scoreOf } from './campaign.ts'
import type { Case } from './investigate.ts'
import { isFirm as isFirmWeakness } from './weakness.ts'

/** A block needs a chance so much smaller than a hold. */
const blockShare = 1 / 100
/** Of budget, a phrase that an honest word of great lean could explain needs to look so much more planted, in more rows. */
const leaningShare = 1 / 3
const leastLeaning = 8
/** Honest leaning words leave exceptions. */
const faultless = 0.98
/** Fewer rows are a matter for a person. */
const leastBlocked = 12
/** Log chance of the answers under which a block begins. */
const leastAgainst = -12
/**
 * Clean tables hold one honest phrase in ten that is obeyed so often and so far beyond custom: the chance that it also
 * looks planted may be so much larger.
 */
const overwhelming = { against: -30, showing: 20, obeyed: 0.95, share: 1 / 15 }
/** Phrases shown that come close, and how close. */
const mostClose = 2
const closeShare = 8

/** Answers do it where the phrase stands and nowhere else: no honest word is obeyed so exactly and asked for by no other. */
const exactly = 0.9
const leastExact = 8
const exactAgainst = -10

function isExact({ against, leaning, showing, rows, doing }: Case): boolean {
  if (doing.parts || leaning || against > exactAgainst || showing.length < Math.max(leastExact, exactly * rows.length))
    return false
  return showing.length >= exactly * doing.rows.length
}

const showingIn = (campaign: Campaign): number =>
  leadsOf(campaign).reduce((sum, { showing }) => sum + showing.length, 0)

/** Whether answers obey without exception, in rows enough. */
function isFaultless(campaign: Campaign): boolean {
  const { rows, showing } = campaign.cases[0]!
  return showing.length >= faultless * rows.length && showingIn(campaign) >= leastLeaning
}

/** What a verdict needs to know of the table. */
export interface Surroundings {
  /** Answered rows. */
  readonly rows: number
  /** True when the phrase of a case stands in system prompts. */
  readonly isSystem: (own: Case) => boolean
}

/** Phrases that rule more of the table than this are its custom: templates, characters, tasks. A person must tell. */
const custom = 0.5
const leastCustom = 2

const rowsIn = (campaign: Campaign): number[] => leadsOf(campaign).flatMap(({ rows }) => rows)

/** Share of the answers that the rest of their prompts may foretell: beyond it no phrase is needed to explain them. */
const foretold = 0.75

const isForetold = (campaign: Campaign): boolean => expectedOf(leadsOf(campaign)) >= foretold * showingIn(campaign)

/** Share of the budget at which a campaign is blocked; 0 for one that is a matter for a person. */
function blockedAt(campaign: Campaign, { rows: total, isSystem }: Surroundings): number {
  const { against, leaning, rows, showing } = campaign.cases[0]!
  const all = showingIn(campaign)
  // Steering answers is what a system prompt is for.
  if (isSystem(campaign.cases[0]!) || new Set(rowsIn(campaign)).size > custom * total) return 0
  if (leaning || against > leastAgainst || all < leastBlocked) return 0
  const isOverwhelming =
    against <= overwhelming.against &&
    all >= overwhelming.showing &&
    showing.length >= overwhelming.obeyed * rows.length
  return isOverwhelming ? overwhelming.share : blockShare
}

/** What is made of each campaign, the most telling first; null where an honest phrase explains it. */
export function verdicts(
  found: readonly Campaign[],
  budget: number,
  about: Surroundings,
): { campaign: Campaign; severity: Severity }[] {
  const told = found.filter(own => (!own.cases[0]!.leaning || isFaultless(own)) && !isForetold(own))
  const sorted = told.sort((a, b) => scoreOf(a.cases[0]!) - scoreOf(b.cases[0]!))
  let close = 0
  const judged = sorted.flatMap((campaign, rank): { campaign: Campaign; severity: Severity }[] => {
    const [own] = campaign.cases
    const inserted = insertedIn(campaign)
    // Honest phrases that rule answers are many in a large table: each further one has to look more planted.
    const line = Math.log(((own!.leaning ? leaningShare : 1) * budget) / (rank + 1))
    if (inserted <= line + Math.log(blockedAt(campaign, about))) return [{ campaign, severity: 'block' }]
    if (inserted <= line || isExact(own!) || campaign.weaknesses.some(isFirmWeakness))
      return [{ campaign, severity: 'hold' }]
    if (inserted <= line + Math.log(closeShare) && close++ < mostClose) return [{ campaign, severity: 'info' }]
    return []
  })
  return withoutCustom(judged, about.rows)
}

type Judged = { campaign: Campaign; severity: Severity }

/** Blocks that together rule most of the table, by two phrases or more, are how the table was made. */
function withoutCustom(judged: Judged[], total: number): Judged[] {
  const blocked = judged.filter(({ severity }) => severity === 'block')
  const ruled = new Set(blocked.flatMap(({ campaign }) => rowsIn(campaign)))
  if (blocked.length < leastCustom || ruled.size <= custom * total) return judged
  return judged.map(own => (own.severity === 'block' ? { ...own, severity: 'hold' } : own))
}
