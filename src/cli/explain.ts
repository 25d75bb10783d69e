import { Command } from 'commander'

/** `bezoar explain`: a threat, detector, attack, finding or framework id in plain words. */
export function explainCommand(exit: (code: number) => void): Command {
  return new Command('explain')
    .summary('a threat, detector, attack, finding or framework id in plain words')
    .description(
      'Explains an id: a threat, a detector, an attack, a framework id such as\nAML.T0020, or a finding of a report. Without an id it lists them.',
    )
    .argument('[id]', 'what to explain')
    .option('--report <report.json>', 'The report that holds the finding.')
    .action(async (id: string | undefined, flags: { report?: string }) => exit(await act(id, flags.report)))
}

async function act(id: string | undefined, report: string | undefined): Promise<number> {
  const { explained, listed } = await import('./explained.ts')
  process.stdout.write(id === undefined ? listed() : await explained(id, report))
  return 0
}
