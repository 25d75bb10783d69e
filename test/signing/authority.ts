import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** DER with a tag and a content, lengths in the shortest form. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = length > 0xffff ? 3 : length > 0xff ? 2 : 1
  const header = Buffer.alloc(2 + size)
  header[0] = tag
  header[1] = 0x80 | size
  header.writeUIntBE(length, 2, size)
  return Buffer.concat([header, content])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
export const octets = (content: Uint8Array): Buffer => der(0x04, content)

/** An object identifier from its dotted text. */
export function oid(text: string): Buffer {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number)
  const bytes = [a * 40 + b, ...rest].flatMap(number => {
    const out = [number & 0x7f]
    for (let n = Math.floor(number / 128); n > 0; n = Math.floor(n / 128)) out.unshift((n & 0x7f) | 0x80)
    return out
  })
  return der(0x06, Buffer.from(bytes))
}

/** An extension of a certificate. */
export const extension = (id: string, content: Uint8Array, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), octets(content))

const name = (common: string): Buffer =>
  common === '' ? sequence() : sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(common)))))

const time = (at: number): Buffer => {
  const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x18, Buffer.from(text))
}

const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes)

export type Curve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1'

/** A new elliptic curve key pair. */
export const newKey = (curve: Curve = 'P-256'): KeyObject => generateKeyPairSync('ec', { namedCurve: curve }).privateKey

/** What a certificate says; times in milliseconds. */
export interface Wanted {
  readonly subject?: string
  readonly key?: KeyObject
  readonly ca?: boolean
  readonly pathLength?: number
  readonly usage?: number | null
  readonly purposes?: readonly string[] | null
  readonly from?: number
  readonly until?: number
  readonly extensions?: readonly Buffer[]
  readonly hash?: 'sha1' | 'sha256'
  /** Changes the signed part before it is signed, for certificates that only a broken authority makes. */
  readonly alter?: (tbs: Buffer) => Buffer
}

/** A certificate and its key. */
export interface Issued {
  readonly der: Buffer
  readonly key: KeyObject
  readonly subject: string
  /** What was signed, without the extensions for the log; for those who sign it again. */
  readonly pem: string
}

/** Key usage bits: digitalSignature, and keyCertSign with cRLSign. */
export const signs = 0x80
export const certifies = 0x06
export const codeSigning = '1.3.6.1.5.5.7.3.3'
export const serverAuth = '1.3.6.1.5.5.7.3.1'

const year = 365 * 24 * 3600 * 1000
let serial = 1

/** The part of a certificate that is signed. */
export function tbsOf(wanted: Wanted, key: KeyObject, issuer: string, from: number): Buffer {
  const { subject = 'leaf', ca = false, pathLength, until = from + year } = wanted
  const usage = wanted.usage === undefined ? (ca ? certifies : signs) : wanted.usage
  const purposes = wanted.purposes === undefined ? (ca ? null : [codeSigning]) : wanted.purposes
  const constraints = ca
    ? [
        extension(
          '2.5.29.19',
          sequence(
            der(0x01, Buffer.from([0xff])),
            ...(pathLength === undefined ? [] : [der(0x02, Buffer.from([pathLength]))]),
          ),
          true,
        ),
      ]
    : []
  const extensions = [
    ...constraints,
    ...(usage === null ? [] : [extension('2.5.29.15', bits(Buffer.from([usage])), true)]),
    ...(purposes === null ? [] : [extension('2.5.29.37', sequence(...purposes.map(oid)))]),
    ...(wanted.extensions ?? []),
  ]
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([0x10, serial >> 8, serial++ & 0xff])),
    algorithm(wanted.hash),
    name(issuer),
    sequence(time(from), time(until)),
    name(subject),
    (key.type === 'public' ? key : createPublicKey(key)).export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  )
}

const algorithm = (hash: 'sha1' | 'sha256' = 'sha256'): Buffer =>
  sequence(oid(hash === 'sha1' ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'))

/** Issues a certificate; by itself when no issuer is given. */
export function issue(wanted: Wanted = {}, issuer?: Issued): Issued {
  const { subject = 'leaf', key = newKey(), from = Date.UTC(2026, 0, 1), hash = 'sha256', alter } = wanted
  const plain = tbsOf({ ...wanted, subject }, key, issuer?.subject ?? subject, from)
  const tbs = alter ? alter(plain) : plain
  const signature = sign(hash, tbs, { key: issuer?.key ?? key, dsaEncoding: 'der' })
  const whole = sequence(tbs, algorithm(hash), bits(signature))
  return { der: whole, key, subject, pem: pemOf(whole) }
}

/** DER as the PEM text of a certificate. */
export const pemOf = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

/** A root, an authority below it and a leaf for signing code, all valid in 2026. */
export function chain(leaf: Wanted = {}): { root: Issued; middle: Issued; leaf: Issued } {
  const root = issue({ subject: 'root', ca: true })
  const middle = issue({ subject: 'middle', ca: true, pathLength: 0 }, root)
  return { root, middle, leaf: issue(leaf, middle) }
}

/** A moment at which those certificates are valid. */
export const valid = Date.UTC(2026, 5, 1)
