import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { cpSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pick, type Random } from '../src/core/index.ts'
import { type Trust, trustFrom } from '../src/ledger/index.ts'
import { chain, issue, newKey, serverAuth, valid } from '../test/signing/authority.ts'
import { edit, read } from '../test/signing/edit.ts'
import type { Mode } from './signing-trees.ts'

/** A signed tree, and what one may do to it. */
export interface Target {
  readonly root: string
  readonly signature: string
  readonly names: readonly string[]
  readonly mode: Mode
  /** Payload and signature of another tree by the same signer. */
  readonly otherSignature: string
  readonly random: Random
}

/** Does harm; gives whom to trust when that is part of it, or null when this tree gives no occasion. */
type Act = (target: Target) => Trust | undefined | null | Promise<Trust | undefined | null>

const filled = ({ root, names }: Target): string[] => names.filter(name => statSync(join(root, name)).size > 0)
const change = (path: string, act: (bytes: Buffer) => Buffer): undefined =>
  void writeFileSync(path, act(readFileSync(path)))
const document = ({ signature }: Target): unknown => JSON.parse(readFileSync(signature, 'utf8'))
const rewritten = (target: Target, path: string, value?: unknown): undefined => {
  const changed = document(target)
  edit(changed, path, value)
  writeFileSync(target.signature, JSON.stringify(changed))
}
const payloadOf = (of: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(read(of, 'dsseEnvelope.payload')), 'base64').toString('utf8'))
const repayload = (target: Target, path: string, value?: unknown): undefined => {
  const payload = payloadOf(document(target))
  edit(payload, path, value)
  return rewritten(target, 'dsseEnvelope.payload', Buffer.from(JSON.stringify(payload)).toString('base64'))
}
const serialization = 'predicate.serialization'

function onFile(target: Target, act: (path: string, name: string) => void): undefined | null {
  const some = filled(target)
  if (some.length === 0) return null
  const name = pick(some, target.random)
  act(join(target.root, name), name)
  return undefined
}

function flipIn(target: Target, path: string): undefined {
  const changed = document(target)
  const bytes = Buffer.from(String(read(changed, path)), 'base64')
  const at = Math.floor(target.random() * bytes.length)
  bytes[at] = bytes[at]! ^ (1 << Math.floor(target.random() * 8))
  edit(changed, path, bytes.toString('base64'))
  return void writeFileSync(target.signature, JSON.stringify(changed))
}

