import { Command, Option } from 'commander'
import { repeated } from './flags.ts'

/** What `attest` takes. */
export interface AttestFlags {
  readonly type?: 'scan' | 'provenance' | 'summary'
  readonly check?: string
  readonly artifact?: readonly string[]
  readonly report?: string
  readonly policy?: string
  readonly out?: string
  readonly force?: boolean
  readonly key?: string
  readonly publicKey?: string
  readonly subjects: 'parts' | 'id'
  readonly at?: string
  readonly verifier?: string
  readonly assurance?: 'self_attested' | 'third_party' | 'reproduced' | 'enclave_attested'
  readonly from?: readonly string[]
  readonly builder?: string
  readonly buildType?: string
  readonly parameters?: string
  readonly invocation?: string
  readonly started?: string
  readonly finished?: string
  readonly resource?: string
  readonly policyUri?: string
  readonly input?: readonly string[]
}

/** `bezoar attest`: say as an in-toto statement what was found, made or verified; check one against a lock. */
export function attestCommand(exit: (code: number) => void): Command {
  const assurances = ['self_attested', 'third_party', 'reproduced', 'enclave_attested']
  return new Command('attest')
    .summary('write or check in-toto statements about what is locked')
    .description(
      'Writes an in-toto statement about locked artifacts: what a scan found, what a\nmodel was trained from (SLSA provenance), or that the files were verified (SLSA\nsummary). With --check it compares a statement with the lock.',
    )
    .argument('[lock]', 'lock, or an artifact that one locks (default: ./bezoar.lock)')
    .addOption(new Option('--type <kind>', 'What to say.').choices(['scan', 'provenance', 'summary']))
    .option('--check <statement>', 'Compare a statement with the lock instead; exit code 1: it differs.')
    .option('--artifact <name>', 'Artifact of the lock that it is about (repeatable for models of one run).', repeated)
    .option('--report <report.json>', 'What the scan found (scan, summary); kept as a by-product (provenance).')
    .option('--policy <file>', 'Turns the findings into a verdict.')
    .option('-o, --out <file>', 'Where to write (default: stdout).')
    .option('--force', 'Overwrite the file if it is there.')
    .addOption(
      new Option('--subjects <by>', 'Name every file, or the artifact.').choices(['parts', 'id']).default('parts'),
    )
    .option('--at <time>', 'When it was evaluated or verified (default: now).')
    .optionsGroup('Signing:')
    .option('--key <file>', 'Private key (PEM, or env:NAME): writes a signed DSSE envelope.')
    .option('--public-key <file>', 'With --check: the envelope must be signed with it.')
    .optionsGroup('Scan and summary:')
    .option('--verifier <uri>', 'Who says so.')
    .addOption(new Option('--assurance <level>', 'How much it is worth.').choices(assurances))
    .option('--resource <uri>', 'What the artifact is used or published as (summary).')
    .option('--policy-uri <uri>', 'Where the policy is kept (summary).')
    .option('--input <statement>', 'Statement or signature that it rests on (summary, repeatable).', repeated)
    .optionsGroup('Provenance:')
    .option('--from <name>', 'Artifact that went in (repeatable; default: all data of the lock).', repeated)
    .option('--builder <uri>', 'Platform that ran the training.')
    .option('--build-type <uri>', 'What kind of run it was.')
    .option('--parameters <file.json>', 'What was chosen for the run.')
    .option('--invocation <id>', 'Name of the run at its platform.')
    .option('--started <time>', 'When it began.')
    .option('--finished <time>', 'When it ended.')
    .action(async (path: string | undefined, flags: AttestFlags) => exit(await act(path ?? 'bezoar.lock', flags)))
}

async function act(path: string, flags: AttestFlags): Promise<number> {
  if (flags.check !== undefined) {
    const { checkedStatement } = await import('./attest-checked.ts')
    const { text, code } = await checkedStatement(path, flags.check, flags)
    process.stdout.write(text)
    return code
  }
  const { attested } = await import('./attested.ts')
  process.stdout.write(await attested(path, flags))
  return 0
}
