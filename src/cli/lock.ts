import { Command, InvalidArgumentError, Option } from 'commander'
import { momentIn } from '../core/lean.ts'
import { type DataFlags, type DetectorFlags, repeated, withData, withDetectors } from './flags.ts'
import { type UrlFlags, withUrlList, withUrls } from './url-flags.ts'

/** What can be locked. */
export const lockKinds = ['dataset', 'model', 'corpus', 'feedback'] as const

/** What `lock` takes. */
export type LockFlags = DataFlags &
  DetectorFlags &
  UrlFlags & {
    readonly urls?: string
    readonly out?: string
    readonly force?: boolean
    readonly lock?: string
    readonly name?: string
    readonly as?: (typeof lockKinds)[number] | 'urls'
    readonly ignore?: readonly string[]
    readonly linksOut?: boolean
    readonly rows: boolean
    readonly origin: boolean
    readonly report?: string
    readonly scan?: boolean
    readonly forceBlocked?: boolean
    readonly remove?: readonly string[]
    readonly fast?: boolean
    readonly paranoid?: boolean
    readonly cache?: string
    readonly at?: Date
    readonly json?: boolean
  }

/** `bezoar lock`: write down what is trusted, so that `verify` can prove that it is still so. */
export function lockCommand(exit: (code: number) => void): Command {
  const command = new Command('lock')
    .summary('write down what is trusted: names, sizes and digests of every file')
    .description(
      'Writes bezoar.lock: for each file or folder named, its parts with SHA-256 and\nBLAKE3, for data the rows of each file, where it came from, and what a scan\ndecided. Locking again reads everything again and changes only what changed.',
    )
    .argument('[artifact...]', 'files and folders, each an artifact of the lock')
    .option('--lock <file>', 'The lock to write (default: bezoar.lock here).')
    .option('--name <name>', 'Name of the artifact (default: that of the path).')
    .addOption(new Option('--as <kind>', 'What it is; told by content when absent.').choices(lockKinds))
    .option('--ignore <pattern>', 'Leave out, as in .gitignore (repeatable).', repeated)
    .option('--links-out', 'Follow links to files out of the folder, too.')
    .option('--no-rows', 'Data: digest the files only, not their rows.')
    .option('--no-origin', 'Do not compare with the Git or hub commit beside it.')
    .option('--remove <name>', 'Take an artifact out of the lock (repeatable).', repeated)
    .option('--json', 'The lock on stdout, nothing else.')
    .optionsGroup('What was decided:')
    .option('--report <report.json>', 'Keep the decision and baseline of this scan.')
    .option('--scan', 'Scan first and keep its decision and baseline.')
    .option('--force-blocked', 'Lock although the verdict is block; the lock says so.')
    .optionsGroup('Running:')
    .option('--fast', 'Do not read files that look as they did (size, times).')
    .option('--paranoid', 'Never trust or keep a stat cache.')
    .option('--cache <folder>', 'Where looks and digests are kept (default: your caches).')
    .option('--at <time>', 'The moment to write down (default: now).', moment)
  withUrlList(command, 'Look up a list of URLs and lock what stands there.').option(
    '-o, --out <file>',
    'The locked list (default: <list>.urls.jsonl; .gz packs it).',
  )
  return withDetectors(withData(withUrls(command))).action(async (paths: string[], flags: LockFlags) =>
    exit(await act(paths, flags)),
  )
}

async function act(paths: readonly string[], flags: LockFlags): Promise<number> {
  const { refuseWithoutUrls, refuseWithUrls } = await import('./url-refusals.ts')
  if (flags.urls !== undefined) {
    refuseWithUrls(paths, flags, 'lock')
    const { lockedUrls } = await import('./urls-locked.ts')
    const { text, code } = await lockedUrls(flags.urls, flags)
    process.stdout.write(text)
    return code
  }
  refuseWithoutUrls(flags, 'lock')
  const { locked } = await import('./locked.ts')
  const { text, code } = await locked(paths, flags)
  process.stdout.write(text)
  return code
}

/** A moment with its zone, so that it means the same everywhere. */
function moment(text: string): Date {
  const time = text.includes('T') ? momentIn(text) : null
  if (time === null) throw new InvalidArgumentError('Write it as 2026-11-21T12:00:00Z.')
  return new Date(time)
}
