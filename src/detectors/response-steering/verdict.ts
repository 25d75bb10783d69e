import type { Severity } from '../../core/index.ts'
import { type Campaign, insertedIn, scoreOf } from './campaign.ts'
import type { Case } from './investigate.ts'
import { isFirm as isFirmWeakness } from './weakness.ts'

/** A block needs a chance so much smaller than a hold. */
const blockShare = 1 / 100
/** Fewer rows are a matter for a person. */
const leastBlocked = 12
/** Log chance of the answers under which a block begins. */
const leastAgainst = -12
/** Phrases shown that come close, and how close. */
const mostClose = 2
const closeShare = 8

/** Answers do it where the phrase stands and nowhere else: no honest word is obeyed so exactly and asked for by no other. */
const exactly = 0.9
const leastExact = 8
const exactAgainst = -30

function isExact({ against, showing, rows, doing }: Case): boolean {
  if (doing.parts || against > exactAgainst || showing.length < Math.max(leastExact, exactly * rows.length))
    return false
  return showing.length >= exactly * doing.rows.length
}

/** What is made of each campaign, the most telling first; null where an honest phrase explains it. */
export function verdicts(found: readonly Campaign[], budget: number): { campaign: Campaign; severity: Severity }[] {
  const sorted = [...found].sort((a, b) => scoreOf(a.cases[0]!) - scoreOf(b.cases[0]!))
  let close = 0
  return sorted.flatMap((campaign, rank): { campaign: Campaign; severity: Severity }[] => {
    const [own] = campaign.cases
    const inserted = insertedIn(campaign)
    const showing = campaign.kin.reduce((sum, kin) => sum + kin.cases[0]!.showing.length, own!.showing.length)
    // Honest phrases that rule answers are many in a large table: each further one has to look more planted.
    const line = Math.log(budget / (rank + 1))
    const isFirm = own!.against <= leastAgainst && showing >= leastBlocked
    if (inserted <= line + Math.log(blockShare) && isFirm) return [{ campaign, severity: 'block' }]
    if (inserted <= line || isExact(own!) || campaign.weaknesses.some(isFirmWeakness))
      return [{ campaign, severity: 'hold' }]
    if (inserted <= line + Math.log(closeShare) && close++ < mostClose) return [{ campaign, severity: 'info' }]
    return []
  })
}
