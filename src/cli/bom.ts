import { Command, Option } from 'commander'
import { repeated } from './flags.ts'

/** What `bom` takes. */
export interface BomFlags {
  readonly format: 'cyclonedx' | 'croissant'
  readonly check?: string
  readonly folder?: string
  readonly artifact?: readonly string[]
  readonly report?: readonly string[]
  readonly policy?: string
  readonly out?: string
  readonly force?: boolean
  readonly at?: string
  readonly name?: string
  readonly from?: readonly string[]
  readonly attestation?: readonly string[]
  readonly license?: string
  readonly description?: string
  readonly url?: string
  readonly base?: string
  readonly creator?: string
  readonly dataVersion?: string
  readonly published?: string
  readonly quiet?: boolean
}

/** `bezoar bom`: list what is locked as CycloneDX or Croissant; check a Croissant document against files. */
export function bomCommand(exit: (code: number) => void): Command {
  const formats = ['cyclonedx', 'croissant']
  return new Command('bom')
    .summary('list what is locked as CycloneDX 1.7 or Croissant 1.1')
    .description(
      'Writes a bill of materials of a lock: models and data with the hashes of every\nfile, and what was found in them. With --check it compares the hashes of a\nCroissant document with the files in a folder; it fetches nothing.',
    )
    .argument('[lock]', 'lock, or an artifact that one locks (default: ./bezoar.lock)')
    .addOption(new Option('--format <name>', 'cyclonedx or croissant.').choices(formats).default('cyclonedx'))
    .option('--check <croissant.json>', 'Compare a Croissant document with files; exit code 1: one differs.')
    .option('--folder <folder>', 'With --check: where the files are (default: beside the document).')
    .option('-o, --out <file>', 'Where to write (default: stdout).')
    .option('--force', 'Overwrite the file if it is there.')
    .option('-q, --quiet', 'No notes on stderr.')
    .optionsGroup('What to list:')
    .option('--artifact <name>', 'Artifact of the lock (repeatable; default: all of them).', repeated)
    .option('--from <name>', 'Artifact that the models were made from (default: all data).', repeated)
    .option('--report <report.json>', 'What a scan found (repeatable).', repeated)
    .option('--policy <file>', 'Turns the findings into a verdict.')
    .option('--attestation <file>', 'Statement or signature to point to (repeatable).', repeated)
    .optionsGroup('What a lock cannot know:')
    .option('--name <name>', 'Name of the whole (default: the folder of the lock).')
    .option('--license <license>', 'SPDX identifier, address or name.')
    .option('--description <text>', 'What it is.')
    .option('--url <address>', 'Page of the artifact.')
    .option('--base <address>', 'Address below which its files are served (croissant).')
    .option('--creator <name>', 'Who made it.')
    .option('--data-version <version>', 'Its version.')
    .option('--published <day>', 'When it was published (croissant).')
    .option('--at <time>', 'When the bill was made (default: when the lock was).')
    .action(async (path: string | undefined, flags: BomFlags) => exit(await act(path ?? 'bezoar.lock', flags)))
}

async function act(path: string, flags: BomFlags): Promise<number> {
  if (flags.check !== undefined) {
    const { checkedCroissant } = await import('./bom-checked.ts')
    const { text, code } = await checkedCroissant(flags.check, flags)
    process.stdout.write(text)
    return code
  }
  const { billed } = await import('./billed.ts')
  process.stdout.write(await billed(path, flags))
  return 0
}
