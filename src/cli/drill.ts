import { Command } from 'commander'
import { type DataFlags, type DetectorFlags, list, withData, withDetectors } from './flags.ts'

export type DrillFlags = DataFlags &
  DetectorFlags & {
    readonly attack?: readonly string[]
    readonly dose?: readonly string[]
    readonly seeds: number
    readonly json?: boolean
    readonly out?: string
  }

/** `bezoar drill`: poison copies of the user's data and say what would have been caught. */
export function drillCommand(exit: (code: number) => void): Command {
  return new Command('drill')
}
