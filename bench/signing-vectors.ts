import { X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../src/core/index.ts'
import { type Trust, trustFrom, verifySignature } from '../src/ledger/index.ts'
import { edit, read } from '../test/signing/edit.ts'

const vectors = new URL('../test/vectors/signing/', import.meta.url)
const textOf = (name: string): string => readFileSync(new URL(name, vectors), 'utf8')
const at = '2026-01-01T00:00:00Z'

/** A published bundle as it is or changed at one place, and whether it must be accepted. */
interface Vector {
  readonly name: string
  readonly file: string
  readonly change?: readonly [path: string, value?: unknown]
  readonly accepted: boolean
  readonly trust: 'key' | 'certificate' | 'sigstore'
  /** What signme-1 holds in that release. */
  readonly content: string
}

const key = { file: 'key.bundle.json', trust: 'key', content: 'signme-1\n' } as const
const certificate = { file: 'certificate.bundle.json', trust: 'certificate', content: 'signme-1\n' } as const
const sigstore = { file: 'sigstore.bundle.json', trust: 'sigstore', content: 'signme-1' } as const
const wrongPredicate = (): string => {
  const payload = Buffer.from(String(read(JSON.parse(textOf(key.file)), 'dsseEnvelope.payload')), 'base64').toString()
  return Buffer.from(
    payload.replace('https://model_signing/signature', 'https://example.com/wrong-predicate'),
  ).toString('base64')
}

const published: readonly Vector[] = [
  { name: 'valid/key', ...key, accepted: true },
  { name: 'valid/certificate', ...certificate, accepted: true },
  { name: 'valid/sigstore', ...sigstore, accepted: true },
  { name: 'invalid/missing-envelope', ...key, change: ['dsseEnvelope'], accepted: false },
  { name: 'invalid/missing-verification-material', ...key, change: ['verificationMaterial'], accepted: false },
  { name: 'invalid/missing-tlog-entries', ...sigstore, change: ['verificationMaterial.tlogEntries'], accepted: false },
  {
    name: 'invalid-payload/wrong-predicate',
    ...key,
    change: ['dsseEnvelope.payload', wrongPredicate()],
    accepted: false,
  },
  {
    name: 'historical/v0.2.0-certificate',
    ...certificate,
    file: 'v0.2.0-certificate.json',
    content: 'signme-1',
    accepted: true,
  },
  { name: 'positive/key-simple-go', ...key, file: 'go-key.json', accepted: true },
  { name: 'negative/key-verify-as-certificate', ...key, trust: 'certificate', accepted: false },
  { name: 'negative/key-verify-as-sigstore', ...key, trust: 'sigstore', accepted: false },
  { name: 'negative/certificate-verify-as-key', ...certificate, trust: 'key', accepted: false },
  { name: 'negative/certificate-verify-as-sigstore', ...certificate, trust: 'sigstore', accepted: false },
  { name: 'negative/sigstore-verify-as-key', ...sigstore, trust: 'key', accepted: false },
  { name: 'negative/key-simple-no-signature', ...key, change: ['dsseEnvelope.signatures', []], accepted: false },
  { name: 'negative/key-simple-wrong-mediatype', ...key, change: ['mediaType', 'application/json'], accepted: false },
  {
    name: 'negative/key-simple-wrong-payload-type',
    ...key,
    change: ['dsseEnvelope.payloadType', 'text/plain'],
    accepted: false,
  },
  { name: 'negative/key-simple-tampered-content', ...key, content: 'tampered', accepted: false },
  { name: 'negative/sigstore-tampered-content', ...sigstore, content: 'tampered', accepted: false },
]

/** Decides each published vector against the files that it was made for. */
export async function vectorsDecided(folder: string): Promise<{ name: string; right: boolean }[]> {
  const trusts = await trustsIn(folder)
  const decided = []
  for (const [i, vector] of published.entries()) {
    const root = join(folder, `vector${i}`)
    mkdirSync(root)
    writeFileSync(join(root, 'signme-1'), vector.content)
    writeFileSync(join(root, 'signme-2'), 'signme-2')
    const document: unknown = JSON.parse(textOf(vector.file))
    if (vector.change) edit(document, ...vector.change)
    const signature = join(root, 'model.sig')
    writeFileSync(signature, JSON.stringify(document))
    decided.push({
      name: vector.name,
      right: (await accepts(root, signature, trusts[vector.trust])) === vector.accepted,
    })
  }
  const empty = join(folder, 'empty.sig')
  writeFileSync(empty, '')
  decided.push({ name: 'negative/malformed-empty-bundle', right: !(await accepts(folder, empty, trusts.key)) })
  return decided
}

async function accepts(path: string, signature: string, trust: Trust): Promise<boolean> {
  try {
    return (await verifySignature({ path, signature, trust, workers: 0 })).ok
  } catch (reason) {
    if (reason instanceof Fault) return false
    throw reason
  }
}

/** The signer's key and authority, taken from the published chain; the public Sigstore instance, as shipped. */
async function trustsIn(folder: string): Promise<Record<Vector['trust'], Trust>> {
  const chain = 'verificationMaterial.x509CertificateChain.certificates'
  const document: unknown = JSON.parse(textOf(certificate.file))
  const [leaf, middle] = [0, 1].map(
    i => new X509Certificate(Buffer.from(String(read(document, `${chain}.${i}.rawBytes`)), 'base64')),
  )
  const open = join(folder, 'vector.pub')
  const root = join(folder, 'vector-root.pem')
  writeFileSync(open, leaf!.publicKey.export({ type: 'spki', format: 'pem' }))
  writeFileSync(root, middle!.toString())
  return {
    key: await trustFrom({ key: open }, 0),
    certificate: await trustFrom({ roots: [root], at }, 0),
    sigstore: await trustFrom({ identity: 'stefanb@us.ibm.com', issuer: 'https://sigstore.verify.ibm.com/oauth2' }, 0),
  }
}
