import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { edit, read } from '../../../test/signing/edit.ts'
import { parseBundle } from './trust/bundle.ts'
import { readCertificate } from './trust/certificate.ts'
import { type Judged, judgeBundle, type Trust } from './trust/judge.ts'
import { sigstoreTrust } from './trusted-root.ts'
import { verifySignature } from './verify.ts'

const folder = new URL('../../../test/vectors/signing/', import.meta.url)
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const bundle = (name: string, path?: string, value?: unknown) => {
  const document: unknown = JSON.parse(text(name))
  if (path !== undefined) edit(document, path, value)
  return parseBundle(Buffer.from(JSON.stringify(document)), name)
}
const payloadPath = 'dsseEnvelope.payload'
const payloadOf = (name: string): string => String(read(JSON.parse(text(name)), payloadPath))

const certified = bundle('certificate.bundle.json').material
if (certified.mode !== 'certificate') throw new Error('the vector is of another mode')
const [leaf, middle] = certified.chain.map(readCertificate)
if (!leaf || !middle) throw new Error('the vector has two certificates')
const at = Date.UTC(2026, 0, 1)
const key: Trust = { mode: 'key', key: leaf.x509.publicKey }
const certificate: Trust = { mode: 'certificate', roots: [middle], at }
const who = { identity: 'stefanb@us.ibm.com', issuer: 'https://sigstore.verify.ibm.com/oauth2' }
const sigstore = await sigstoreTrust(undefined, who)

const names = ({ manifest }: Judged) => manifest.resources.map(({ name }) => name)

describe('published bundles that hold', () => {
  test.each([
    ['key.bundle.json', key, ['signme-1', 'signme-2']],
    ['go-key.json', key, ['signme-1', 'signme-2']],
    ['v0.3.1-key.json', key, ['.']],
    ['certificate.bundle.json', certificate, ['signme-1', 'signme-2']],
    ['v0.2.0-certificate.json', certificate, ['signme-1', 'signme-2']],
    ['sigstore.bundle.json', sigstore, ['signme-1', 'signme-2']],
  ] as const)('%s', (name, trust, files) => {
    expect(names(judgeBundle(bundle(name), trust))).toEqual(files)
  })

  test('say who signed, and when where a log knows', () => {
    const judged = judgeBundle(bundle('sigstore.bundle.json'), sigstore)
    expect(judged).toMatchObject({ signer: `${who.identity} (${who.issuer})`, signedAt: '2025-10-10T02:12:20.000Z' })
  })

  test('verify the files that they are of, and no others', async () => {
    const path = mkdtempSync(join(tmpdir(), 'bezoar-vector-'))
    const signature = join(path, 'model.sig')
    writeFileSync(signature, text('key.bundle.json'))
    writeFileSync(join(path, 'signme-1'), 'signme-1\n')
    writeFileSync(join(path, 'signme-2'), 'signme-2')
    writeFileSync(join(path, 'ignore-me'), 'anything')
    expect(await verifySignature({ path, signature, trust: key })).toMatchObject({ ok: true, ignored: ['ignore-me'] })
    writeFileSync(join(path, 'signme-2'), 'signme-2\n')
    expect(await verifySignature({ path, signature, trust: key })).toMatchObject({
      ok: false,
      refusals: [{ code: 'changed', name: 'signme-2' }],
    })
  })
})

