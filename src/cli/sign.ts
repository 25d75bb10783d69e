import { Command, Option } from 'commander'
import { integer, repeated } from './flags.ts'

/** What `sign` takes. */
export interface SignFlags {
  readonly out?: string
  readonly force?: boolean
  readonly key?: string
  readonly certificate?: string
  readonly chain?: readonly string[]
  readonly sigstore?: boolean
  readonly identityToken?: string
  readonly fulcio?: string
  readonly rekor?: string
  readonly hash?: 'sha256' | 'blake2b' | 'blake3'
  readonly shardSize?: number
  readonly ignorePath?: readonly string[]
  readonly allowSymlinks?: boolean
  readonly strict?: boolean
  readonly compat?: 'reference'
  readonly threads?: number
  readonly quiet?: boolean
}

/** `bezoar sign`: sign a model, a data set or a lock so that anybody can tell who approved which bytes. */
export function signCommand(exit: (code: number) => void): Command {
  return new Command('sign')
    .summary('sign a file or folder as an OpenSSF Model Signing bundle')
    .description(
      'Signs every file of a folder, or one file (a lock, too), as an OpenSSF Model\nSigning bundle. Check it with bezoar verify --signature. Contacts nobody but\nwith --sigstore, which names the hosts first.',
    )
    .argument('<artifact>', 'file or folder to sign; it is not touched')
    .option('-o, --out <file>', 'Where to write (default: model.sig in the folder, or <file>.sig).')
    .option('--force', 'Overwrite the signature if it is there.')
    .option('--key <pem>', 'Private key on P-256, P-384 or P-521; env:NAME reads a variable.')
    .option('--certificate <pem>', 'Certificate of the key: signs in its name.')
    .option('--chain <pem>', 'Certificates above it, without the root (repeatable).', repeated)
    .option('--sigstore', 'Sign by identity, with a public log; uses the network.')
    .option('--identity-token <token>', 'With --sigstore: the token, or env:NAME (default: env:SIGSTORE_ID_TOKEN).')
    .option('--fulcio <url>', 'With --sigstore: another authority than the public one.')
    .option('--rekor <url>', 'With --sigstore: another log than the public one.')
    .addOption(
      new Option('--hash <name>', 'Hash of the files (default: sha256).').choices(['sha256', 'blake2b', 'blake3']),
    )
    .option('--shard-size <bytes>', 'Sign ranges of so many bytes instead of whole files.', integer)
    .option('--ignore-path <path>', 'Leave out a file or folder of the root (repeatable).', repeated)
    .option('--allow-symlinks', 'Sign what symbolic links lead to, within the folder.')
    .option('--strict', 'Leave out nothing that runs when used, not even in .git and .github.')
    .option('--no-strict', 'Let --ignore-path leave out files that run when used.')
    .addOption(new Option('--compat <tool>', 'Write single files and ranges as that tool does.').choices(['reference']))
    .optionsGroup('Running:')
    .option('--threads <n>', 'Worker threads (default: as many as cores).', integer)
    .option('-q, --quiet', 'No progress and no notes on stderr.')
    .action(async (path: string, flags: SignFlags) => {
      const { signed } = await import('./signed.ts')
      process.stdout.write(await signed(path, flags))
      exit(0)
    })
}
