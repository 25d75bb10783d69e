import { Command } from 'commander'
import { seen } from './seen.ts'

/** `bezoar init`: write a policy file with every key explained. */
export function initCommand(exit: (code: number) => void): Command {
  return new Command('init')
    .summary('write a commented policy file')
    .description('Writes a policy file with every key explained: thresholds, required detectors, waivers.')
    .argument('[file]', 'where to write it', 'bezoar.yaml')
    .option('--force', 'Overwrite the file.')
    .action(async (file: string, flags: { force?: boolean }) => exit(await act(file, flags.force === true)))
}

async function act(file: string, force: boolean): Promise<number> {
  const { policyTemplate } = await import('../policy/index.ts')
  const { writeNew } = await import('./write.ts')
  await writeNew(file, policyTemplate(), force)
  process.stdout.write(`Wrote ${seen(file)}. Use it with: bezoar scan <artifact> --policy ${seen(file)}\n`)
  return 0
}
