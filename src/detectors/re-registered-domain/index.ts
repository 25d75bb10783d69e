import { z } from 'zod'
import { detector, timeOf } from '../../core/index.ts'
import { domainCounts, domainTakeovers } from '../../statistics/index.ts'
import { domainClaims, pageClaims } from './claims.ts'
import { takenOf } from './taken.ts'

const counted = (n: number): string => (n === 1 ? '1 row' : `${n.toLocaleString('en-US')} rows`)
/** Domains whose rows are counted; the lists of them are cut long before. */
const mostDomains = 500_000

/**
 * A domain that was registered after its rows were listed has another owner than the one who was judged. What it serves
 * now decides how grave that is.
 */
export default detector({
  id: 're-registered-domain',
  title: 'Domains that changed hands after their rows were listed',
  threat: 'web-scale-split-view',
  input: {
    table: {
      url: 'string',
      registered: 'time?',
      time: 'time?',
      text: 'string?',
      digest: 'string?',
      observed: 'string?',
      looks: 'string?',
      observedLooks: 'string?',
    },
  },
  cost: 'scan',

  options: z.object({
    curatedAt: z.iso
      .date()
      .optional()
      .describe('Day on which the list was made; rows may say an earlier moment in their time column.'),
    domains: z
      .number()
      .int()
      .min(2)
      .max(16)
      .default(10)
      .describe('Least domains that serve one and the same new content, for it to be a parking page or a campaign.'),
  }),

  messages: {
    swapped:
      '{value} was registered on {date}, {days} days after its rows were listed, and serves something else at {suspect} of {rows} of them.',
    parked: '{value} shows a page that offers domains for sale at {suspect} of its {rows} rows{since}.',
    rebought: '{value} was registered on {date}, {days} days after its rows were listed; rows on it: {rows}.',
    others:
      '{domains} further domains with {total} rows were registered after their rows were listed, or are for sale.',
    page: 'One and the same content stands at {suspect} addresses of {domains} domains, where different ones were recorded.',
  },

  async *detect(context) {
    const { table, options, notJudged } = context
    if (!table.has('registered') && !table.has('observed'))
      return notJudged('no column says when a domain was registered, and none what it serves now')
    const curatedAt = timeOf(options.curatedAt)
    const { first, counts } = await table.measure({
      first: domainTakeovers.request({ curatedAt }),
      counts: domainCounts.request({ limit: mostDomains }),
    })
    if (!table.has('registered')) notJudged('when a domain was registered: no column says it')
    else if (first.unknown > 0) notJudged(`${counted(first.unknown)} on domains whose registration is unknown`)
    if (first.undated > 0)
      notJudged(`${counted(first.undated)} of which nobody says when they were listed (curatedAt can)`)
    const pages = first.shared.filter(page => page.domains >= options.domains).slice(0, 10)
    const again = pages.length > 0 ? domainTakeovers.request({ curatedAt, pages: pages.map(p => p.digest) }) : null
    const found = again ? (await table.measure({ again })).again : first
    if (!found.complete) notJudged('all rows of domains that changed hands: there are more than a report lists')
    const taken = takenOf(
      found.suspects.filter(s => s.registered !== null || s.parked),
      counts,
    )
    yield* domainClaims(context, taken)
    yield* pageClaims(context, pages, found.suspects)
  },
})
