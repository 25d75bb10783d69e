import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { issue, newKey } from '../../../test/signing/authority.ts'
import { treeWith } from '../../../test/signing/tree.ts'
import { Fault } from '../../core/index.ts'
import { readCertificates, readPrivateKey, readPublicKey } from './keys.ts'
import { trustFrom } from './trusting.ts'

const folder = treeWith({})
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const pkcs8 = (key: KeyObject, passphrase?: string): string =>
  key
    .export({
      type: 'pkcs8',
      format: 'pem',
      ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
    })
    .toString()
const sec1 = (key: KeyObject): string => key.export({ type: 'sec1', format: 'pem' }).toString()
const pub = (key: KeyObject): string => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
const key = newKey()
const isSame = (a: KeyObject) => a.equals(key)
const badKey = (why: RegExp) => expect.objectContaining({ code: 'bad-key', message: expect.stringMatching(why) })

afterEach(() => vi.unstubAllEnvs())

describe('private keys', () => {
  test('are read as PKCS#8 and SEC1, also behind parameters, from a file or a variable', async () => {
    expect(isSame(await readPrivateKey({ key: file('k8', pkcs8(key)) }))).toBe(true)
    expect(isSame(await readPrivateKey({ key: file('k1', sec1(key)) }))).toBe(true)
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
    expect(isSame(await readPrivateKey({ key: file('kp', parameters + sec1(key)) }))).toBe(true)
    vi.stubEnv('BEZOAR_TEST_KEY', pkcs8(key))
    expect(isSame(await readPrivateKey({ key: 'env:BEZOAR_TEST_KEY' }))).toBe(true)
    await expect(readPrivateKey({ key: 'env:BEZOAR_TEST_NONE' })).rejects.toThrow(badKey(/not set/))
  })
  test('are opened by their passphrase alone', async () => {
    const path = file('enc', pkcs8(key, 'correct horse'))
    expect(isSame(await readPrivateKey({ key: path, passphrase: async () => 'correct horse' }))).toBe(true)
    await expect(readPrivateKey({ key: path })).rejects.toThrow(badKey(/encrypted/))
    await expect(readPrivateKey({ key: path, passphrase: async () => 'wrong' })).rejects.toThrow(badKey(/passphrase/))
  })
  test.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey],
    ['another curve', newKey('secp256k1')],
  ])('of the wrong type are named: %s', async (_, other) => {
    const path = file('other', pkcs8(other))
    await expect(readPrivateKey({ key: path })).rejects.toThrow(badKey(/other: a key of the wrong type/))
  })
  test('never appear in a message when they are given where their file is meant', async () => {
    const text = sec1(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey)
    const inner = text.split('\n')[1]!
    for (const source of [text, text.replaceAll('\n', ' '), `env:${text}`, inner + inner.slice(0, 30)])
      for (const read of [
        () => readPrivateKey({ key: source }),
        () => readPublicKey(source),
        () => readCertificates([source]),
      ]) {
        const fault = await read().catch((reason: unknown) => reason)
        expect(fault).toBeInstanceOf(Fault)
        expect(`${fault}`).not.toContain(inner.slice(0, 20))
      }
  })

  test('never appear in a message', async () => {
    const text = pkcs8(key)
    const inner = text.split('\n')[1]!
    for (const broken of [text.replace('M', 'N'), text.slice(0, 90), pub(key), `x${inner}`, pkcs8(key, 's3cret')]) {
      const reason: unknown = await readPrivateKey({
        key: file('broken', broken),
        passphrase: async () => 's3cret?',
      }).catch(e => e)
      expect(reason).toBeInstanceOf(Error)
      const said = `${String(reason)} ${JSON.stringify(reason)} ${reason instanceof Error ? `${reason.stack} ${reason.cause}` : ''}`
      expect(said).not.toContain(inner.slice(0, 12))
      expect(said).not.toContain('s3cret')
    }
  })
})

describe('what else is read', () => {
  test('a public key, and nothing that only resembles one', async () => {
    expect((await readPublicKey(file('pub', pub(key)))).equals(createPublicKey(key))).toBe(true)
    await expect(readPublicKey(file('sec', pkcs8(key)))).rejects.toThrow(badKey(/private key/))
    await expect(readPublicKey(file('crt', issue().pem))).rejects.toThrow(badKey(/no public key/))
    await expect(readPublicKey(file('bad', pub(key).replaceAll('M', '!')))).rejects.toThrow(badKey(/cannot be read/))
    await expect(readPublicKey(file('big', 'x'.repeat(100_000)))).rejects.toThrow(badKey(/larger/))
    await expect(readPublicKey('/dev/zero')).rejects.toThrow(badKey(/larger/))
    await expect(readPublicKey(join(folder, 'none'))).rejects.toMatchObject({ code: 'no-such-path' })
    await expect(readPublicKey(folder)).rejects.toMatchObject({ code: expect.any(String) })
  })
  test('all certificates of all files, in order', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(subject => issue({ subject }))
    const found = await readCertificates([file('ab', `${a!.pem}text\n${b!.pem}`), file('c', c!.pem)])
    expect(found.map(({ x509 }) => x509.subject)).toEqual(['CN=a', 'CN=b', 'CN=c'])
    await expect(readCertificates([file('no', 'nothing')])).rejects.toThrow(badKey(/no certificate/))
    await expect(readCertificates([file('cut', a!.pem.replace(/\n.{64}\n/, '\n'))])).rejects.toThrow(
      badKey(/cannot be read/),
    )
  })
})

describe('whom to trust', () => {
  const path = file('trusted', pub(key))
  const root = file('root', issue({ ca: true }).pem)
  const json = file('root.json', '{}')
  const who = { identity: 'a', issuer: 'b' }
  test('is one way, whole', async () => {
    expect(await trustFrom({ key: path }, 5)).toMatchObject({ mode: 'key' })
    expect(await trustFrom({ roots: [root] }, 5)).toMatchObject({ mode: 'certificate', at: 5 })
    expect(await trustFrom({ roots: [root], at: '2026-01-02T03:04:05Z' }, 5)).toMatchObject({
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
    })
    expect(await trustFrom(who, 5)).toMatchObject({ mode: 'sigstore' })
  })
  test.each([
    [{}],
    [{ key: path, roots: [root] }],
    [{ key: path, ...who }],
    [{ identity: 'a' }],
    [{ issuer: 'b' }],
    [{ identity: '', issuer: 'b' }],
    [{ key: path, at: '2026-01-01' }],
    [{ ...who, at: '2026-01-01' }],
    [{ key: path, trustedRoot: json }],
    [{ roots: [root], trustedRoot: json }],
    [{ roots: [root], at: 'yesterday' }],
    [{ roots: [root], at: '2026-13-40' }],
    [{ roots: [root], at: '2026-02-31' }],
  ])('or a fault: %o', async source => {
    await expect(trustFrom(source, 5)).rejects.toMatchObject({ code: 'bad-option' })
  })
  test('needs a trusted root that is one', async () => {
    await expect(trustFrom({ ...who, trustedRoot: json }, 5)).rejects.toThrow(badKey(/no trusted root/))
    await expect(trustFrom({ ...who, trustedRoot: file('t', 'x') }, 5)).rejects.toThrow(badKey(/not JSON/))
  })
})
