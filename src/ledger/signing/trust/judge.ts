import type { KeyObject } from 'node:crypto'
import type { Bundle } from './bundle.ts'
import { type Certificate, certificateName, readCertificate } from './certificate.ts'
import { trustedLeaf } from './chain.ts'
import { legacyPreAuthentication, payloadType, preAuthentication } from './dsse.ts'
import { curveNames, hintOf, isSignedBy, refuseOtherKey } from './key.ts'
import { Refused } from './refused.ts'
import { type Manifest, parseStatement } from './statement.ts'

/** Whom the user trusts. There is no default: a signature proves nothing until somebody says whose it must be. */
export type Trust =
  | { readonly mode: 'key'; readonly key: KeyObject }
  | { readonly mode: 'certificate'; readonly roots: readonly Certificate[]; readonly at: number }
  | { readonly mode: 'sigstore'; readonly signerOf: (bundle: Bundle) => Pick<Judged, 'signer' | 'signedAt'> }

/** A bundle whose signature holds. */
export interface Judged {
  readonly signer: string
  /** When it was signed, where a log proves it; empty otherwise. */
  readonly signedAt: string
  readonly manifest: Manifest
}

const modeNames = { key: 'a key', certificate: 'a certificate', sigstore: 'Sigstore' } as const

/** Judges the signature of a bundle, then reads what was signed. Throws Refused with the first reason not to accept. */
export function judgeBundle(bundle: Bundle, trust: Trust): Judged {
  const { material } = bundle
  if (bundle.payloadType !== payloadType)
    throw new Refused('statement', `The envelope holds ${JSON.stringify(bundle.payloadType.slice(0, 120))}.`)
  if (material.mode !== trust.mode)
    throw new Refused(
      'wrong-mode',
      `The bundle is signed with ${modeNames[material.mode]}, not with ${modeNames[trust.mode]}.`,
    )
  if (trust.mode === 'sigstore') {
    return { ...trust.signerOf(bundle), manifest: parseStatement(bundle.payload) }
  }
  const { key, signer } =
    trust.mode === 'key' ? ofKey(bundle, trust.key) : ofCertificates(bundle, trust.roots, trust.at)
  return { signer, signedAt: '', manifest: signedManifest(bundle, key) }
}

interface Known {
  readonly key: KeyObject
  readonly signer: string
}

function ofKey({ material }: Bundle, key: KeyObject): Known {
  if (material.mode === 'key') refuseOtherKey(material, key)
  return { key, signer: keyName(key) }
}

/** A key as one line: its curve and its hint. */
export const keyName = (key: KeyObject): string =>
  `key ${curveNames[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'of an unknown curve'}, sha256 ${hintOf(key)}`

function ofCertificates({ material }: Bundle, roots: readonly Certificate[], at: number): Known {
  const chain = material.mode === 'certificate' ? material.chain.map(readCertificate) : []
  const [leaf, ...given] = chain
  if (!leaf) throw new Refused('certificate', 'The bundle has no certificate.')
  return { key: trustedLeaf(leaf, given, roots, at), signer: certificateName(leaf) }
}

function signedManifest({ payload, signature }: Bundle, key: KeyObject): Manifest {
  if (isSignedBy(key, preAuthentication(payload), signature)) return parseStatement(payload)
  const legacy = legacyPreAuthentication(payload)
  if (isSignedBy(key, legacy, signature, 'sha256') || isSignedBy(key, legacy, signature)) {
    const manifest = parseStatement(payload)
    if (manifest.legacy) return manifest
  }
  throw new Refused('wrong-signature', 'The signature is not of this payload and this key.')
}

/** Who a bundle says signed it, for the case that nobody said whom to trust. */
export function claimedSigner({ material }: Bundle): string {
  if (material.mode === 'key') return material.hint === '' ? 'a key' : `key, sha256 ${material.hint.slice(0, 128)}`
  const der = material.mode === 'certificate' ? material.chain[0] : material.certificate
  return der ? certificateName(readCertificate(der)) : 'a certificate'
}
