import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Role } from '../core/index.ts'

/** Roles that have a flag of their own. */
const roleFlags = {
  text: 'what the model reads',
  label: 'what it should answer',
  image: 'pictures, or the names of their files',
  source: 'where a row came from',
  actor: 'who wrote a row',
  time: 'when a row was written',
  id: 'the name of a row',
  url: 'the address a row was fetched from',
  digest: 'the digest its bytes had then',
  split: 'train, test, …',
  system: 'what the operator tells the model',
  prompt: 'what the user asks',
  response: 'the answer',
  chosen: 'the better of two answers',
  rejected: 'the worse of two answers',
  rater: 'who gave a score (with --item and --label)',
  item: 'what was scored',
  ratings: 'scores by rater',
} as const satisfies Partial<Record<Role, string>>

/** What every command that reads data takes. */
export interface DataFlags {
  readonly text?: string
  readonly label?: string
  readonly image?: string
  readonly source?: string
  readonly actor?: string
  readonly time?: string
  readonly id?: string
  readonly url?: string
  readonly digest?: string
  readonly split?: string
  readonly system?: string
  readonly prompt?: string
  readonly response?: string
  readonly chosen?: string
  readonly rejected?: string
  readonly rater?: string
  readonly item?: string
  readonly ratings?: string
  readonly quiet?: boolean
  readonly seed: number
}

/** Adds the role flags, --seed and --quiet. */
export function withData(command: Command): Command {
  command
    .optionsGroup('Running:')
    .option('--seed <n>', 'Seed of every random choice; same seed, same bytes.', integer, 1)
    .option('-q, --quiet', 'No progress and no notes on stderr.')
    .optionsGroup('Columns (inferred when absent):')
  for (const [role, meaning] of Object.entries(roleFlags)) {
    command.option(`--${role} <column>`, `Column with ${meaning}.`)
  }
  return command
}

/** Columns by role, as the flags name them. */
export function rolesOf(flags: DataFlags): Partial<Record<Role, string>> {
  const named = Object.keys(roleFlags).flatMap(role => {
    const column = flags[role as keyof typeof roleFlags]
    return column === undefined ? [] : [[role, column] as const]
  })
  return Object.fromEntries(named)
}

/** A whole number of zero or more. */
export function integer(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

/** A repeatable flag that also takes commas. */
export function list(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map(part => part.trim())].filter(part => part !== '')
}

/** A repeatable flag, taken whole. */
export const repeated = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]

/** Detectors to run and their options. */
export interface DetectorFlags {
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly set?: Readonly<Record<string, Record<string, unknown>>>
  readonly policy?: string
  readonly codeSnippets?: number
  readonly engine: 'auto' | 'fold' | 'sql'
  readonly threads?: number
}

/** Adds --policy, --only, --skip, --set, --code-snippets, --engine and --threads. */
export function withDetectors(command: Command): Command {
  return command
    .optionsGroup('Detectors:')
    .option('--policy <file>', 'Turns findings into a verdict (see init).')
    .option('--only <detectors>', 'Run only these (repeat, or use commas).', list)
    .option('--skip <detectors>', 'Leave these out.', list)
    .option('--set <option=value>', 'E.g. spurious-token.minRows=10 (see explain).', setting)
    .optionsGroup('Running:')
    .option('--code-snippets <n>', 'Most answers whose code is judged; the report counts the rest.', integer)
    .addOption(new Option('--engine <name>', 'auto, fold or sql.').choices(['auto', 'fold', 'sql']).default('auto'))
    .option('--threads <n>', 'Worker threads (default: by size and cores).', integer)
}

type Settings = Record<string, Record<string, unknown>>

/** `spurious-token.minRows=10`; the value is JSON when it can be, else text. */
export function setting(text: string, before: Settings = {}): Settings {
  const match = /^([a-z][\w-]*)\.(\w+)=(.*)$/s.exec(text)
  if (!match) throw new InvalidArgumentError('It must look like spurious-token.minRows=10.')
  const [, detector = '', name = '', value = ''] = match
  return { ...before, [detector]: { ...before[detector], [name]: parsedValue(value) } }
}

function parsedValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
