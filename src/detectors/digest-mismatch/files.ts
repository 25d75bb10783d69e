import { type Claim, type EvidenceOf, labelOf, type Row, type RowId, readDigest } from '../../core/index.ts'
import { type DigestCompare, rowsOf } from '../../statistics/index.ts'
import { type Context, comparedOf, mostExamples, noneComparable, short, shownRow } from './kind.ts'

/** What became of the files of an artifact that are not as they were locked. */
export interface Moves {
  readonly altered: readonly RowId[]
  /** Files that have the locked bytes of another file whose bytes changed too. */
  readonly swapped: readonly RowId[]
  /** New names with the bytes of a name that is gone, and that name. */
  readonly renamed: readonly (readonly [added: RowId, removed: RowId])[]
  readonly added: readonly RowId[]
  readonly removed: readonly RowId[]
}

interface File {
  readonly row: RowId
  readonly locked: string | null
  readonly now: string | null
}

/** Sorts files that are not the same by what happened to them. */
export function movesOf(rows: ReadonlyMap<RowId, Row>): Moves {
  const files = [...rows].map(([row, { digest, observed }]): File => {
    return { row, locked: readDigest(digest)?.hex ?? null, now: readDigest(observed)?.hex ?? null }
  })
  files.sort((a, b) => a.row - b.row)
  const changed = files.filter(f => f.locked !== null && f.now !== null)
  const lockedOf = new Map(changed.map(f => [f.locked!, f.row]))
  const nowOf = new Map(changed.map(f => [f.now!, f.row]))
  const isSwapped = (f: File) => lockedOf.has(f.now!) && nowOf.has(f.locked!)
  const gone = new Map<string, RowId[]>()
  for (const f of files)
    if (f.now === null && f.locked !== null) gone.set(f.locked, [...(gone.get(f.locked) ?? []), f.row])
  const renamed: [RowId, RowId][] = []
  const added: RowId[] = []
  for (const f of files.filter(f => f.locked === null)) {
    const from = f.now === null ? undefined : gone.get(f.now)?.shift()
    if (from === undefined) added.push(f.row)
    else renamed.push([f.row, from])
  }
  return {
    altered: changed.filter(f => !isSwapped(f)).map(f => f.row),
    swapped: changed.filter(isSwapped).map(f => f.row),
    renamed,
    added,
    removed: [...gone.values()].flat().sort((a, b) => a - b),
  }
}

/** Claims about files: each difference from the lock stops. */
export async function* fileClaims(context: Context, found: DigestCompare): AsyncGenerator<Claim> {
  const { table, claim, notJudged } = context
  const { changed, blank, unseen, near, added, removed, unlike } = found.rows
  const rows = [changed, blank, unseen, near, added, removed, unlike].flatMap(list => Array.from(list ?? []))
  if (rows.length === 0) return
  const { cells } = await table.measure({ cells: rowsOf.request({ rows, roles: ['item', 'digest', 'observed'] }) })
  const show = (total: number, of: readonly RowId[], note: (cells: Row) => string): EvidenceOf<'rows'> => ({
    kind: 'rows',
    total,
    score: total,
    expected: 0,
    examples: of.slice(0, mostExamples).flatMap(row => {
      const file = cells.rows.get(row)
      return file ? [shownRow(table.parts, row, file, 'item', note(file))] : []
    }),
  })
  const lockedAndNow = ({ digest, observed }: Row) => `locked ${short(digest)}, now ${short(observed)}`
  if (noneComparable(found)) {
    const evidence = show(found.counts.unlike, Array.from(unlike ?? []), lockedAndNow)
    return yield claim('algorithm', 'block', evidence, { values: { algorithms: found.algorithms[0]![0] } })
  }
  if (cells.rows.size < rows.length) notJudged(`which files were renamed or exchanged among ${rows.length} that differ`)
  yield* moveClaims(context, found, cells.rows, { show, lockedAndNow })
}

/** How the rows of a finding are shown. */
interface Showing {
  readonly show: (total: number, of: readonly RowId[], note: (cells: Row) => string) => EvidenceOf<'rows'>
  readonly lockedAndNow: (cells: Row) => string
}

function* moveClaims(
  { claim }: Context,
  found: DigestCompare,
  cells: ReadonlyMap<RowId, Row>,
  { show, lockedAndNow }: Showing,
): Generator<Claim> {
  const moves = movesOf(cells)
  const files = comparedOf(found) + found.counts.removed
  const nameOf = (row: RowId) => labelOf(cells.get(row)?.item) ?? ''
  const beyond = found.counts.changed + found.counts.blank + found.counts.unseen + found.counts.near
  const altered = beyond - moves.swapped.length
  const values = (of: readonly RowId[], all: number) => ({ all: filesOf(all), first: shownName(nameOf(of[0] ?? -1)) })
  if (altered > 0)
    yield claim('altered', 'block', show(altered, moves.altered, lockedAndNow), {
      rows: moves.altered,
      values: values(moves.altered, files),
    })
  if (moves.swapped.length > 0)
    yield claim('swapped', 'block', show(moves.swapped.length, moves.swapped, lockedAndNow), {
      rows: moves.swapped,
      values: values(moves.swapped, moves.swapped.length),
    })
  if (moves.renamed.length > 0) {
    const from = new Map(moves.renamed)
    const was = new Map(moves.renamed.map(([row, old]) => [cells.get(row), nameOf(old)]))
    const evidence = show(moves.renamed.length, [...from.keys()], file => `was ${was.get(file) ?? ''}`)
    const rows = [...from.keys()]
    yield claim('renamed', 'block', evidence, { rows, values: values(rows, rows.length) })
  }
  const rest = [
    ['added', found.counts.added - moves.renamed.length, moves.added, (f: Row) => `${short(f.observed)} now`],
    [
      'removed',
      found.counts.removed - moves.renamed.length,
      moves.removed,
      (f: Row) => `${short(f.digest)} was locked`,
    ],
  ] as const
  for (const [message, total, of, note] of rest)
    if (total > 0) yield claim(message, 'block', show(total, of, note), { rows: of, values: values(of, total) })
}

const filesOf = (count: number): string => (count === 1 ? '1 file' : `${count.toLocaleString('en-US')} files`)

/** Longest name that leaves room for the sentence around it; the end of a path tells more than its beginning. */
const mostName = 60
const shownName = (name: string): string => (name.length <= mostName ? name : `…${name.slice(1 - mostName)}`)
