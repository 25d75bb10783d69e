import type { GatheredChoice, HeldReason, SnapshotRule } from '../../core/index.ts'
import type { PageRevision, Unread } from './records.ts'

/** What a snapshot did, in numbers. */
export interface SnapshotSummary {
  /** ISO 8601. */
  readonly at: string
  readonly atBecause: 'given' | 'latest'
  readonly holdHours: number
  readonly radius: number
  readonly pages: number
  readonly revisions: number
  /** Pages whose newest revision at `at` is taken. */
  newest: number
  /** Pages that get an older revision, by what is wrong with the newest. */
  readonly heldBack: Record<'young' | 'reverted' | 'removed', number>
  /** Pages that get none. */
  readonly heldOut: Record<HeldReason, number>
  /** Old revisions passed over because somebody reverted them. */
  revertedAvoided: number
  /** Pages none of whose kept revisions could be taken, though they have older ones. */
  beyond: number
  /** Revisions later than `at`: read only for what they revert. */
  laterRevisions: number
  /** Rows whose clock is doubted when `at` is the latest time. */
  readonly doubtedTimes: number
  readonly withoutPage: number
  readonly withoutTime: number
  /** Records that could not be read, and what is wrong with the first. */
  readonly lost: number
  readonly firstLost?: string
  /** `as given` when the rows of a page stand together, else `grouped` by way of the disk. */
  readonly order: 'as given' | 'grouped'
}

/** Counts while pages are chosen. */
export interface Counting
  extends Omit<
    SnapshotSummary,
    'pages' | 'revisions' | 'withoutPage' | 'withoutTime' | 'lost' | 'firstLost' | 'order'
  > {
  pages: number
  revisions: number
}

export const counting = (rule: SnapshotRule, atBecause: 'given' | 'latest', doubtedTimes: number): Counting => ({
  at: new Date(rule.at).toISOString(),
  atBecause,
  holdHours: rule.holdMs / 3_600_000,
  radius: rule.radius,
  pages: 0,
  revisions: 0,
  newest: 0,
  heldBack: { young: 0, reverted: 0, removed: 0 },
  heldOut: { young: 0, reverted: 0, removed: 0, new: 0, later: 0 },
  revertedAvoided: 0,
  beyond: 0,
  laterRevisions: 0,
  doubtedTimes,
})

/** Counts a page. */
export function count(into: Counting, choice: GatheredChoice<PageRevision>): void {
  into.pages++
  into.revertedAvoided += choice.reverted
  if (choice.beyond) into.beyond++
  const { held } = choice
  if (!choice.chosen) into.heldOut[held ?? 'new']++
  else if (held === 'young' || held === 'reverted' || held === 'removed') into.heldBack[held]++
  else into.newest++
}

export const summaryOf = (counts: Counting, missing: Unread, order: SnapshotSummary['order']): SnapshotSummary => ({
  ...counts,
  ...missing,
  order,
})
