import type { Severity } from '../../core/index.ts'
import { type Campaign, scoreOf } from './campaign.ts'

/** A block needs a chance so much smaller than a hold. */
const blockShare = 1 / 100
/** Fewer rows are a matter for a person. */
const leastBlocked = 12
/** Log chance of the answers under which a block begins. */
const leastAgainst = -12
/** Phrases shown that come close, and how close. */
const mostClose = 2
const closeShare = 8

/** What is made of each campaign, the most telling first; null where an honest phrase explains it. */
export function verdicts(found: readonly Campaign[], budget: number): { campaign: Campaign; severity: Severity }[] {
  const sorted = [...found].sort((a, b) => scoreOf(a.cases[0]!) - scoreOf(b.cases[0]!))
  let close = 0
  return sorted.flatMap((campaign, rank): { campaign: Campaign; severity: Severity }[] => {
    const [own] = campaign.cases
    // Honest phrases that rule answers are many in a large table: each further one has to look more planted.
    const line = Math.log(budget / (rank + 1))
    const isFirm = own!.against <= leastAgainst && own!.showing.length >= leastBlocked
    if (own!.inserted <= line + Math.log(blockShare) && isFirm) return [{ campaign, severity: 'block' }]
    if (own!.inserted <= line) return [{ campaign, severity: 'hold' }]
    if (own!.inserted <= line + Math.log(closeShare) && close++ < mostClose) return [{ campaign, severity: 'info' }]
    return []
  })
}
