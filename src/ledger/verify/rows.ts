import type { LockedShard, LockedTable } from '../lock/schema.ts'

/** A shard as it is now. */
export interface ShardNow extends LockedShard {
  /** What its digest was when it ended behind the rows that were locked; absent when it did not grow. */
  readonly head?: string | undefined
}

/** A table as it is now. */
export interface TableNow extends Omit<LockedTable, 'shards'> {
  readonly shards: readonly ShardNow[]
}

/** Which rows of a shard were edited, appended or cut off, in sentences. */
export function rowsOf(was: LockedShard, is: ShardNow | undefined): string[] {
  if (!is) return ['its rows cannot be read any more']
  if (was.digest === is.digest) return [`all ${was.rows} rows are as they were locked; the bytes around them are not`]
  if (is.head === was.digest)
    return [`${counted(is.rows - was.rows)} appended behind the ${was.rows} that were locked, which are as they were`]
  if (was.blockRows !== is.blockRows)
    return [`${was.rows} rows were locked, ${is.rows} are there; runs cannot be compared`]
  return [...editedRuns(was, is), ...growth(was, is)]
}

/** Runs that differ where both have rows; a run that only grew is not an edited one. */
function editedRuns(was: LockedShard, is: LockedShard): string[] {
  const shared = Math.min(was.blocks.length, is.blocks.length)
  const isGrown = (run: number) => was.rows !== is.rows && run === shared - 1
  const edited = Array.from({ length: shared }, (_, run) => run).filter(run => was.blocks[run] !== is.blocks[run])
  const sure = edited.filter(run => !isGrown(run))
  const texts = joined(sure).map(([first, last]) => {
    const from = first * was.blockRows
    const to = Math.min((last + 1) * was.blockRows, was.rows) - 1
    return `edited between rows ${from} and ${to}`
  })
  const end = texts.length - mostRuns
  return end > 0 ? [...texts.slice(0, mostRuns), `and in ${end} further runs of rows`] : texts
}

const mostRuns = 8

/** Neighbouring runs as `[first, last]`. */
function joined(runs: readonly number[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const run of runs) {
    const last = ranges.at(-1)
    if (last && last[1] === run - 1) last[1] = run
    else ranges.push([run, run])
  }
  return ranges
}

function growth(was: LockedShard, is: LockedShard): string[] {
  const shared = Math.min(was.blocks.length, is.blocks.length) - 1
  const isWhole = shared < 0 || was.blocks[shared] === is.blocks[shared]
  const from = Math.max(0, shared) * was.blockRows
  if (is.rows > was.rows) {
    const where = isWhole ? `after row ${was.rows - 1}` : `from row ${from} on`
    return [`${counted(is.rows - was.rows)} more than were locked, ${where}`]
  }
  if (is.rows < was.rows) return [`${counted(was.rows - is.rows)} fewer than were locked, from row ${from} on`]
  return []
}

/** Sentences by the name of the shard, for the shards that differ. */
export function editedShards(was: LockedTable, is: TableNow): Map<string, readonly string[]> {
  const now = new Map(is.shards.map(shard => [shard.name, shard]))
  return new Map(was.shards.map(shard => [shard.name, rowsOf(shard, now.get(shard.name))]))
}

const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row' : 'rows'}`
