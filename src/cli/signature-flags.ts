import type { Command } from 'commander'
import { repeated } from './flags.ts'

/** What a command takes that verifies a signature. */
export interface SignatureFlags {
  readonly signature?: string
  readonly key?: string
  readonly certificateChain?: readonly string[]
  readonly at?: string
  readonly identity?: string
  readonly issuer?: string
  readonly trustedRoot?: string
  readonly ignoreUnsignedFiles?: boolean
  readonly strict?: boolean
}

/** Adds the flags of signatures. */
export function withSignature(command: Command): Command {
  return command
    .optionsGroup('Signature (whom to trust is yours to say):')
    .option('--signature <file>', 'A bundle to verify the files against, instead of a lock.')
    .option('--key <pem>', 'Public key that must have signed.')
    .option('--certificate-chain <pem>', 'Root that must vouch for the certificate (repeatable).', repeated)
    .option('--at <time>', 'Moment at which certificates must be valid (default: now).')
    .option('--identity <name>', 'Sigstore: who must have signed, exactly.')
    .option('--issuer <url>', 'Sigstore: who must vouch for that identity, exactly.')
    .option('--trusted-root <json>', 'Sigstore: the instance to trust (default: the public one, as shipped).')
    .option('--ignore-unsigned-files', 'Name files that nobody signed without failing.')
    .option('--strict', 'Refuse unsigned files that run when used, in .git and .github too.')
    .option('--no-strict', 'Let such files lie under paths that the signer ignored.')
}
