import { Command, Option } from 'commander'
import { type DetectorFlags, integer, setting } from './flags.ts'
import { type SignatureFlags, withSignature } from './signature-flags.ts'
import { type UrlFlags, withUrlList, withUrls } from './url-flags.ts'

/** What `verify` takes. */
export interface VerifyFlags extends SignatureFlags, UrlFlags, Pick<DetectorFlags, 'policy' | 'set'> {
  readonly urls?: string
  readonly force?: boolean
  readonly outClean?: string
  readonly outQuarantine?: string
  readonly observed?: string
  readonly lock?: string
  readonly hash: 'sha256' | 'blake3' | 'both'
  readonly rows: boolean
  readonly allowIgnored?: boolean
  readonly fast?: boolean
  readonly paranoid?: boolean
  readonly cache?: string
  readonly threads?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `bezoar verify`: prove that what was locked is still so. */
export function verifyCommand(exit: (code: number) => void): Command {
  const command = new Command('verify')
    .summary('prove that files are as they were locked or signed')
    .description(
      'Compares files with bezoar.lock and names each difference. Without a path,\neverything in ./bezoar.lock; with paths, the first lock upward that knows them.\nExit codes: 0 as locked, 1 something differs, 3 something could not be read.',
    )
    .argument('[path...]', 'artifacts, or files and folders in them')
    .option('--lock <file>', 'The lock to compare with.')
    .option('--allow-ignored', 'Name new runnable files under ignore patterns, and pass.')
    .option('--no-rows', 'Data: do not look for the edited rows of changed files.')
    .option('--json', 'Nothing but JSON on stdout.')
    .optionsGroup('Running:')
    .addOption(
      new Option('--hash <name>', 'Digest to compare.').choices(['sha256', 'blake3', 'both']).default('sha256'),
    )
    .option('--fast', 'Do not read files that look as they did (size, times).')
    .option('--paranoid', 'Read every byte, compare both digests, use no cache.')
    .option('--cache <folder>', 'Where looks and digests are kept (default: your caches).')
    .option('--threads <n>', 'Worker threads (default: as many as cores).', integer)
    .option('-q, --quiet', 'No progress and no notes on stderr.')
  withSignature(command)
  withUrlList(command, 'Look up a locked list again and judge each row.')
    .option('--out-clean <file>', 'Write the rows that may be used.')
    .option('--out-quarantine <file>', 'Write the other rows, each with the reason.')
    .option('--observed <file>', 'Keep what was seen; a stopped run goes on there.')
    .option('--url <column>', 'Column with the addresses (inferred when absent).')
    .option('--digest <column>', 'Column with the recorded digests (inferred).')
    .option('--policy <file>', 'Turns findings into a verdict (see init).')
    .option('--set <option=value>', 'E.g. digest-mismatch.picture=4 (see explain).', setting)
  // The help flag comes with the first group.
  return withUrls(command)
    .optionsGroup('Options:')
    .action(async (paths: string[], flags: VerifyFlags) => exit(await act(paths, flags)))
}

async function act(paths: readonly string[], flags: VerifyFlags): Promise<number> {
  const { refuseWithoutUrls, refuseWithUrls } = await import('./url-refusals.ts')
  if (flags.urls !== undefined) {
    refuseWithUrls(paths, flags, 'verify')
    const { verifiedUrls } = await import('./urls-verified.ts')
    const { text, code } = await verifiedUrls(flags.urls, flags)
    process.stdout.write(text)
    return code
  }
  refuseWithoutUrls(flags, 'verify')
  const { verified } = await import('./verified.ts')
  const { text, code } = await verified(paths, flags)
  process.stdout.write(text)
  return code
}