/** Signs the same payload anew under other certificates: what an attacker with a certificate can do. */
function resign(target: Target, { key, certificates }: { key: KeyObject; certificates: readonly Buffer[] }): void {
  const changed = document(target)
  const payload = Buffer.from(String(read(changed, 'dsseEnvelope.payload')), 'base64')
  const pae = Buffer.concat([Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `), payload])
  edit(changed, 'dsseEnvelope.signatures.0.sig', sign('sha256', pae, key).toString('base64'))
  const list = certificates.map(der => ({ rawBytes: der.toString('base64') }))
  edit(changed, 'verificationMaterial.x509CertificateChain.certificates', list)
  writeFileSync(target.signature, JSON.stringify(changed))
}

/** The same under a chain of one's own; with `trusted` its root is even trusted, so that the leaf alone is at fault. */
const underChain =
  (leaf: Parameters<typeof chain>[0], trusted: boolean): Act =>
  async target => {
    const made = chain(leaf)
    resign(target, { key: made.leaf.key, certificates: [made.leaf.der, made.middle.der] })
    const root = join(dirname(target.root), 'their-root.pem')
    writeFileSync(root, made.root.pem)
    return trusted ? trustFrom({ roots: [root], at: new Date(valid).toISOString() }, valid) : undefined
  }

/** Certificates that a trusted authority gave, and not for this. */
const unfit: readonly Parameters<typeof chain>[0][] = [
  { usage: 0x06 },
  { usage: 0x20 },
  { purposes: [serverAuth] },
  { usage: null, purposes: null },
  { key: newKey('secp256k1') },
]

/** Mutations that only one way of signing gives occasion for. */
export const needs: Readonly<Record<string, Mode['signer']['mode']>> = {
  'expired leaf': 'certificate',
  'wrong usage': 'certificate',
  'another chain': 'certificate',
  'expired chain': 'certificate',
  'a leaf as authority': 'certificate',
  'stripped log': 'sigstore',
  'changed log': 'sigstore',
  'another key': 'key',
}

/** Every way to tamper that the format must withstand. */
export const mutations: Readonly<Record<string, Act>> = {
  flip: t =>
    onFile(t, path =>
      change(path, bytes => {
        const at = Math.floor(t.random() * bytes.length)
        bytes[at] = bytes[at]! ^ (1 << Math.floor(t.random() * 8))
        return bytes
      }),
    ),
  truncate: t => onFile(t, path => change(path, bytes => bytes.subarray(0, Math.floor(t.random() * bytes.length)))),
  append: t => change(join(t.root, pick(t.names, t.random)), bytes => Buffer.concat([bytes, Buffer.from([0])])),
  rename: t => {
    const path = join(t.root, pick(t.names, t.random))
    renameSync(path, `${path}~`)
    return undefined
  },
  'swap names': t =>
    onFile(t, path => {
      const bytes = readFileSync(path)
      const other = t.names.map(name => join(t.root, name)).find(p => !readFileSync(p).equals(bytes))
      if (!other) return void writeFileSync(path, 'x')
      writeFileSync(path, readFileSync(other))
      writeFileSync(other, bytes)
    }),
  add: t => void writeFileSync(join(t.root, pick(['zz', '.hidden', 'Z.sig', 'sub.git'], t.random)), ''),
  delete: t => rmSync(join(t.root, pick(t.names, t.random))) as undefined,
  symlink: t =>
    onFile(t, (path, name) => {
      const copy = t.random() < 0.5 ? join(dirname(t.root), 'outside') : `${path}.copy`
      renameSync(path, copy)
      symlinkSync(t.random() < 0.5 ? copy : basename(name), path)
    }),
  case: t => {
    const name = t.names.find(n => n !== n.toUpperCase() && !t.names.includes(n.toUpperCase()) && !n.includes('/'))
    if (!name) return null
    renameSync(join(t.root, name), join(t.root, name.toUpperCase()))
    return undefined
  },
  'ignored path': t => {
    const ending = pick(['.py', '.SO', '.pkl', '.so.1', '.sh', '.dll', '.pt', '.py.'], t.random)
    writeFileSync(join(t.root, 'cache', `x${ending}`), 'x')
    return undefined
  },
  'expired leaf': t => {
    const { root } = t.mode.files
    const day = Math.floor(t.random() * 3000)
    return trustFrom({ roots: [root!], at: new Date(Date.UTC(2027, 0, 2 + day)).toISOString() }, valid)
  },
  'wrong usage': t => underChain(pick(unfit, t.random), true)(t),
  'another chain': underChain({}, false),
  'expired chain': underChain({ until: Date.UTC(2026, 1, 1) }, true),
  'a leaf as authority': t => {
    const { signer } = t.mode
    if (signer.mode !== 'certificate') return null
    const chained = signer.chain.map(({ der }) => der)
    const own = issue({ subject: 'x' }, { der: chained[0]!, key: signer.key, subject: 'leaf', pem: '' })
    resign(t, { key: own.key, certificates: [own.der, ...chained] })
    return undefined
  },
  'stripped log': t => {
    const path = 'verificationMaterial.tlogEntries'
    const proof = `${path}.0.inclusionProof`
    const promise = `${path}.0.inclusionPromise`
    return pick(
      [() => rewritten(t, path), () => rewritten(t, path, []), () => rewritten(t, proof), () => rewritten(t, promise)],
      t.random,
    )()
  },
  'changed log': t => {
    const entry = 'verificationMaterial.tlogEntries.0'
    const paths = [
      'canonicalizedBody',
      'inclusionPromise.signedEntryTimestamp',
      'logId.keyId',
      'inclusionProof.rootHash',
    ]
    return flipIn(t, `${entry}.${pick(paths, t.random)}`)
  },
  'payload swap': t => {
    const other: unknown = JSON.parse(readFileSync(t.otherSignature, 'utf8'))
    return rewritten(t, 'dsseEnvelope.payload', read(other, 'dsseEnvelope.payload'))
  },
  'signature of another tree': t => cpSync(t.otherSignature, t.signature) as undefined,
  'flip in the payload': t => flipIn(t, 'dsseEnvelope.payload'),
  'flip in the signature': t => flipIn(t, 'dsseEnvelope.signatures.0.sig'),
  'cut bundle': t => change(t.signature, bytes => bytes.subarray(0, Math.floor(t.random() * (bytes.length - 2)))),
  'option downgrade': t =>
    pick(
      [
        () => repayload(t, `${serialization}.allow_symlinks`, true),
        () => repayload(t, `${serialization}.ignore_paths`, ['.', ...t.names]),
        () => repayload(t, `${serialization}.hash_type`, 'md5'),
        () => repayload(t, `${serialization}.method`, 'shards'),
        () => repayload(t, 'predicateType', 'https://model_signing/Digests/v0.1'),
        () => repayload(t, 'predicate.resources', []),
        () => rewritten(t, 'mediaType', 'application/vnd.dev.sigstore.bundle+json;version=0.1'),
        () => rewritten(t, 'dsseEnvelope.payloadType', 'text/plain'),
        () => rewritten(t, 'dsseEnvelope.signatures', []),
      ],
      t.random,
    )(),
  'mode downgrade': t => {
    const hint = { hint: 'ab'.repeat(32) }
    return t.mode.signer.mode === 'key'
      ? rewritten(t, 'verificationMaterial.publicKey', hint)
      : rewritten(t, 'verificationMaterial', { publicKey: hint, tlogEntries: [] })
  },
  'another key': async t => {
    const path = join(dirname(t.root), 'other.pub')
    writeFileSync(path, createPublicKey(newKey()).export({ type: 'spki', format: 'pem' }))
    return trustFrom({ key: path }, valid)
  },
}
