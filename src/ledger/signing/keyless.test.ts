import { createPublicKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { edit, read } from '../../../test/signing/edit.ts'
import { FakeSigstore } from '../../../test/signing/fake-sigstore.ts'
import { treeWith } from '../../../test/signing/tree.ts'
import { keylessSignerAt } from './keyless.ts'
import { signArtifact } from './sign.ts'
import { trustFrom } from './trusting.ts'
import { verifySignature } from './verify.ts'

const instance = new FakeSigstore()
const who = { identity: 'ada@example.org', issuer: 'https://issuer.example' }
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'none' })}.${part({ iss: who.issuer, email: who.identity, email_verified: true })}.c2lnbmF0dXJlc2lnbmF0dXJl`
const at = Math.floor(Date.now() / 1000) * 1000
const asked: string[] = []
let server: Server
let address = ''

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** The answers of an authority and of a log, as their interfaces define them. */
function answer(url: string, body: unknown): unknown {
  if (url === '/api/v2/signingCert') {
    if (read(body, 'credentials.oidcIdentityToken') !== token) throw new Error('another token')
    const key = createPublicKey(String(read(body, 'publicKeyRequest.publicKey.content')))
    const { pem } = instance.certify(who.identity, who.issuer, at, { key })
    return { signedCertificateEmbeddedSct: { chain: { certificates: [pem, instance.root.pem] } } }
  }
  const envelope: unknown = JSON.parse(String(read(body, 'spec.proposedContent.envelope')))
  const payload = Buffer.from(String(read(envelope, 'payload')), 'base64')
  const signature = String(read(envelope, 'signatures.0.sig'))
  const entry = instance.logged(
    { payload, signature, verifier: String(read(body, 'spec.proposedContent.verifiers.0')) },
    at / 1000,
  )
  const { rootHash, checkpoint } = entry.inclusionProof
  const inclusionProof = {
    logIndex: 0,
    treeSize: 1,
    hashes: [],
    rootHash: hex(rootHash),
    checkpoint: checkpoint.envelope,
  }
  const { signedEntryTimestamp } = entry.inclusionPromise
  return {
    uuid: {
      body: entry.canonicalizedBody,
      integratedTime: at / 1000,
      logID: hex(entry.logId.keyId),
      logIndex: 0,
      verification: { inclusionProof, signedEntryTimestamp },
    },
  }
}
const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex')

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push(request.url ?? '')
    try {
      const said = answer(request.url ?? '', await bodyOf(request))
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    } catch (reason) {
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: `no: ${token} ${reason}` }))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise(resolve => server.close(resolve)))
afterEach(() => vi.unstubAllEnvs())

const options = (more = {}) => ({ token, fulcio: address, rekor: address, onHosts: () => {}, ...more })

describe('signing without a key', () => {
  test('names the hosts, asks them, and gives a bundle that verifies offline', async () => {
    const path = treeWith({ a: 'a' })
    const signature = join(path, 'model.sig')
    const hosts: string[] = []
    const onHosts = (named: readonly string[]) => {
      expect(asked).toEqual([])
      hosts.push(...named)
    }
    const { bundle } = await signArtifact({ path, signature, signer: keylessSignerAt(options({ onHosts })) })
    expect(hosts).toEqual([new URL(address).host])
    expect(asked).toEqual(['/api/v2/signingCert', '/api/v1/log/entries'])
    writeFileSync(signature, bundle)
    const trustedRoot = join(path, '..', 'root.json')
    writeFileSync(trustedRoot, JSON.stringify(instance.trustedRoot()))
    const trust = await trustFrom({ ...who, trustedRoot }, 0)
    expect(await verifySignature({ path, signature, trust })).toMatchObject({
      ok: true,
      signedAt: new Date(at).toISOString(),
    })
    const stripped: unknown = JSON.parse(bundle)
    edit(stripped, 'verificationMaterial.tlogEntries', [])
    writeFileSync(signature, JSON.stringify(stripped))
    await expect(verifySignature({ path, signature, trust })).rejects.toMatchObject({ code: 'bad-signature' })
  })
  test('says why not, and never the token', async () => {
    const path = treeWith({ a: 'a' })
    const other = token.replace('c2lnb', 'xxxxx')
    const signing = signArtifact({ path, signature: `${path}.sig`, signer: keylessSignerAt(options({ token: other })) })
    const reason: unknown = await signing.catch(e => e)
    expect(reason).toMatchObject({ code: 'network' })
    expect(String(reason)).not.toContain(other.slice(0, 20))
    expect(String(reason)).not.toContain(token.slice(0, 20))
  })
  test('needs a token, and sends it nowhere unprotected', () => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', undefined)
    expect(() => keylessSignerAt(options({ token: undefined }))).toThrow(expect.objectContaining({ code: 'bad-key' }))
    for (const wrong of ['http://example.org', 'ftp://example.org', 'x', 'http://127.0.0.1.example.org'])
      expect(() => keylessSignerAt(options({ fulcio: wrong }))).toThrow(expect.objectContaining({ code: 'bad-option' }))
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', 'https://tokens.example/x')
    expect(keylessSignerAt(options({ token: undefined })).mode).toBe('sigstore')
  })
})
