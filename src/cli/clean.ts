import { Command, Option } from 'commander'
import { type DataFlags, type DetectorFlags, list, repeated, withData, withDetectors } from './flags.ts'

/** What `clean` takes. */
export type CleanFlags = DataFlags &
  DetectorFlags & {
    readonly report?: readonly string[]
    readonly severity: 'hold' | 'block'
    readonly finding?: readonly string[]
    readonly out?: string
    readonly undo?: boolean
    readonly force?: boolean
  }

/** `bezoar clean`: write a copy without the accused rows, reversibly. */
export function cleanCommand(exit: (code: number) => void): Command {
  const command = new Command('clean')
    .summary('write a copy without the accused rows; --undo restores')
    .description(
      'Writes a folder with the kept rows in their own format, the accused rows in\nquarantine.jsonl, and a log. The data itself is not touched. Scans first, or\ntakes the rows from reports.',
    )
    .argument('<artifact...>', 'data to clean; with --undo, a folder that clean wrote')
    .option('--report <report.json>', 'Take the findings from here instead of scanning.', repeated)
    .addOption(
      new Option('--severity <least>', 'Take out the rows of findings from this on.')
        .choices(['hold', 'block'])
        .default('hold'),
    )
    .option('--finding <ids>', 'Take out the rows of these findings only.', list)
    .option('-o, --out <folder>', 'Where to write (default: the name with -clean).')
    .option('--undo', 'Restore the files that clean was given, byte for byte.')
    .option('--force', 'Write into a folder that is not empty.')
  return withDetectors(withData(command)).action(async (paths: string[], flags: CleanFlags) =>
    exit(await act(paths, flags)),
  )
}

async function act(paths: readonly string[], flags: CleanFlags): Promise<number> {
  const { cleaned, restored } = await import('./cleaned.ts')
  process.stdout.write(flags.undo ? await restored(paths, flags) : await cleaned(paths, flags))
  return 0
}
