import { Fault } from '../../core/index.ts'
import { type ChoiceLine, type NamedRevision, readLine } from './lines.ts'
import { linesIn } from './spill.ts'

/** What became of a page between two choices. `undone`: what stood at the first snapshot is gone from the second. */
export type Fate = 'same' | 'newer' | 'undone' | 'gone' | 'added' | 'held'

/** A page on which two choices differ. */
export interface Difference {
  readonly page: string
  readonly fate: Exclude<Fate, 'same'>
  /** What the first took, or would have taken without care. */
  readonly before: NamedRevision | null
  readonly after: NamedRevision | null
  /** True when only a careless first snapshot would have taken what was undone. */
  readonly avoided: boolean
}

/** Two choices, page by page. */
export interface Comparison {
  readonly pages: number
  readonly fates: Readonly<Record<Fate, number>>
  /** Undone pages that the first choice had held back already. */
  readonly avoided: number
}

/** Pages that wait for their other half: choices of one wiki have one order, so few wait. */
const mostWaiting = 2_000_000

/** Compares two choices line by line. `onDifference` hears every page that is not the same. */
export async function compareChoices(
  first: string,
  second: string,
  onDifference: (difference: Difference) => Promise<void>,
): Promise<Comparison> {
  const waiting = [new Map<string, ChoiceLine>(), new Map<string, ChoiceLine>()] as const
  const fates: Record<Fate, number> = { same: 0, newer: 0, undone: 0, gone: 0, added: 0, held: 0 }
  let [pages, avoided] = [0, 0]
  const settle = async (before: ChoiceLine | undefined, after: ChoiceLine | undefined) => {
    pages++
    const told = differenceOf(before, after)
    fates[told?.fate ?? 'same']++
    if (told?.avoided) avoided++
    if (told) await onDifference(told)
  }
  const meet = async (line: ChoiceLine, side: 0 | 1) => {
    const other = waiting[side === 0 ? 1 : 0]
    const match = other.get(line.page)
    if (!match) {
      waiting[side].set(line.page, line)
      if (waiting[side].size > mostWaiting) throw apart(first, second)
      return
    }
    other.delete(line.page)
    await (side === 0 ? settle(line, match) : settle(match, line))
  }
  const [a, b] = [choiceLines(first), choiceLines(second)]
  for (let open = 3; open > 0; ) {
    const [x, y] = await Promise.all([a.next(), b.next()])
    open = (x.done ? 0 : 1) + (y.done ? 0 : 2)
    if (!x.done) await meet(x.value, 0)
    if (!y.done) await meet(y.value, 1)
  }
  for (const line of waiting[0].values()) await settle(line, undefined)
  for (const line of waiting[1].values()) await settle(undefined, line)
  return { pages, fates, avoided }
}

async function* choiceLines(path: string): AsyncGenerator<ChoiceLine, undefined> {
  let n = 0
  for await (const line of linesIn(path)) yield readLine(line, `${path}, line ${++n}`)
}

const apart = (a: string, b: string): Fault =>
  new Fault(
    'bad-snapshot',
    `${a} and ${b} name their pages in orders too different to compare.`,
    'Take both snapshots from tables in the same order.',
  )

const own = ({ revision, sha1, time }: ChoiceLine): NamedRevision | null =>
  revision === undefined || time === undefined ? null : { revision, sha1: sha1 ?? null, time }

function differenceOf(before: ChoiceLine | undefined, after: ChoiceLine | undefined): Difference | null {
  const page = (before ?? after)!.page
  const [was, is] = [before ? own(before) : null, after ? own(after) : null]
  const told = (fate: Difference['fate'], shown = was): Difference => ({
    page,
    fate,
    before: shown,
    after: is,
    avoided: fate === 'undone' && shown !== was,
  })
  if (!before) return told('added')
  if (!after) return told('gone')
  const naive = before.newest ?? was
  if (naive && isUndone(naive, was, is, after)) return told('undone', naive)
  if (was && !is) return told('held')
  if (!is) return null
  return was?.revision === is.revision && was.sha1 === is.sha1 ? null : told('newer')
}

/**
 * A careless first snapshot had the newest revision. It was undone when the second look calls it reverted, goes back
 * behind it although it is old by now, or has the content again that the first choice kept.
 */
function isUndone(
  naive: NamedRevision,
  was: NamedRevision | null,
  is: NamedRevision | null,
  after: ChoiceLine,
): boolean {
  const same = after.newest !== undefined && isSame(after.newest, naive)
  if (same) return after.held === 'reverted'
  if (!is || isSame(is, naive)) return false
  if (isOlder(is, naive)) return true
  return was !== null && !isSame(was, naive) && is.sha1 !== null && is.sha1 === was.sha1 && is.sha1 !== naive.sha1
}

const isSame = (a: NamedRevision, b: NamedRevision): boolean => a.revision === b.revision && a.time === b.time

const isOlder = (a: NamedRevision, b: NamedRevision): boolean =>
  a.time === b.time ? Number(a.revision) < Number(b.revision) : Date.parse(a.time) < Date.parse(b.time)
