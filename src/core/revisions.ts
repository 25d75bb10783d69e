/** One saved version of a page. */
export interface Revision {
  /** The wiki's number of it; breaks ties between equal times. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** Hash of its content, null when the wiki no longer shows the content. */
  readonly digest: string | null
}

/** When a snapshot is taken and how careful it is. */
export interface SnapshotRule {
  /** The moment of the snapshot, milliseconds since 1970. */
  readonly at: number
  /** A revision must have stood for so many milliseconds. */
  readonly holdMs: number
  /** Revisions that one identity revert can undo at most. */
  readonly radius: number
}

export const dayMs = 86_400_000
/** Identity reverts span at most so many revisions in the literature and its tools. */
export const usualRadius = 15

/** Why the newest revision of a page is not taken, or why none is. */
export type HeldReason = 'young' | 'reverted' | 'removed' | 'new' | 'later'

/** What a careful snapshot takes of one page; indices are places in the ordered revisions. */
export interface SnapshotChoice {
  /** The revision to take, -1 when the page is held out. */
  readonly chosen: number
  /** What a careless snapshot takes: the newest revision at `at`; -1 when the page did not exist. */
  readonly newest: number
  /** Revisions up to `at` that are younger than the hold. */
  readonly young: number
  /** Old revisions, newer than the chosen one, that were reverted. */
  readonly reverted: number
  /** Old revisions, newer than the chosen one, whose content the wiki no longer shows. */
  readonly removed: number
  /**
   * Absent when the newest revision is taken. `reverted`, `young`, `removed`: what is wrong with it. Without a chosen
   * revision `new` (all are younger than the hold) and `later` (all are later than the snapshot) stand beside them.
   */
  readonly held?: HeldReason
}

/** Compares ids as numbers when both are, else as text. */
function compareIds(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) {
    const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
    if (x.length !== y.length) return x.length - y.length
    return x < y ? -1 : x > y ? 1 : 0
  }
  return a < b ? -1 : a > b ? 1 : 0
}

/** The order in which a page got its revisions: by time, then by id. */
export const compareRevisions = (a: Revision, b: Revision): number => a.time - b.time || compareIds(a.id, b.id)

/** Revisions in their order; a revision that the table holds twice counts once. */
export function orderedRevisions<R extends Revision>(revisions: readonly R[]): R[] {
  const sorted = [...revisions].sort(compareRevisions)
  return sorted.filter((own, i) => {
    const before = sorted[i - 1]
    return !before || own.id === '' || before.id !== own.id || before.time !== own.time || before.digest !== own.digest
  })
}

/** SHA-1 of nothing as MediaWiki writes it and in hex: the content of an emptied page. */
export const emptyDigests: ReadonlySet<string> = new Set([
  '',
  'phoiac9h4m842xq45sp7s6u21eteeq1',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
])

/**
 * The identity reverts of a page: place i holds the place of the revision whose content revision i restores, -1 when it
 * restores none. Content is looked for in the `radius + 1` revisions before; restoring the one right before is no
 * revert.
 */
export function revertsOf(ordered: readonly Revision[], radius: number): Int32Array {
  const to = new Int32Array(ordered.length).fill(-1)
  const last = new Map<string, number>()
  ordered.forEach(({ digest }, i) => {
    if (digest === null) return
    const before = last.get(digest)
    const near = before !== undefined && before < i - 1 && i - before <= radius + 1
    if (near && !emptyDigests.has(digest)) to[i] = before
    last.set(digest, i)
  })
  return to
}

/**
 * Which revisions somebody undid: place i holds the place of the earliest revision that reverts it, -1 when none does.
 * A revert counts even when it was itself reverted, or whoever repeats an edit would clear it.
 */
export function revertedOf(ordered: readonly Revision[], radius: number): Int32Array {
  const to = revertsOf(ordered, radius)
  const by = new Int32Array(ordered.length).fill(-1)
  for (let i = ordered.length - 1; i > 0; i--) if (to[i]! >= 0) by.fill(i, to[i]! + 1, i)
  return by
}

/**
 * Takes the newest revision that is older than the hold and that nobody reverted, before the snapshot or, as far as the
 * table knows, after it. A revision whose content the wiki removed is never taken: there is nothing to pin.
 * @param ordered the page's revisions as `orderedRevisions` gives them
 */
export function snapshotChoice(ordered: readonly Revision[], { at, holdMs, radius }: SnapshotRule): SnapshotChoice {
  const by = revertedOf(ordered, radius)
  let [newest, young, reverted, removed] = [-1, 0, 0, 0]
  for (let i = ordered.length - 1; i >= 0; i--) {
    const { time, digest } = ordered[i]!
    if (time > at) continue
    if (newest < 0) newest = i
    if (at - time < holdMs) young++
    else if (by[i]! >= 0) reverted++
    else if (digest === null) removed++
    else return { chosen: i, newest, young, reverted, removed, ...heldOf(ordered, by, newest, i) }
  }
  const held = newest < 0 ? 'later' : reverted > 0 ? 'reverted' : removed > 0 ? 'removed' : 'new'
  return { chosen: -1, newest, young, reverted, removed, held }
}

function heldOf(
  ordered: readonly Revision[],
  by: Int32Array,
  newest: number,
  chosen: number,
): { readonly held?: HeldReason } {
  if (newest === chosen) return {}
  if (by[newest]! >= 0) return { held: 'reverted' }
  return { held: ordered[newest]!.digest === null ? 'removed' : 'young' }
}
