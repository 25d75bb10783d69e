import { type Claim, type EvidenceOf, looksApart, parseLooks, type Row, type RowId, textOf } from '../../core/index.ts'
import { type DigestCompare, rowsOf } from '../../statistics/index.ts'
import { unseenOf } from './gaps.ts'
import {
  allDiffer,
  type Context,
  comparedOf,
  type Kind,
  mostExamples,
  noneComparable,
  short,
  shownRow,
} from './kind.ts'

const roles = ['url', 'item', 'id', 'digest', 'observed', 'looks', 'observedLooks'] as const

/** What changes at addresses changes under a list that is right, not on the way to the reader. */
const onTheWeb = 'web-scale-split-view'

/** Claims about addresses on the web, or records of archives. */
export async function* listClaims(context: Context, found: DigestCompare, kind: Kind): AsyncGenerator<Claim> {
  const { claim } = context
  const compared = comparedOf(found)
  if (noneComparable(found)) {
    const evidence = await evidenceOf(context, found.rows.unlike, found.counts.unlike)
    return yield claim('algorithm', 'hold', evidence, { values: { algorithms: found.algorithms[0]![0] } })
  }
  const groups = { ...groupsOf(found), compared }
  if (allDiffer(found) && kind === 'archive') return yield* wrongColumn(context, found, 'hold')
  if (allDiffer(found)) {
    // Looks that are the same show that the rows are right and the digests of other bytes, of resized copies perhaps.
    const isRight = found.counts.near >= 0.5 * compared
    yield* wrongColumn(context, found, isRight ? 'info' : 'hold')
    if (!isRight) return
  }
  if (kind === 'archive') {
    const all = merged(groups.changed, groups.unseen, found.rows.near)
    if (all.length > 0)
      yield claim('damaged', 'hold', await evidenceOf(context, all, compared - found.counts.same), {
        rows: all,
        values: { compared },
      })
    return
  }
  const changed = found.counts.changed + found.counts.blank - (found.seen === 0 ? found.counts.blank : 0)
  if (changed > 0)
    yield claim('changed', 'hold', await evidenceOf(context, groups.changed, changed), {
      rows: groups.changed,
      values: { compared },
      threat: onTheWeb,
    })
  if (found.counts.near > 0)
    yield claim('near', 'info', await evidenceOf(context, found.rows.near, found.counts.near), {
      values: { compared },
      threat: onTheWeb,
    })
  if (unseenOf(found) > 0)
    yield claim('unseen', 'hold', await evidenceOf(context, groups.unseen, unseenOf(found)), {
      values: { compared },
      threat: onTheWeb,
    })
}

/** Rows that look different, and rows that cannot be looked at: the recorded ones, when nobody looked this time. */
function groupsOf({ rows, seen }: DigestCompare): { readonly changed: RowId[]; readonly unseen: RowId[] } {
  const [changed, blank, unseen] = [rows.changed, rows.blank, rows.unseen]
  return seen === 0
    ? { changed: merged(changed), unseen: merged(blank, unseen) }
    : { changed: merged(changed, blank), unseen: merged(unseen) }
}

const merged = (...lists: readonly (Float64Array | readonly RowId[] | undefined)[]): RowId[] =>
  lists.flatMap(list => Array.from(list ?? [])).sort((a, b) => a - b)

async function* wrongColumn(context: Context, found: DigestCompare, severity: 'info' | 'hold'): AsyncGenerator<Claim> {
  const compared = comparedOf(found)
  const rows = merged(found.rows.near, found.rows.changed, found.rows.blank, found.rows.unseen)
  yield context.claim('column', severity, await evidenceOf(context, rows, compared), { values: { compared } })
}

/** Rows among which the most different are shown. */
const mostRead = 500

/** The rows of a finding, the most different of the first with what was compared. */
async function evidenceOf(
  { table, options }: Context,
  rows: Float64Array | readonly RowId[] | undefined,
  total: number,
): Promise<EvidenceOf<'rows'>> {
  const first = Array.from(rows ?? []).slice(0, mostRead)
  const { cells } = await table.measure({ cells: rowsOf.request({ rows: first, roles }) })
  const seen = first.flatMap(row => {
    const found = cells.rows.get(row)
    return found ? [{ row, cells: found, apart: apartOf(found) }] : []
  })
  seen.sort((a, b) => (b.apart ?? 0) - (a.apart ?? 0) || a.row - b.row)
  return {
    kind: 'rows',
    total,
    score: Math.max(0, ...seen.map(one => one.apart ?? 0)),
    expected: options.picture,
    examples: seen
      .slice(0, mostExamples)
      .map(one => shownRow(table.parts, one.row, one.cells, 'url', noteOf(one.cells, one.apart))),
  }
}

function apartOf({ looks, observedLooks }: Row): number | null {
  const before = parseLooks(textOf(looks) ?? '')
  const now = parseLooks(textOf(observedLooks) ?? '')
  if (before === null || now === null) return null
  return looksApart(before, now) ?? 64
}

/** What is different, first as a reader sees it and then in digests. */
function noteOf({ digest, observed, looks, observedLooks }: Row, apart: number | null): string {
  const bytes = `${short(digest)} was recorded, ${short(observed)} observed`
  const [before, now] = [looks, observedLooks].map(cell => parseLooks(textOf(cell) ?? '')?.of)
  if (before !== undefined && now !== undefined && before !== now) return `a ${now} where a ${before} was; ${bytes}`
  if (before !== undefined && now === undefined) return `nothing that looks like a ${before} any more; ${bytes}`
  return apart === null ? bytes : `looks ${apart} of 64 bits apart; ${bytes}`
}
