import { Command } from 'commander'

/** `bezoar clean`: write a copy without the quarantined rows, reversibly. */
export function cleanCommand(exit: (code: number) => void): Command {
  return new Command('clean')
}