describe('published bundles that do not', () => {
  test.each<[string, string, string, unknown?]>([
    ['no envelope', 'key.bundle.json', 'dsseEnvelope'],
    ['no material', 'key.bundle.json', 'verificationMaterial'],
    ['empty material', 'key.bundle.json', 'verificationMaterial', {}],
    ['two materials', 'key.bundle.json', 'verificationMaterial.certificate', { rawBytes: 'AAAA' }],
    ['no log entries', 'sigstore.bundle.json', 'verificationMaterial.tlogEntries'],
    ['an empty list of log entries', 'sigstore.bundle.json', 'verificationMaterial.tlogEntries', []],
    ['no signature', 'key.bundle.json', 'dsseEnvelope.signatures', []],
    ['two signatures', 'key.bundle.json', 'dsseEnvelope.signatures', [{ sig: 'AAAA' }, { sig: 'AAAA' }]],
    ['another media type', 'key.bundle.json', 'mediaType', 'application/json'],
    ['a later version', 'key.bundle.json', 'mediaType', 'application/vnd.dev.sigstore.bundle.v0.4+json'],
    ['base64 with a blank', 'key.bundle.json', payloadPath, 'AA AA'],
    ['more beside', 'key.bundle.json', 'more', 1],
  ])('%s is a fault', (_, name, path, value) => {
    expect(() => bundle(name, path, value)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
  })

  test.each(['', '{', '[]', 'null', '"x"', text('key.bundle.json').slice(0, 900)])('%# is no bundle', broken => {
    expect(() => parseBundle(Buffer.from(broken), 'x.sig')).toThrow(expect.objectContaining({ code: 'bad-signature' }))
  })

  test('another predicate under the same signature is refused', () => {
    const payload = Buffer.from(payloadOf('key.bundle.json'), 'base64').toString('utf8')
    const other = Buffer.from(payload.replace('model_signing/signature', 'example.com/wrong')).toString('base64')
    const swapped = bundle('key.bundle.json', payloadPath, other)
    expect(() => judgeBundle(swapped, key)).toThrow(expect.objectContaining({ code: 'wrong-signature' }))
  })

  test.each([
    ['key.bundle.json', certificate],
    ['key.bundle.json', sigstore],
    ['certificate.bundle.json', key],
    ['certificate.bundle.json', sigstore],
    ['sigstore.bundle.json', key],
    ['sigstore.bundle.json', certificate],
  ] as const)('%s is not verified in another way (%#)', (name, trust) => {
    expect(() => judgeBundle(bundle(name), trust)).toThrow(expect.objectContaining({ code: 'wrong-mode' }))
  })

  test.each([
    ['another hint', 'key.bundle.json', 'verificationMaterial.publicKey.hint', 'ab'.repeat(32)],
    ['another key inside', 'v0.3.1-key.json', 'verificationMaterial.publicKey.rawBytes', 'AAAA'],
  ])('%s is refused although the signature holds', (_, name, path, value) => {
    expect(() => judgeBundle(bundle(name, path, value), key)).toThrow(expect.objectContaining({ code: 'wrong-key' }))
  })

  test('another type of payload is refused although the signature holds', () => {
    const other = bundle('key.bundle.json', 'dsseEnvelope.payloadType', 'text/plain')
    expect(() => judgeBundle(other, key)).toThrow(expect.objectContaining({ code: 'statement' }))
  })

  test.each([undefined, null, '', 'anything'])('the id of the key in the envelope may be %j', keyid => {
    expect(() => judgeBundle(bundle('key.bundle.json', 'dsseEnvelope.signatures.0.keyid', keyid), key)).not.toThrow()
  })

  test('an expired certificate is refused, unless the time is moved back', () => {
    const later: Trust = { mode: 'certificate', roots: [middle], at: Date.UTC(2036, 0, 1) }
    expect(() => judgeBundle(bundle('certificate.bundle.json'), later)).toThrow(
      expect.objectContaining({ code: 'expired' }),
    )
  })

  test('the old way to sign is refused for the new layout', () => {
    const swapped = bundle('v0.2.0-certificate.json', payloadPath, payloadOf('certificate.bundle.json'))
    expect(() => judgeBundle(swapped, certificate)).toThrow(expect.objectContaining({ code: 'wrong-signature' }))
  })

  test.each([
    [{ ...who, identity: 'stefanb@us.ibm.co' }],
    [{ ...who, identity: '.*' }],
    [{ ...who, issuer: 'https://sigstore.verify.ibm.com' }],
    [{ ...who, issuer: who.issuer.toUpperCase() }],
  ])('a keyless signature of somebody else is refused: %o', async other => {
    const trust = await sigstoreTrust(undefined, other)
    expect(() => judgeBundle(bundle('sigstore.bundle.json'), trust)).toThrow(
      expect.objectContaining({ code: 'identity' }),
    )
  })
})
