import { Fault } from '../core/lean.ts'
import type { SignatureFlags } from './signature-flags.ts'

/** Refuses flags of signatures that have no effect without one. */
export function refuseLoneFlags(flags: SignatureFlags): void {
  const lone = Object.entries({
    '--key': flags.key,
    '--certificate-chain': flags.certificateChain,
    '--at': flags.at,
    '--identity': flags.identity,
    '--issuer': flags.issuer,
    '--trusted-root': flags.trustedRoot,
    '--ignore-unsigned-files': flags.ignoreUnsignedFiles,
    '--strict or --no-strict': flags.strict,
  }).find(([, value]) => value !== undefined)
  if (lone) throw new Fault('bad-option', `${lone[0]} has no meaning without --signature.`, 'Name the signature, too.')
}
