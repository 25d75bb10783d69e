import { Fault, momentIn } from '../../core/index.ts'
import { readCertificates, readPublicKey } from './keys.ts'
import type { Trust } from './trust/judge.ts'

/** Whom to trust, as a user names it: files and names. Exactly one of the three ways. */
export interface TrustSource {
  /** Path of a public key. */
  readonly key?: string | undefined
  /** Paths of root certificates, PEM. */
  readonly roots?: readonly string[] | undefined
  readonly identity?: string | undefined
  readonly issuer?: string | undefined
  /** Path of a Sigstore trusted root; the public instance's, as shipped, when absent. */
  readonly trustedRoot?: string | undefined
  /** The moment at which certificates must be valid (ISO 8601); now when absent. Certificates alone. */
  readonly at?: string | undefined
}

const bad = (message: string, remedy: string): Fault => new Fault('bad-option', message, remedy)

/** True when a source names anybody to trust. */
export const namesTrust = ({ key, roots, identity, issuer }: TrustSource): boolean =>
  key !== undefined || (roots ?? []).length > 0 || identity !== undefined || issuer !== undefined

/** Reads whom to trust. Throws `bad-option` when no way, two ways or half a way is named, or an option has no effect. */
export async function trustFrom(source: TrustSource, now: number): Promise<Trust> {
  const { key, roots = [], identity, issuer } = source
  const ways = [key !== undefined, roots.length > 0, identity !== undefined || issuer !== undefined]
  if (ways.filter(Boolean).length !== 1)
    throw bad(
      ways.some(Boolean) ? 'Two ways to trust a signature are named.' : 'Nobody is named whose signature to trust.',
      'Give one of --key, --certificate-chain, or --identity with --issuer.',
    )
  if (source.at !== undefined && roots.length === 0)
    throw bad('--at moves the time for certificates alone.', 'Give it with --certificate-chain, or leave it out.')
  if (source.trustedRoot !== undefined && identity === undefined && issuer === undefined)
    throw bad('--trusted-root is for Sigstore signatures alone.', 'Give it with --identity and --issuer.')
  if (key !== undefined) return { mode: 'key', key: await readPublicKey(key) }
  if (roots.length > 0) return { mode: 'certificate', roots: await readCertificates(roots), at: moment(source.at, now) }
  if (!identity || !issuer)
    throw bad(
      'A Sigstore signature is checked against an identity and its issuer.',
      'Give both --identity and --issuer.',
    )
  // Loaded here: the Sigstore library is not needed for locks, keys and certificates.
  const { sigstoreTrust } = await import('./trusted-root.ts')
  return sigstoreTrust(source.trustedRoot, { identity, issuer })
}

function moment(at: string | undefined, now: number): number {
  if (at === undefined) return now
  const time = momentIn(at)
  if (time === null) throw bad(`${at} is no moment.`, 'Write it as 2026-01-31T12:00:00Z.')
  return time
}
