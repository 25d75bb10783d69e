import { Command, InvalidArgumentError } from 'commander'
import { integer } from './flags.ts'

/** What `snapshot` takes. */
export interface SnapshotFlags {
  readonly at?: number
  readonly hold?: number
  readonly radius: number
  readonly out?: string
  readonly force?: boolean
  readonly compare?: boolean
  readonly item?: string
  readonly id?: string
  readonly time?: string
  readonly digest?: string
  readonly text?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `bezoar snapshot`: choose, of every page, the newest revision that has stood and that nobody reverted. */
export function snapshotCommand(exit: (code: number) => void): Command {
  return new Command('snapshot')
    .summary('choose the revisions of pages that have stood; pin them')
    .description(
      'Reads a dump or table of revisions and chooses, of every page, the newest\nrevision that is older than the hold and that nobody reverted, so that an edit\nmade just before the dump is not taken. Writes one line a page.',
    )
    .argument('<revisions...>', 'dumps or tables; with --compare, two choices')
    .option('--at <time>', 'The moment of the snapshot (default: the latest time).', moment)
    .option('--hold <duration>', 'How long a revision must have stood (default: 24h).', duration)
    .option('--radius <n>', 'Revisions that one revert can undo at most.', radius, 15)
    .option('-o, --out <choice.jsonl>', 'Write the choice here.')
    .option('--force', 'Overwrite it.')
    .option('--compare', 'Say where two choices differ, and what was undone.')
    .option('--json', 'Nothing but JSON on stdout.')
    .option('-q, --quiet', 'No progress and no notes on stderr.')
    .optionsGroup('Columns (inferred when absent):')
    .option('--item <column>', 'Column with the page.')
    .option('--id <column>', 'Column with the number of the revision.')
    .option('--time <column>', 'Column with the time of the revision.')
    .option('--digest <column>', 'Column with the SHA-1 of the content.')
    .option('--text <column>', 'Column with the content, when there is no digest.')
    .action(async (paths: string[], flags: SnapshotFlags) => exit(await act(paths, flags)))
}

async function act(paths: readonly string[], flags: SnapshotFlags): Promise<number> {
  const { snapshotTaken, snapshotsCompared } = await import('./snapshotted.ts')
  process.stdout.write(flags.compare ? await snapshotsCompared(paths, flags) : await snapshotTaken(paths, flags))
  return 0
}

const written = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$/

/** A moment as ISO 8601; UTC when it names no zone. */
function moment(text: string): number {
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`
  const ms = written.test(text) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN
  if (Number.isNaN(ms)) throw new InvalidArgumentError('It must look like 2024-01-31 or 2024-01-31T06:00:00Z.')
  return ms
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A number and a unit, in milliseconds. */
function duration(text: string): number {
  const match = /^(\d{1,6})([mhd])$/.exec(text)
  if (!match) throw new InvalidArgumentError('It must look like 90m, 24h or 2d.')
  return Number(match[1]) * units[match[2] === 'm' ? 'm' : match[2] === 'h' ? 'h' : 'd']
}

const mostRadius = 1000
function radius(text: string): number {
  const n = integer(text)
  if (n < 1 || n > mostRadius) throw new InvalidArgumentError(`It must be from 1 to ${mostRadius}.`)
  return n
}
