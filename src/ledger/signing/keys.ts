import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Fault } from '../../core/index.ts'
import { faultOf } from '../../sources/index.ts'
import { type Certificate, readCertificate } from './trust/certificate.ts'
import { hashOfKey } from './trust/key.ts'
import { Refused } from './trust/refused.ts'

/** Keys and chains are small; a larger file is the wrong one. */
const largestKey = 64 * 1024
const largestChain = 1024 * 1024

const kinds = 'P-256, P-384 or P-521'

/**
 * Reads a small file whole, pipes too. Throws a Fault naming it when it is not there or gives more than `most` bytes,
 * with the code of what it should have been.
 */
export async function readSmall(
  path: string,
  most: number,
  code: 'bad-key' | 'bad-signature' = 'bad-key',
): Promise<Buffer> {
  refuseContent(path)
  const chunks: Buffer[] = []
  let total = 0
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = Buffer.from(chunk)
      total += bytes.length
      if (total > most) throw new Fault(code, `${path} is larger than ${most} bytes.`, 'Name the right file.')
      chunks.push(bytes)
    }
  } catch (reason) {
    throw reason instanceof Fault ? reason : faultOf(reason, path)
  }
  return Buffer.concat(chunks)
}

/** A key where the path of its file is meant would be repeated by every message about that path. */
function refuseContent(path: string): void {
  if (!/-----BEGIN|PRIVATE KEY|[\r\n]/.test(path) && !/^(env:)?M[A-Za-z0-9+/=]{60,}$/.test(path)) return
  throw new Fault(
    'bad-key',
    'A key or a certificate itself is given where its file is meant.',
    'Name the file. --key env:NAME reads a private key from a variable; a command line is seen by others.',
  )
}

const badKey = (path: string, why: string, remedy: string): Fault => new Fault('bad-key', `${path}: ${why}.`, remedy)

/** The public key in a PEM file. Throws `bad-key` naming the file when it holds another thing or another kind of key. */
export async function readPublicKey(path: string): Promise<KeyObject> {
  const text = (await readSmall(path, largestKey)).toString('latin1')
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw badKey(path, 'this is a private key', 'Verification needs the public one; keep this file to yourself.')
  const block = /-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/.exec(text)?.[0]
  const remedy = `Give the public key as PEM (BEGIN PUBLIC KEY), on ${kinds}.`
  if (!block) throw badKey(path, 'no public key in PEM', remedy)
  const key = parsing(() => createPublicKey(block)) ?? fail(badKey(path, 'the public key cannot be read', remedy))
  return ofKnownKind(key, path)
}

function ofKnownKind(key: KeyObject, path: string): KeyObject {
  if (hashOfKey(key) !== null) return key
  const curve = key.asymmetricKeyDetails?.namedCurve
  const kind = [key.asymmetricKeyType, curve].filter(Boolean).join(' ')
  throw badKey(
    path,
    `a key of the wrong type (${kind || 'unknown'})`,
    `Model signing uses elliptic curve keys on ${kinds}.`,
  )
}

function parsing<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    // What the library says may quote its input: never passed on.
    return null
  }
}

function fail(fault: Fault): never {
  throw fault
}

/** Where a private key comes from: `env:NAME` for a variable, else a path. */
export interface PrivateKeySource {
  readonly key: string
  /** Asked once when the key is encrypted. */
  readonly passphrase?: (() => Promise<string>) | undefined
}

/** Reads a private key (PKCS#8, encrypted PKCS#8 or SEC1, PEM). Nothing of it is ever part of a message. */
export async function readPrivateKey({ key: source, passphrase }: PrivateKeySource): Promise<KeyObject> {
  const text = await keyText(source)
  const block =
    /-----BEGIN (?:EC |ENCRYPTED )?PRIVATE KEY-----[\s\S]+?-----END (?:EC |ENCRYPTED )?PRIVATE KEY-----/.exec(text)?.[0]
  const remedy = `Give a private key as PEM (PKCS#8 or SEC1), on ${kinds}.`
  if (!block) throw badKey(source, 'no private key in PEM', remedy)
  if (!/BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(block)) {
    const key = parsing(() => createPrivateKey(block)) ?? fail(badKey(source, 'the private key cannot be read', remedy))
    return ofKnownKind(key, source)
  }
  if (!passphrase)
    throw badKey(source, 'the private key is encrypted', 'Set BEZOAR_KEY_PASSPHRASE, or run in a terminal to be asked.')
  const secret = await passphrase()
  const key =
    parsing(() => createPrivateKey({ key: block, passphrase: secret })) ??
    fail(badKey(source, 'the passphrase does not open the private key', 'Try again with the right one.'))
  return ofKnownKind(key, source)
}

async function keyText(source: string): Promise<string> {
  if (!source.startsWith('env:')) return (await readSmall(source, largestKey)).toString('latin1')
  refuseContent(source)
  const value = process.env[source.slice(4)]
  if (!value) throw badKey(source, 'the variable is not set', 'Put the PEM text of the key into it.')
  return value
}

/** All certificates in PEM files, in order. Throws `bad-key` naming a file without one. */
export async function readCertificates(paths: readonly string[]): Promise<Certificate[]> {
  const found: Certificate[] = []
  for (const path of paths) {
    const text = (await readSmall(path, largestChain)).toString('latin1')
    const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/g)]
    if (blocks.length === 0)
      throw badKey(path, 'no certificate in PEM', 'Give certificates as PEM (BEGIN CERTIFICATE).')
    for (const [, base64 = ''] of blocks) found.push(certificateFrom(Buffer.from(base64, 'base64'), path))
  }
  return found
}

function certificateFrom(der: Buffer, path: string): Certificate {
  try {
    return readCertificate(der)
  } catch (reason) {
    throw reason instanceof Refused ? badKey(path, 'a certificate cannot be read', 'Get the file again.') : reason
  }
}
