import type { KeyObject } from 'node:crypto'
import { type Certificate, codeSigning } from './certificate.ts'
import { hashOfKey } from './key.ts'
import { type RefusalCode, Refused } from './refused.ts'

/** Longer chains than this are not followed. */
const longest = 8
/** Signatures tried while looking for a chain; a bundle with many look-alike issuers stops here. */
const mostTries = 64
/** RSA keys with fewer bits than this are not trusted. */
const leastRsaBits = 2048

/** An authority that names this purpose is for all. */
const anyPurpose = '2.5.29.37.0'

/** Signature algorithms that certificates may use: SHA-2 with RSA, RSA-PSS and ECDSA, and the Edwards curves. */
const algorithms = new Set([
  '1.2.840.113549.1.1.10',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.3.101.112',
  '1.3.101.113',
])

/**
 * The key of a leaf certificate that a trusted root vouches for at a time (RFC 5280 section 6): every signature, the
 * authority flag, path lengths, key usage and validity of each certificate, the root's too. What the leaf must be good
 * for is signing, and of code when it names purposes. Throws Refused with the first reason when no chain holds.
 */
export function trustedLeaf(
  leaf: Certificate,
  given: readonly Certificate[],
  roots: readonly Certificate[],
  at: number,
): KeyObject {
  checkLeaf(leaf, at)
  const search = new Search(given, roots, at)
  if (!search.reaches(leaf, [])) throw search.reason
  return leaf.x509.publicKey
}

/** Refuses a certificate whose key may not sign models at a time. */
export function checkLeaf(leaf: Certificate, at: number): void {
  if (hashOfKey(leaf.x509.publicKey) === null)
    throw new Refused('certificate', 'The key of the signing certificate is not on P-256, P-384 or P-521.')
  if (leaf.usage === null && leaf.purposes === null)
    throw new Refused('certificate', 'The signing certificate does not say that its key may sign.')
  if (leaf.usage && !leaf.usage.signs)
    throw new Refused('certificate', 'The signing certificate is not for signatures (key usage digitalSignature).')
  if (leaf.purposes && !leaf.purposes.includes(codeSigning))
    throw new Refused('certificate', 'The signing certificate is not for signing code (extended key usage).')
  checkAlways(leaf, at, 'The signing certificate')
}

function checkAlways(certificate: Certificate, at: number, who: string): void {
  const { from, until, unknownCritical, algorithm } = certificate
  if (!(at >= from)) throw new Refused('expired', `${who} is not valid before ${moment(from)}.`)
  if (!(at <= until)) throw new Refused('expired', `${who} expired at ${moment(until)}.`)
  if (unknownCritical.length > 0)
    throw new Refused('certificate', `${who} has restrictions that are not understood: ${unknownCritical.join(', ')}.`)
  if (!algorithms.has(algorithm))
    throw new Refused('certificate', `${who} is signed with an algorithm that is not trusted: ${algorithm}.`)
}

const moment = (time: number): string => (Number.isFinite(time) ? new Date(time).toISOString() : 'an unreadable time')

/** Looks for a chain depth first, the roots before what the bundle brings. */
class Search {
  readonly #given: readonly Certificate[]
  readonly #roots: readonly Certificate[]
  readonly #at: number
  #tries = 0
  /** The latest reason why a certificate that could have been the next one was not. */
  reason = new Refused('certificate', 'No trusted root vouches for the signing certificate.')

  constructor(given: readonly Certificate[], roots: readonly Certificate[], at: number) {
    this.#given = given
    this.#roots = roots
    this.#at = at
  }

  /** True when `certificate`, with `below` between it and the leaf, leads to a root. */
  reaches(certificate: Certificate, below: readonly Certificate[]): boolean {
    if (this.#roots.some(root => root.der.equals(certificate.der))) return true
    if (below.length >= longest) return this.#no('certificate', 'The chain of certificates is too long.')
    const chain = [...below, certificate]
    return (
      this.#roots.some(root => this.#vouches(root, chain)) ||
      this.#given.some(next => !chain.includes(next) && this.#vouches(next, chain) && this.reaches(next, chain))
    )
  }

  #no(code: RefusalCode, message: string): false {
    this.reason = new Refused(code, message)
    return false
  }

  /** True when `issuer` may have issued the last of `chain`, and did. */
  #vouches(issuer: Certificate, chain: readonly Certificate[]): boolean {
    const last = chain.at(-1)!
    if (!issuer.subject.equals(last.issuer)) return false
    if (++this.#tries > mostTries) return this.#no('certificate', 'Too many certificates claim the same name.')
    if (!issuer.isCa) return this.#no('certificate', 'A certificate of the chain is no authority.')
    if (issuer.usage && !issuer.usage.certifies)
      return this.#no('certificate', 'An authority of the chain may not sign certificates.')
    if (issuer.purposes && !issuer.purposes.some(purpose => purpose === codeSigning || purpose === anyPurpose))
      return this.#no('certificate', 'An authority of the chain is not for signing code.')
    // RFC 5280 4.2.1.9: certificates issued by their own name do not count, and the leaf is no intermediate.
    const between = chain.slice(1).filter(c => !c.subject.equals(c.issuer)).length
    if (issuer.pathLength !== null && between > issuer.pathLength)
      return this.#no('certificate', 'An authority of the chain may not have so many below it.')
    try {
      checkAlways(issuer, this.#at, 'An authority of the chain')
    } catch (reason) {
      return reason instanceof Refused && this.#no(reason.code, reason.message)
    }
    return this.#signed(issuer, last)
  }

  #signed(issuer: Certificate, last: Certificate): boolean {
    const { publicKey } = issuer.x509
    if (
      publicKey.asymmetricKeyType?.startsWith('rsa') &&
      (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < leastRsaBits
    )
      return this.#no('certificate', `An authority of the chain has an RSA key of less than ${leastRsaBits} bits.`)
    try {
      if (last.x509.verify(publicKey)) return true
    } catch {
      // A key that cannot have made the signature: the same as a wrong one.
    }
    return this.#no('certificate', 'A certificate is not signed by the authority that it names.')
  }
}
