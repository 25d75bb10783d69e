import {
  addHour,
  chooseGathered,
  emptyHours,
  Fault,
  gathered,
  gatherRevision,
  latestOf,
  type SnapshotRule,
  type Table,
} from '../../core/index.ts'
import { grouped } from './grouped.ts'
import { lineOf, writtenLine } from './lines.ts'
import type { LineSink, Pass, SnapshotOptions } from './pass.ts'
import { type PageRevision, revisionsIn, unread } from './records.ts'
import { seenPages } from './seen-pages.ts'
import { count, counting, type SnapshotSummary, summaryOf } from './summary.ts'

/** Revisions of one page kept on either side of the hold while the page is read. */
const mostKept = 4096
const defaultSpillBytes = 64 * 2 ** 30

/** Chooses a revision of every page of a table and writes one line a page, in the order in which pages first come. */
export async function takeSnapshot(table: Table, options: SnapshotOptions, sink: LineSink): Promise<SnapshotSummary> {
  needs(table)
  const latest = options.at === undefined ? await latestIn(table, options.signal) : null
  const at = options.at ?? latest?.at
  if (at === undefined || at === null)
    throw new Fault('missing-role', 'No row has a time that can be read.', 'Name the column of times with --time.')
  const { holdMs, radius } = options
  const rule: SnapshotRule = { at, holdMs, radius }
  const begin = () => counting(rule, options.at === undefined ? 'latest' : 'given', latest?.doubted ?? 0)
  const missing = unread()
  const counts = begin()
  if (await inOrder(table, rule, { counts, missing, sink, options })) return summaryOf(counts, missing, 'as given')
  await sink.restart()
  const again = { counts: begin(), missing: unread(), sink, options }
  await grouped(table, rule, { ...again, mostSpillBytes: options.mostSpillBytes ?? defaultSpillBytes })
  return summaryOf(again.counts, again.missing, 'grouped')
}

function needs(table: Table): void {
  const lacking = (['item', 'time'] as const).filter(role => !table.roles.has(role))
  if (!table.roles.has('digest') && !table.roles.has('text')) throw lacks('digest (or text)')
  if (lacking.length > 0) throw lacks(lacking.join(' and '))
}

const lacks = (roles: string): Fault =>
  new Fault(
    'missing-role',
    `The table has no column of ${roles}; a revision has a page, an id, a time and a digest.`,
    'Name the columns with --item, --id, --time and --digest.',
  )

async function latestIn(table: Table, signal?: AbortSignal) {
  const hours = emptyHours()
  for await (const revisions of revisionsIn(table, unread())) {
    signal?.throwIfAborted()
    for (const { time } of revisions) addHour(hours, time)
  }
  return latestOf(hours)
}

/** Chooses page by page as they come; false as soon as a page comes a second time. */
async function inOrder(table: Table, rule: SnapshotRule, { counts, missing, sink, options }: Pass): Promise<boolean> {
  const done = seenPages()
  let page: string | null = null
  let own = gathered<PageRevision>(rule, mostKept)
  let lines: string[] = []
  const finish = () => {
    if (page === null) return
    const choice = chooseGathered(own)
    count(counts, choice)
    lines.push(writtenLine(lineOf(page, choice)))
  }
  for await (const revisions of revisionsIn(table, missing)) {
    options.signal?.throwIfAborted()
    for (const revision of revisions) {
      if (revision.page !== page) {
        finish()
        page = revision.page
        if (done.has(page)) return false
        own = gathered(rule, mostKept)
      }
      counts.revisions++
      if (revision.time > rule.at) counts.laterRevisions++
      gatherRevision(own, revision)
    }
    await sink.write(lines.join(''))
    lines = []
    options.onPages?.(counts.pages, counts.revisions)
  }
  finish()
  await sink.write(lines.join(''))
  return true
}
