import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { Fault } from '../../../core/index.ts'
import type { Bundle } from './bundle.ts'
import { codeSigning, readCertificate } from './certificate.ts'
import { Refused } from './refused.ts'

/** Whose keyless signature is wanted. Both are compared exactly: anybody can get a certificate for a name of their own. */
export interface Identity {
  /** The address or the workflow in the certificate. */
  readonly identity: string
  /** The address of who vouched for it. */
  readonly issuer: string
}

/** Reads a trusted root, or the trust configuration that holds one. Throws `bad-key` naming `path`. */
export function trustedRootOf(document: unknown, path: string): TrustedRoot {
  const inner = isRecord(document) && isRecord(document.trustedRoot) ? document.trustedRoot : document
  try {
    const root = TrustedRoot.fromJSON(inner)
    if (root.tlogs.length > 0 && root.certificateAuthorities.length > 0) return root
  } catch {
    // Said below: what the library throws names its own fields.
  }
  throw new Fault(
    'bad-key',
    `${path} is no trusted root of Sigstore: it needs tlogs and certificateAuthorities.`,
    'Give the trusted_root.json of the Sigstore instance that was used.',
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Who signed a keyless bundle and when: the certificate leads to the trusted root at the time that a log or a time
 * stamp proves, was made public, the log holds this very signature, and the identity and the issuer are the ones wanted.
 */
export function keylessSigner(
  bundle: Bundle,
  root: TrustedRoot,
  wanted: Identity,
): { signer: string; signedAt: string } {
  if (bundle.material.mode !== 'sigstore') throw new Refused('wrong-mode', 'The bundle is not signed by Sigstore.')
  const { certificate } = bundle.material
  const parsed = refusing('certificate', () => bundleFromJSON(bundle.document))
  refuseDifferentReading(bundle, parsed)
  const entries = parsed.verificationMaterial.tlogEntries
  if (entries.length === 0) throw new Refused('log', 'The bundle has no entry of a transparency log.')
  for (const entry of entries) {
    if (entry.kindVersion.kind !== 'dsse') throw new Refused('log', 'A log entry is not of an envelope.')
    refuseOtherVerifier(entry.canonicalizedBody, certificate)
    refuseOtherTree(entry)
  }
  const leaf = readCertificate(certificate)
  if (!leaf.purposes?.includes(codeSigning))
    throw new Refused('certificate', 'The signing certificate is not for signing code.')
  const material = refusing('certificate', () => toTrustMaterial(root))
  const verifier = new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 })
  const { identity } = refusing('wrong-signature', () => verifier.verify(toSignedEntity(parsed)))
  const found = { identity: identity?.subjectAlternativeName ?? '', issuer: identity?.extensions?.issuer ?? '' }
  if (found.issuer !== wanted.issuer)
    throw new Refused('identity', `${found.identity} was vouched for by ${found.issuer}, not by ${wanted.issuer}.`)
  if (found.identity !== wanted.identity)
    throw new Refused('identity', `It was signed by ${found.identity}, not by ${wanted.identity}.`)
  return { signer: `${found.identity} (${found.issuer})`, signedAt: timeOf(entries) }
}

type Entry = ReturnType<typeof bundleFromJSON>['verificationMaterial']['tlogEntries'][number]

/** The earliest time that a log entry names. */
function timeOf(entries: readonly Entry[]): string {
  const times = entries.map(({ integratedTime }) => Number(integratedTime)).filter(time => time > 0)
  return times.length > 0 ? new Date(Math.min(...times) * 1000).toISOString() : ''
}

/** The library reads the document itself: both readings must see the same bytes. */
function refuseDifferentReading(
  bundle: Bundle,
  { content, verificationMaterial }: ReturnType<typeof bundleFromJSON>,
): void {
  const envelope = content.$case === 'dsseEnvelope' ? content.dsseEnvelope : undefined
  const held = verificationMaterial.content
  const same =
    envelope?.payload.equals(bundle.payload) === true &&
    envelope.payloadType === bundle.payloadType &&
    envelope.signatures[0]?.sig.equals(bundle.signature) === true &&
    held.$case === 'certificate' &&
    bundle.material.mode === 'sigstore' &&
    bundle.material.certificate.equals(held.certificate.rawBytes)
  if (!same) throw new Refused('statement', 'The bundle can be read in two ways.')
}

/** A log entry names who signed; it must be the certificate of the bundle. */
function refuseOtherVerifier(body: Buffer, certificate: Buffer): void {
  const text = body.toString('utf8')
  const entry = refusing('log', (): unknown => JSON.parse(text))
  const verifiers = [...verifiersIn(entry, 0)]
  const pem = verifiers.length === 1 ? Buffer.from(verifiers[0]!, 'base64') : Buffer.alloc(0)
  const lines = pem.toString('latin1').replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '')
  const same = pem.equals(certificate) || Buffer.from(lines, 'base64').equals(certificate)
  if (!same) throw new Refused('log', 'A log entry is of another certificate.')
}

/** The library believes the signed checkpoint and does not look at the same facts beside it: they must not differ. */
function refuseOtherTree({ inclusionProof: proof }: Entry): void {
  const [, size, root] = proof?.checkpoint?.envelope.split('\n') ?? []
  if (proof && (proof.treeSize !== size || proof.rootHash.toString('base64') !== root))
    throw new Refused('log', 'The proof of a log entry is of another tree than its checkpoint.')
}

/** The certificate in an entry of either version: `verifier`, as text or as `x509Certificate.rawBytes`. */
function* verifiersIn(value: unknown, depth: number): Generator<string> {
  if (depth > 8 || typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'verifier' && typeof inner === 'string') yield inner
    else if (key === 'rawBytes' && typeof inner === 'string') yield inner
    else yield* verifiersIn(inner, depth + 1)
  }
}

function refusing<T>(code: Refused['code'], act: () => T): T {
  try {
    return act()
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Refused(codeOf(cause) ?? code, `Sigstore does not accept the bundle: ${why}.`)
  }
}

/** The library's closed codes in ours. */
function codeOf(cause: unknown): Refused['code'] | null {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code.startsWith('TLOG')) return 'log'
  if (code.startsWith('TIMESTAMP')) return 'expired'
  if (code.startsWith('CERTIFICATE')) return 'certificate'
  return null
}
