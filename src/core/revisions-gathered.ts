import {
  compareRevisions,
  orderedRevisions,
  type Revision,
  type SnapshotChoice,
  type SnapshotRule,
  snapshotChoice,
} from './revisions.ts'

/**
 * The revisions of one page that can decide its snapshot, whatever their order and number: of those older than the
 * hold the newest, of the younger ones the oldest (they may revert the older ones), and the newest at the snapshot.
 */
export interface Gathered<R extends Revision> {
  readonly rule: SnapshotRule
  readonly most: number
  list: R[]
  newest: R | null
  /** Revisions given, and those that were let go. */
  seen: number
  dropped: { old: number; young: number }
}

/** Begins a page. @param most revisions kept on either side of the hold; at least `radius + 1` are */
export const gathered = <R extends Revision>(rule: SnapshotRule, most: number): Gathered<R> => ({
  rule,
  most: Math.max(most, rule.radius + 2),
  list: [],
  newest: null,
  seen: 0,
  dropped: { old: 0, young: 0 },
})

/** Adds a revision; the memory of a page stays bounded. */
export function gatherRevision<R extends Revision>(page: Gathered<R>, revision: R): void {
  page.seen++
  if (revision.time <= page.rule.at && (!page.newest || compareRevisions(page.newest, revision) <= 0))
    page.newest = revision
  page.list.push(revision)
  if (page.list.length > 4 * page.most) trim(page)
}

function trim<R extends Revision>(page: Gathered<R>): void {
  const ordered = orderedRevisions(page.list)
  const edge = page.rule.at - page.rule.holdMs
  const firstYoung = ordered.findIndex(r => r.time > edge)
  const cut = firstYoung < 0 ? ordered.length : firstYoung
  const from = Math.max(0, cut - page.most)
  const to = Math.min(ordered.length, cut + page.most)
  page.dropped.old += from
  page.dropped.young += ordered.length - to
  page.list = ordered.slice(from, to)
}

/** What the snapshot takes of a page. */
export interface GatheredChoice<R extends Revision> extends Omit<SnapshotChoice, 'chosen' | 'newest'> {
  readonly chosen: R | null
  readonly newest: R | null
  /** True when no revision among those kept may be taken but older ones were let go. */
  readonly beyond: boolean
}

/** Chooses among the gathered revisions. */
export function chooseGathered<R extends Revision>(page: Gathered<R>): GatheredChoice<R> {
  const ordered = orderedRevisions(page.list)
  const choice = snapshotChoice(ordered, page.rule)
  const chosen = choice.chosen < 0 ? null : ordered[choice.chosen]!
  const held =
    choice.held ??
    (chosen && page.newest && chosen !== page.newest && isOther(chosen, page.newest) ? 'young' : undefined)
  const { chosen: _c, newest: _n, held: _h, ...counts } = choice
  return {
    ...counts,
    chosen,
    newest: page.newest,
    beyond: chosen === null && page.dropped.old > 0,
    ...(held ? { held } : {}),
  }
}

const isOther = (a: Revision, b: Revision): boolean => compareRevisions(a, b) !== 0
