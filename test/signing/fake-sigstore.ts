import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { mediaType } from '../../src/ledger/signing/trust/bundle.ts'
import { payloadType, preAuthentication } from '../../src/ledger/signing/trust/dsse.ts'
import { der, extension, type Issued, issue, newKey, octets, sequence, type Wanted } from './authority.ts'

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const spki = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' })
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A Sigstore instance of one's own: an authority, a certificate log and a signature log that nobody else trusts. */
export class FakeSigstore {
  readonly root: Issued = issue({
    subject: 'fake root',
    ca: true,
    from: Date.UTC(2025, 0, 1),
    until: Date.UTC(2030, 0, 1),
  })
  readonly certificateLog = newKey()
  readonly log = newKey()

  /** The trusted root that names this instance. */
  trustedRoot(): unknown {
    const validFor = { start: '2025-01-01T00:00:00Z' }
    const publicKey = (key: KeyObject) => ({
      rawBytes: base64(spki(key)),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor,
    })
    const log = (key: KeyObject, baseUrl: string) => ({
      baseUrl,
      hashAlgorithm: 'SHA2_256',
      publicKey: publicKey(key),
      logId: { keyId: base64(sha256(spki(key))) },
    })
    return {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [log(this.log, 'https://log.example')],
      ctlogs: [log(this.certificateLog, 'https://ct.example')],
      timestampAuthorities: [],
      certificateAuthorities: [
        {
          subject: {},
          uri: 'https://ca.example',
          certChain: { certificates: [{ rawBytes: base64(this.root.der) }] },
          validFor,
        },
      ],
    }
  }

  /** A short-lived certificate for an address, made public in the certificate log. */
  certify(identity: string, issuer: string, at: number, wanted: Wanted = {}): Issued {
    const key = newKey()
    const named = [
      extension('2.5.29.17', sequence(der(0x81, Buffer.from(identity))), true),
      extension('1.3.6.1.4.1.57264.1.8', der(0x0c, Buffer.from(issuer))),
    ]
    const about: Wanted = { subject: '', key, from: at - 1000, until: at + 600_000, extensions: named, ...wanted }
    return issue(
      {
        ...about,
        extensions: [...named, ...(wanted.extensions ?? [])],
        alter: tbs => withLog(tbs, this.promise(tbs, at)),
      },
      this.root,
    )
  }

  /** The promise of the certificate log for a certificate without it. */
  private promise(tbs: Buffer, at: number): Buffer {
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(at))
    const length = Buffer.alloc(3)
    length.writeUIntBE(tbs.length, 0, 3)
    const entry = Buffer.concat([
      Buffer.from([0, 0]),
      time,
      Buffer.from([0, 1]),
      sha256(spki(this.root.key)),
      length,
      tbs,
      Buffer.from([0, 0]),
    ])
    const signature = sign('sha256', entry, this.certificateLog)
    const size = Buffer.from([signature.length >> 8, signature.length & 0xff])
    const promise = Buffer.concat([
      Buffer.from([0]),
      sha256(spki(this.certificateLog)),
      time,
      Buffer.from([0, 0, 4, 3]),
      size,
      signature,
    ])
    const inner = Buffer.from([promise.length >> 8, promise.length & 0xff])
    const whole = Buffer.from([(promise.length + 2) >> 8, (promise.length + 2) & 0xff])
    return Buffer.concat([whole, inner, promise])
  }

  /** A bundle over a payload: signed by the certificate's key, and entered in the log at a time. */
  bundle(payload: Buffer, { der: certificate, key, pem }: Issued, at: number): string {
    const signature = base64(sign('sha256', preAuthentication(payload), key))
    return JSON.stringify({
      mediaType,
      verificationMaterial: {
        certificate: { rawBytes: base64(certificate) },
        tlogEntries: [this.logged({ payload, signature, verifier: base64(Buffer.from(pem)) }, Math.floor(at / 1000))],
      },
      dsseEnvelope: { payload: base64(payload), payloadType, signatures: [{ sig: signature }] },
    })
  }

  /** Enters a signature in the log at a time in seconds. */
  logged({ payload, signature, verifier }: { payload: Buffer; signature: string; verifier: string }, seconds: number) {
    const hash = { algorithm: 'sha256', value: sha256(payload).toString('hex') }
    const spec = { envelopeHash: hash, payloadHash: hash, signatures: [{ signature, verifier }] }
    return this.entry(Buffer.from(JSON.stringify({ apiVersion: '0.0.1', kind: 'dsse', spec })), seconds)
  }

  /** The one entry of a log of one. */
  private entry(body: Buffer, integratedTime: number) {
    const keyId = sha256(spki(this.log))
    const promised = JSON.stringify({ body: base64(body), integratedTime, logID: keyId.toString('hex'), logIndex: 0 })
    const rootHash = sha256(Buffer.from([0]), body)
    const note = `log.example\n1\n${base64(rootHash)}\n`
    const line = base64(Buffer.concat([keyId.subarray(0, 4), sign('sha256', Buffer.from(note), this.log)]))
    return {
      logIndex: '0',
      logId: { keyId: base64(keyId) },
      kindVersion: { kind: 'dsse', version: '0.0.1' },
      integratedTime: String(integratedTime),
      inclusionPromise: { signedEntryTimestamp: base64(sign('sha256', Buffer.from(promised), this.log)) },
      inclusionProof: {
        logIndex: '0',
        rootHash: base64(rootHash),
        treeSize: '1',
        hashes: [],
        checkpoint: { envelope: `${note}\n\u2014 log.example ${line}\n` },
      },
      canonicalizedBody: base64(body),
    }
  }
}

/** Puts the promise of a log into the extensions of what is signed: the last field, so its length and theirs change. */
function withLog(tbs: Buffer, promise: Buffer): Buffer {
  const added = extension('1.3.6.1.4.1.11129.2.4.2', octets(promise))
  const fields = inside(tbs)
  const extensions = fields.at(-1)!
  const list = inside(inside(extensions)[0]!)
  return sequence(...fields.slice(0, -1), der(0xa3, sequence(...list, added)))
}

/** The values inside a constructed one. */
function inside(value: Buffer): Buffer[] {
  const contentOf = (bytes: Buffer): { start: number; end: number } => {
    const first = bytes[1]!
    if (first < 0x80) return { start: 2, end: 2 + first }
    const size = first & 0x7f
    return { start: 2 + size, end: 2 + size + bytes.readUIntBE(2, size) }
  }
  const { start, end } = contentOf(value)
  const parts: Buffer[] = []
  for (let left = value.subarray(start, end); left.length > 0; ) {
    const { end: next } = contentOf(left)
    parts.push(left.subarray(0, next))
    left = left.subarray(next)
  }
  return parts
}
