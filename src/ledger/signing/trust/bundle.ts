import { z } from 'zod'
import { Fault } from '../../../core/index.ts'
import { fromBase64, strictJson } from './json.ts'

/** The container that is written, and the only version that is read. */
export const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** Bytes of a bundle: room for the names and digests of half a million files. */
export const largestBundle = 128 * 1024 * 1024

/** More certificates than this are no chain. */
const mostCertificates = 16
/** More log entries than this prove nothing that one does not. */
const mostEntries = 16

/** How the signer can be known: by a key, by certificates, or by a short-lived certificate and a public log. */
export type Material =
  | { readonly mode: 'key'; readonly hint: string; readonly key: Buffer | null }
  | { readonly mode: 'certificate'; readonly chain: readonly Buffer[] }
  | { readonly mode: 'sigstore'; readonly certificate: Buffer; readonly entries: number }

/** A signature bundle, read and not yet believed. */
export interface Bundle {
  readonly material: Material
  /** The signed bytes, as given. */
  readonly payload: Buffer
  readonly payloadType: string
  readonly signature: Buffer
  /** The whole document, for the library that verifies Sigstore bundles. */
  readonly document: unknown
}

const certificate = z.looseObject({ rawBytes: z.string().min(1) })
const shape = z.strictObject({
  mediaType: z.string(),
  verificationMaterial: z.strictObject({
    publicKey: z.looseObject({ hint: z.string().nullish(), rawBytes: z.string().nullish() }).optional(),
    x509CertificateChain: z.looseObject({ certificates: z.array(certificate).min(1).max(mostCertificates) }).optional(),
    certificate: certificate.optional(),
    tlogEntries: z.array(z.looseObject({})).max(mostEntries).nullish(),
    timestampVerificationData: z.looseObject({}).nullish(),
  }),
  dsseEnvelope: z.strictObject({
    payload: z.string().min(1),
    payloadType: z.string(),
    signatures: z.array(z.strictObject({ sig: z.string().min(1), keyid: z.string().nullish() })).length(1),
  }),
})
type Shape = z.infer<typeof shape>

/** Reads a bundle. Throws `bad-signature` naming `path` when it is none, is cut, or has an unknown version. */
export function parseBundle(bytes: Uint8Array, path: string): Bundle {
  const bad = (why: string) =>
    new Fault('bad-signature', `${path} is no signature bundle: ${why}.`, 'Get the signature again from its publisher.')
  if (bytes.length === 0) throw bad('it is empty')
  if (bytes.length > largestBundle) throw bad(`it is larger than ${largestBundle} bytes`)
  const document = documentOf(bytes, bad)
  refuseOtherVersion(document, path)
  const parsed = shape.safeParse(document)
  if (!parsed.success) throw bad(firstIssue(parsed.error))
  const { dsseEnvelope: envelope, verificationMaterial } = parsed.data
  const decoded = (text: string, what: string): Buffer => {
    const found = fromBase64(text)
    if (!found) throw bad(`${what} is not base64`)
    return found
  }
  return {
    material: materialOf(verificationMaterial, decoded, bad),
    payload: decoded(envelope.payload, 'dsseEnvelope.payload'),
    payloadType: envelope.payloadType,
    signature: decoded(envelope.signatures[0]!.sig, 'dsseEnvelope.signatures[0].sig'),
    document,
  }
}

function documentOf(bytes: Uint8Array, bad: (why: string) => Fault): unknown {
  try {
    return strictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw bad(cause instanceof SyntaxError ? `it is not JSON (${cause.message})` : 'it is not UTF-8')
  }
}

function refuseOtherVersion(document: unknown, path: string): void {
  if (typeof document !== 'object' || document === null || !('mediaType' in document)) return
  const { mediaType: found } = document
  if (typeof found !== 'string' || found === mediaType) return
  throw new Fault(
    'bad-signature',
    `${path} is a bundle of an unknown version: ${JSON.stringify(found.slice(0, 120))}.`,
    `Bezoar reads ${mediaType}. Update Bezoar, or sign again.`,
  )
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  const where = issue?.path.map(String).join('.') ?? ''
  return `${where === '' ? 'the document' : where}: ${issue?.message ?? 'wrong'}`
}

function materialOf(
  material: Shape['verificationMaterial'],
  decoded: (text: string, what: string) => Buffer,
  bad: (why: string) => Fault,
): Material {
  const { publicKey, x509CertificateChain: chain, certificate: leaf, tlogEntries } = material
  if ([publicKey, chain, leaf].filter(Boolean).length !== 1)
    throw bad('verificationMaterial must hold one of publicKey, x509CertificateChain and certificate')
  if (publicKey) {
    const key = publicKey.rawBytes ? decoded(publicKey.rawBytes, 'publicKey.rawBytes') : null
    if (!publicKey.hint && !key) throw bad('publicKey has neither hint nor rawBytes')
    return { mode: 'key', hint: publicKey.hint ?? '', key }
  }
  if (chain) {
    const certificates = chain.certificates.map((c, i) => decoded(c.rawBytes, `certificates[${i}].rawBytes`))
    return { mode: 'certificate', chain: certificates }
  }
  const entries = tlogEntries?.length ?? 0
  if (entries === 0) throw bad('verificationMaterial.certificate needs at least one entry in tlogEntries')
  return { mode: 'sigstore', certificate: decoded(leaf!.rawBytes, 'certificate.rawBytes'), entries }
}

/** What a bundle of the key or the certificate mode is written from. */
export interface NewBundle {
  readonly payload: Uint8Array
  readonly payloadType: string
  readonly signature: Uint8Array
  readonly material: { readonly hint: string } | { readonly chain: readonly Uint8Array[] }
}

/** The text of a bundle, with a newline at its end. */
export function writeBundle({ payload, payloadType, signature, material }: NewBundle): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const signer =
    'hint' in material
      ? { publicKey: { hint: material.hint } }
      : { x509CertificateChain: { certificates: material.chain.map(der => ({ rawBytes: base64(der) })) } }
  const document = {
    mediaType,
    verificationMaterial: { ...signer, tlogEntries: [] },
    dsseEnvelope: { payload: base64(payload), payloadType, signatures: [{ sig: base64(signature), keyid: '' }] },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
