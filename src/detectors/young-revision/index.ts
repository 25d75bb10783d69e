import { z } from 'zod'
import { detector, timeOf } from '../../core/index.ts'
import { firstSeen, pageRevisions, rowsOf } from '../../statistics/index.ts'
import { about, accountEvidence, burstEvidence, freshEvidence, refrainEvidence, undoneEvidence } from './evidence.ts'
import { historyOf } from './history.ts'
import { refrainsOf } from './inserted.ts'
import { type Span, standsOf } from './pages.ts'
import { hourlyFigure } from './picture.ts'
import { coordinated, undoneSeverity } from './severity.ts'

const hourMs = 3_600_000
/** Accounts whose past is looked up; and rows whose text is fetched, the newest first. */
const mostAccounts = 1_000_000
const mostTexts = 4000
const mostCharacters = 20_000
/** Accounts and phrases told one by one. */
const mostClaims = 10

/**
 * Whoever knows when a snapshot is taken edits just before it. Every snapshot has fresh edits, so those are a fact;
 * more accounts, more new accounts, one account on more pages than this table's own days show, the same words on many
 * pages, and edits that were undone afterwards, are for a person to look at.
 */
export default detector({
  id: 'young-revision',
  title: 'Pages that a snapshot takes with a fresh edit',
  threat: 'front-running',
  version: '1',
  input: {
    table: { item: 'category', time: 'time', id: 'any?', actor: 'category?', digest: 'category?', text: 'string?' },
  },
  cost: 'rescan',

  options: z.object({
    at: z
      .string()
      .refine(text => text === '' || timeOf(text) !== null, 'a time such as 2024-01-31T00:00:00Z')
      .default('')
      .describe('The moment of the snapshot, ISO 8601; the latest time of the table when empty.'),
    hold: z.number().positive().max(8760).default(24).describe('Hours that a revision must have stood.'),
    radius: z.number().int().min(1).max(100).default(15).describe('Revisions that one revert can undo at most.'),
    risk: z
      .number()
      .positive()
      .max(0.1)
      .default(0.01)
      .describe('Chance that an honest table is held by one of the tests.'),
    days: z.number().int().min(1).max(365).default(28).describe('Days before the snapshot that it is compared with.'),
    pages: z.number().int().min(100).max(2_000_000).default(100_000).describe('Most pages looked at; a share beyond.'),
  }),

  messages: {
    young: '{suspect} of {rows} pages would enter a snapshot at {moment} with a revision younger than {hold} hours.',
    burst:
      '{suspect} {who} in the last {hours} before {moment}; at other times at most {most}, {expectedSuspect} usually.',
    account:
      '{who} "{value}" ends {suspect} pages of the snapshot at {moment} with edits younger than {hold} hours; up to {expectedSuspect} would be usual.',
    words: '{suspect} pages gained "{phrase}" within {hold} hours of the snapshot, from {accounts}.',
    undone:
      '{suspect} pages end the snapshot at {moment} with a revision that was undone afterwards; at other hours at most {most}.',
  },

  async *detect({ table, options, claim, figure, notJudged }) {
    if (table.has('rater')) return notJudged('items that raters score are no pages')
    const { hold, radius, risk, days, pages } = options
    const given = timeOf(options.at)
    const { kept } = await table.measure({
      kept: pageRevisions.request({ ...(given === null ? {} : { at: given }), radius, pages }),
    })
    const { at, times } = kept
    if (at === null || times.first === null) return notJudged('no row has a page and a time that can be read')
    const holdMs = hold * hourMs
    const from = Math.max(times.first + holdMs, at - days * 24 * hourMs)
    const span: Span = { at, from: Math.min(from, at), known: Math.max(at, times.at ?? at), holdMs, radius }
    const standing = standsOf(kept, span)
    const fresh = standing.stands.filter(s => s.time <= at && s.until > at && at - s.time < holdMs)
    fresh.sort((a, b) => b.time - a.time || a.row - b.row)
    const undone = standing.stands.filter(s => s.time <= at && s.until > at && s.undone < Infinity)
    const shown = [...fresh, ...undone]
      .slice(0, mostTexts / 2)
      .flatMap(s => (s.before < 0 ? [s.row] : [s.row, s.before]))
    const roles = (['item', 'actor', 'text'] as const).filter(role => table.has(role))
    const keys = standing.actors.subarray(0, 2 * mostAccounts)
    const { seen, cells } = await table.measure({
      seen: firstSeen.request({ role: 'actor', keys, before: at - holdMs }),
      cells: rowsOf.request({ rows: shown, roles, characters: mostCharacters }),
    })
    const history = historyOf(standing, seen, span, risk)
    for (const sentence of unjudged()) notJudged(sentence)
    figure(hourlyFigure(kept.hourly, history.hourlyNew))
    const facts = about({ table, span, cells: cells.rows, risk, pages: standing.pages, hold })

    if (history.undone.stands.length > 0) {
      const severity = undoneSeverity(history.undone, risk)
      yield claim('undone', severity, ...undoneEvidence(history.undone, facts))
    }
    for (const refrain of refrainsOf(fresh, cells.rows).slice(0, mostClaims)) {
      const severity = coordinated(refrain, history)
      yield claim('words', severity, ...refrainEvidence(refrain, facts))
    }
    for (const burst of history.bursts) yield claim('burst', 'hold', ...burstEvidence(burst, facts))
    for (const busy of history.busy.slice(0, mostClaims))
      yield claim('account', 'hold', ...accountEvidence(busy, facts))
    if (fresh.length > 0) yield claim('young', 'info', ...freshEvidence(history, facts))

    function* unjudged(): Generator<string> {
      if (kept.without > 0) yield `${kept.without} rows without a page or a time that can be read`
      if (kept.level > 0) yield `all pages: one in ${2 ** kept.level} was looked at, chosen by the hash of its name`
      if (times.doubted > 0 && given === null) yield `${times.doubted} rows a week or more later than all others`
      if (!history.comparable)
        yield 'bursts: the table reaches back too little before the snapshot to know what is usual'
      if (!table.has('actor')) yield 'new and busy accounts: no column says who edited'
      if (!table.has('digest') && !table.has('text')) yield 'reverts: no column has a digest or the text'
      if (keys.length < standing.actors.length) yield `the past of accounts beyond the first ${mostAccounts}`
      if (standing.crowded.size > 0)
        yield `bursts on ${standing.crowded.size} ${standing.crowded.size === 1 ? 'page' : 'pages'} with more revisions than are kept of one page`
      if (table.has('text') && shown.length < fresh.length)
        yield `the words of ${fresh.length - mostTexts / 2} fresh edits beyond the ${mostTexts / 2} newest`
    }
  },
})
