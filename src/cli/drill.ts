import { Command, InvalidArgumentError } from 'commander'
import { type DataFlags, type DetectorFlags, integer, list, withData, withDetectors } from './flags.ts'

/** What `drill` takes. */
export type DrillFlags = DataFlags &
  DetectorFlags & {
    readonly attack?: readonly string[]
    readonly dose?: readonly number[]
    readonly seeds: number
    readonly minutes: number
    readonly json?: boolean
  }

/** `bezoar drill`: poison copies of the user's data and say what would have been caught. */
export function drillCommand(exit: (code: number) => void): Command {
  const command = new Command('drill')
    .summary('poison copies of your data; say what would be caught')
    .description(
      'Poisons copies of the data in memory with each attack at several doses, judges\nthem, and says how small a poisoning would still be caught. Writes nothing.',
    )
    .argument('<artifact...>', 'data to drill on, as for scan')
    .option('--attack <attacks>', 'Only these attacks (repeat, or use commas).', list)
    .option('--dose <rows>', 'Doses to try, in rows, e.g. 5,20,80.', doses)
    .option('--seeds <n>', 'Trials of each decisive dose.', atLeastOne, 3)
    .option('--minutes <n>', 'Begin no trial after this time.', atLeastOne, 10)
    .option('--json', 'Nothing but JSON on stdout.')
  return withDetectors(withData(command)).action(async (paths: string[], flags: DrillFlags) =>
    exit(await act(paths, flags)),
  )
}

const atLeastOne = (text: string): number => Math.max(1, integer(text))

function doses(text: string): readonly number[] {
  const rows = list(text).map(integer)
  if (rows.length === 0 || rows.includes(0)) throw new InvalidArgumentError('Doses are rows: 1 or more.')
  return rows
}

async function act(paths: readonly string[], flags: DrillFlags): Promise<number> {
  const { drilled } = await import('./drilled.ts')
  process.stdout.write(await drilled(paths, flags))
  return 0
}
