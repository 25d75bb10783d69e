import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeSigning, extension, newKey, sequence, serverAuth } from '../../../test/signing/authority.ts'
import { edit, read } from '../../../test/signing/edit.ts'
import { FakeSigstore } from '../../../test/signing/fake-sigstore.ts'
import { treeWith } from '../../../test/signing/tree.ts'
import { parseBundle } from './trust/bundle.ts'
import { judgeBundle } from './trust/judge.ts'
import { writeStatement } from './trust/statement.ts'
import { trustFrom } from './trusting.ts'

const at = Date.UTC(2026, 5, 1, 12)
const who = { identity: 'ada@example.org', issuer: 'https://issuer.example' }
const instance = new FakeSigstore()
const rootOf = (of: FakeSigstore): string => {
  const path = join(treeWith({}), 'root.json')
  writeFileSync(path, JSON.stringify(of.trustedRoot()))
  return path
}
const trustedRoot = rootOf(instance)
const trust = await trustFrom({ ...who, trustedRoot }, at)
const serialization = { method: 'files', hashType: 'sha256', allowSymlinks: false, ignorePaths: [] } as const
const payload = writeStatement('m', serialization, [{ name: 'a', digest: '0'.repeat(64) }])
const signed = (of = instance, wanted = {}, when = at) =>
  of.bundle(payload, of.certify(who.identity, who.issuer, at, wanted), when)
const judge = (text: string) => judgeBundle(parseBundle(Buffer.from(text), 'x'), trust)
const changed = (path: string, value?: unknown): string => {
  const document: unknown = JSON.parse(signed())
  edit(document, path, value)
  return JSON.stringify(document)
}
const entry = 'verificationMaterial.tlogEntries.0'

describe('a keyless signature', () => {
  test('is accepted from the identity and the issuer wanted, with the time of the log', () => {
    expect(judge(signed())).toMatchObject({
      signer: 'ada@example.org (https://issuer.example)',
      signedAt: '2026-06-01T12:00:00.000Z',
    })
  })
  test('is refused from anybody else', async () => {
    for (const other of [
      { ...who, identity: 'ad' },
      { ...who, identity: '.*' },
      { ...who, issuer: 'https://issuer' },
    ]) {
      const otherTrust = await trustFrom({ ...other, trustedRoot }, at)
      expect(() => judgeBundle(parseBundle(Buffer.from(signed()), 'x'), otherTrust)).toThrow(
        expect.objectContaining({ code: 'identity' }),
      )
    }
  })
  test('is refused from another instance, in either direction', async () => {
    const other = new FakeSigstore()
    expect(() => judge(signed(other))).toThrow(expect.objectContaining({ name: 'Refused' }))
    const publicTrust = await trustFrom(who, at)
    expect(() => judgeBundle(parseBundle(Buffer.from(signed()), 'x'), publicTrust)).toThrow(
      expect.objectContaining({ name: 'Refused' }),
    )
  })
  test('counts at the time of the log, not now: a certificate used after its end is refused', () => {
    expect(() => judge(signed(instance, {}, at + 500_000))).not.toThrow()
    expect(() => judge(signed(instance, {}, at + 700_000))).toThrow(expect.objectContaining({ code: 'certificate' }))
    expect(() => judge(signed(instance, {}, at - 5_000))).toThrow(expect.objectContaining({ code: 'certificate' }))
  })
  test('needs a certificate for signing code', () => {
    expect(() => judge(signed(instance, { purposes: [serverAuth] }))).toThrow(
      expect.objectContaining({ code: 'certificate' }),
    )
    expect(() => judge(signed(instance, { purposes: [codeSigning] }))).not.toThrow()
  })
  test('needs the certificate to have been made public', () => {
    const quiet = new FakeSigstore()
    const elsewhere = new FakeSigstore()
    const certificate = Object.assign(Object.create(FakeSigstore.prototype), { ...quiet, certificateLog: newKey() })
    const strangeLog = certificate.certify(who.identity, who.issuer, at)
    expect(elsewhere).not.toBe(quiet)
    expect(() => judge(quiet.bundle(payload, strangeLog, at))).toThrow(expect.objectContaining({ code: 'certificate' }))
  })
  const cases: readonly [string, string, unknown?][] = [
    ['without its promise and its proof', `${entry}.inclusionProof`],
    ['with another time', `${entry}.integratedTime`, '1780315300'],
    ['with another place in the log', `${entry}.logIndex`, '1'],
    ['with another log', `${entry}.logId.keyId`, 'A'.repeat(43) + '='],
    ['with a false promise', `${entry}.inclusionPromise.signedEntryTimestamp`, 'MEUCIQ=='],
    ['with another kind', `${entry}.kindVersion.kind`, 'hashedrekord'],
    ['with another version', `${entry}.kindVersion.version`, '0.0.2'],
    ['with another tree', `${entry}.inclusionProof.treeSize`, '2'],
    [
      'with a checkpoint of nobody',
      `${entry}.inclusionProof.checkpoint.envelope`,
      'log.example\n1\nAAAA\n\n\u2014 log.example AAAAAAAA\n',
    ],
    ['with another body', `${entry}.canonicalizedBody`, Buffer.from('{}').toString('base64')],
    ['with a body that is no JSON', `${entry}.canonicalizedBody`, 'AAAA'],
    ['with another payload', 'dsseEnvelope.payload', Buffer.from('{}').toString('base64')],
    ['with another signature', 'dsseEnvelope.signatures.0.sig', 'MEUCIQ=='],
  ]
  test.each(cases)('%s is refused', (_, path, value) => {
    const text = changed(path, value)
    expect(() => judge(text)).toThrow()
  })
  test('under the log entry of another signature is refused', () => {
    const document: unknown = JSON.parse(signed())
    edit(document, entry, read(JSON.parse(signed()), entry))
    expect(() => judge(JSON.stringify(document))).toThrow(expect.objectContaining({ code: 'log' }))
  })
  test('with one good and one foreign log entry is refused', () => {
    const document: unknown = JSON.parse(signed())
    const both = [read(document, entry), read(JSON.parse(signed()), entry)]
    edit(document, 'verificationMaterial.tlogEntries', both)
    expect(() => judge(JSON.stringify(document))).toThrow(expect.objectContaining({ code: 'log' }))
  })
  test('under another certificate of the same identity is refused', () => {
    const document: unknown = JSON.parse(signed())
    edit(document, 'verificationMaterial.certificate', read(JSON.parse(signed()), 'verificationMaterial.certificate'))
    expect(() => judge(JSON.stringify(document))).toThrow(expect.objectContaining({ code: 'log' }))
  })
  test('may hold extensions that say nothing', () => {
    expect(() => judge(signed(instance, { extensions: [extension('1.2.3.4', sequence())] }))).not.toThrow()
  })
})
