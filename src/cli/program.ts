import { Command, CommanderError } from 'commander'
import { attestCommand } from './attest.ts'
import { bomCommand } from './bom.ts'
import { cleanCommand } from './clean.ts'
import { convertCommand } from './convert.ts'
import { drillCommand } from './drill.ts'
import { explainCommand } from './explain.ts'
import { sayFault } from './fault.ts'
import { initCommand } from './init.ts'
import { lockCommand } from './lock.ts'
import { scanCommand } from './scan.ts'
import { seen } from './seen.ts'
import { signCommand } from './sign.ts'
import { snapshotCommand } from './snapshot.ts'
import { verifyCommand } from './verify.ts'
import { installedVersion } from './version.ts'

const after = `
Exit codes: 0 pass, 1 block, 2 fault (wrong use), 3 hold (a person must look).

Start with:  bezoar scan reviews.jsonl
Then:        bezoar explain backdoor-trigger`

/** What commander has to say, in our words, line by line; it quotes the command line. */
const shown = (text: string): string =>
  text
    .replace(/^error: /, 'bezoar: ')
    .split('\n')
    .map(seen)
    .join('\n')

/** Runs one command line and gives the exit code. Command modules are light; they load their work when they act. */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0
  const exit = (chosen: number) => {
    code = chosen
  }
  const program = new Command('bezoar')
    .description('Finds the poison in training data and model files before you use them.')
    .version(installedVersion(), '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand(false)
    .addHelpText('after', after)
    .showHelpAfterError('(bezoar <command> --help lists what there is)')
  for (const command of [
    scanCommand,
    lockCommand,
    verifyCommand,
    signCommand,
    cleanCommand,
    snapshotCommand,
    convertCommand,
    drillCommand,
    attestCommand,
    bomCommand,
    explainCommand,
    initCommand,
  ]) {
    program.addCommand(command(exit).helpOption('-h, --help', 'Print this help.'))
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureHelp({ helpWidth: 80 })
    command.configureOutput({ outputError: (text, write) => write(shown(text)) })
  }
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return code
  } catch (reason) {
    if (reason instanceof CommanderError) return reason.exitCode === 0 ? 0 : 2
    return sayFault(reason)
  }
}
