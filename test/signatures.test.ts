import { createPublicKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Call, called } from './command.ts'
import { chain, newKey, valid } from './signing/authority.ts'
import { FakeSigstore } from './signing/fake-sigstore.ts'
import { put, treeWith } from './signing/tree.ts'

afterEach(() => vi.unstubAllEnvs())

const key = newKey('P-384')
const keys = dirname(treeWith({}))
const file = (name: string, text: string): string => put(keys, name, text)
const secret = file('key.pem', key.export({ type: 'pkcs8', format: 'pem' }).toString())
const locked = file(
  'locked.pem',
  key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString(),
)
const open = file('key.pub', createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString())
const made = chain()
const leaf = file('leaf.pem', made.leaf.pem)
const leafKey = file('leaf.key', made.leaf.key.export({ type: 'sec1', format: 'pem' }).toString())
const middle = file('middle.pem', made.middle.pem)
const root = file('root.pem', made.root.pem)
const plain = { 'a.txt': 'a', 'sub/b.bin': 'bbb' }

describe('bezoar sign and verify', () => {
  test('a folder, with a key', async () => {
    const path = treeWith(plain)
    const signature = join(path, 'model.sig')
    expect(await called('sign', path, '--key', secret)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Signed 2 files, 4 bytes/),
    })
    expect(await called('verify', path, '--signature', signature, '--key', open)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/as signed/),
    })
    put(path, 'a.txt', 'A')
    const { code, out } = await called('verify', path, '--signature', signature, '--key', open)
    expect([code, out]).toEqual([1, expect.stringMatching(/NOT as signed[\s\S]*a\.txt is not what was signed/)])
    const { out: json } = await called('verify', path, '--signature', signature, '--key', open, '--json')
    expect(JSON.parse(json)).toMatchObject({ ok: false, refusals: [{ code: 'changed', name: 'a.txt' }] })
  })
  test('a file such as a lock, beside it', async () => {
    const path = put(treeWith({}), 'bezoar.lock', '{}\n')
    expect(await called('sign', path, '--key', secret)).toMatchObject({ code: 0 })
    expect(existsSync(`${path}.sig`)).toBe(true)
    expect(await called('verify', path, '--signature', `${path}.sig`, '--key', open)).toMatchObject({ code: 0 })
  })
  test('with a certificate, expired since unless a time is given', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(valid)
    const path = treeWith(plain)
    expect(await called('sign', path, '--key', leafKey, '--certificate', leaf, '--chain', middle)).toMatchObject({
      code: 0,
    })
    const args = ['verify', path, '--signature', join(path, 'model.sig'), '--certificate-chain', root]
    expect(await called(...args)).toMatchObject({ code: 0 })
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2030, 0, 1))
    expect(await called(...args)).toMatchObject({ code: 1, out: expect.stringMatching(/expired at 2027/) })
    expect(await called(...args, '--at', '2026-06-01')).toMatchObject({ code: 0 })
    expect(await called(...args, '--at', '2027-06-01')).toMatchObject({ code: 1 })
    expect(await called('sign', path, '--force', '--key', leafKey, '--certificate', leaf)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/expired/),
    })
    vi.restoreAllMocks()
  })
  test("with an identity at an instance of one's own", async () => {
    const path = treeWith(plain)
    const instance = new FakeSigstore()
    const trusted = file('instance.json', JSON.stringify(instance.trustedRoot()))
    await called('sign', path, '--key', secret)
    const signature = join(path, 'model.sig')
    const payload = Buffer.from(JSON.parse(readFileSync(signature, 'utf8')).dsseEnvelope.payload, 'base64')
    writeFileSync(
      signature,
      instance.bundle(payload, instance.certify('ada@example.org', 'https://i.example', valid), valid),
    )
    const args = ['verify', path, '--signature', signature, '--issuer', 'https://i.example']
    expect(await called(...args, '--identity', 'ada@example.org', '--trusted-root', trusted)).toMatchObject({ code: 0 })
    expect(await called(...args, '--identity', 'eve@example.org', '--trusted-root', trusted)).toMatchObject({ code: 1 })
    expect(await called(...args, '--identity', 'ada@example.org')).toMatchObject({ code: 1 })
    expect(await called(...args)).toMatchObject({ code: 2, err: expect.stringMatching(/--identity and --issuer/) })
  })
  test('with an encrypted key, whose passphrase nobody sees', async () => {
    const path = treeWith(plain)
    vi.stubEnv('BEZOAR_KEY_PASSPHRASE', 'open sesame')
    const right = await called('sign', path, '--key', locked)
    vi.stubEnv('BEZOAR_KEY_PASSPHRASE', 'open barley')
    const wrong = await called('sign', path, '--force', '--key', locked)
    expect([right.code, wrong.code]).toEqual([0, 2])
    for (const { out, err } of [right, wrong]) expect(out + err).not.toMatch(/sesame|barley|BEGIN|MIG/)
  })
  test('a signature that is there is not overwritten, but when asked', async () => {
    const path = treeWith(plain)
    await called('sign', path, '--key', secret)
    expect(await called('sign', path, '--key', secret)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--force/),
    })
    expect(await called('sign', path, '--key', secret, '--force')).toMatchObject({ code: 0 })
    expect(await called('sign', path, '--key', secret, '--out', join(keys, 'elsewhere.sig'))).toMatchObject({ code: 0 })
  })
})

describe('flags do what they say, or are refused', () => {
  const signed = async (
    ...args: readonly string[]
  ): Promise<{ path: string; verify: (...more: string[]) => Promise<Call> }> => {
    const path = treeWith({ ...plain, 'cache/x.txt': 'x' })
    const { code, err } = await called('sign', path, '--key', secret, ...args)
    if (code !== 0) throw new Error(err)
    return {
      path,
      verify: (...more) => called('verify', path, '--signature', join(path, 'model.sig'), '--key', open, ...more),
    }
  }
  test('--ignore-path, --strict and --no-strict', async () => {
    const { path, verify } = await signed('--ignore-path', 'cache')
    put(path, 'cache/x.txt', 'y')
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringMatching(/1 not signed.*cache\/x\.txt/) })
    put(path, 'cache/x.py', 'y')
    put(path, '.github/x.py', 'y')
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringMatching(/cache\/x\.py runs when used/) })
    expect(await verify('--no-strict')).toMatchObject({ code: 0, out: expect.stringMatching(/2 of these, running/) })
    rmSync(join(path, 'cache/x.py'))
    expect(await verify()).toMatchObject({ code: 0 })
    expect(await verify('--strict')).toMatchObject({ code: 1 })
    expect(await called('sign', path, '--force', '--key', secret, '--strict')).toMatchObject({ code: 2 })
  })
  test('--ignore-unsigned-files', async () => {
    const { path, verify } = await signed()
    put(path, 'new', 'n')
    expect(await verify()).toMatchObject({ code: 1 })
    expect(await verify('--ignore-unsigned-files')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/let pass.*new/),
    })
  })
  test('--allow-symlinks', async () => {
    const { path } = await signed()
    symlinkSync('a.txt', join(path, 'link'))
    expect(await called('sign', path, '--force', '--key', secret)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/symbolic/),
    })
    expect(await called('sign', path, '--force', '--key', secret, '--allow-symlinks')).toMatchObject({ code: 0 })
  })
  test('--hash, --shard-size and --threads', async () => {
    for (const args of [
      ['--hash', 'blake3'],
      ['--shard-size', '2'],
      ['--hash', 'blake2b', '--threads', '1'],
    ]) {
      const { path, verify } = await signed(...args)
      const text = readFileSync(join(path, 'model.sig'), 'utf8')
      const payload = Buffer.from(JSON.parse(text).dsseEnvelope.payload, 'base64').toString('utf8')
      expect(payload).toContain(args[0] === '--hash' ? `"hash_type":"${args[1]}"` : '"shard_size":2')
      expect(await verify('--threads', '1')).toMatchObject({ code: 0 })
    }
  })
  test.each([
    [[]],
    [['--certificate', leaf]],
    [['--key', secret, '--chain', middle]],
    [['--key', secret, '--certificate', leaf]],
    [['--key', open]],
    [['--key', join(keys, 'none')]],
    [['--key', 'env:BEZOAR_NONE']],
    [['--sigstore', '--key', secret]],
    [['--key', secret, '--identity-token', 'x']],
    [['--key', secret, '--fulcio', 'https://x.example']],
    [['--key', secret, '--rekor', 'https://x.example']],
    [['--sigstore', '--identity-token', 'env:BEZOAR_NONE']],
    [['--key', secret, '--shard-size', '0']],
    [['--key', secret, '--hash', 'md5']],
    [['--key', secret, '--compat', 'other']],
    [['--key', secret, '--ignore-path', '../x']],
  ])('sign refuses %j', async args => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', undefined)
    const path = treeWith(plain)
    expect(await called('sign', path, ...args)).toMatchObject({ code: 2 })
    expect(existsSync(join(path, 'model.sig'))).toBe(false)
  })
  test.each([
    [['--key', open, '--certificate-chain', root]],
    [['--key', open, '--identity', 'a']],
    [['--key', open, '--at', '2026-01-01']],
    [['--key', open, '--trusted-root', root]],
    [['--key', open, '--lock', 'x']],
    [['--key', open, '--fast']],
    [['--key', open, '--cache', 'x']],
    [['--key', open, '--allow-ignored']],
    [['--key', secret]],
    [[]],
  ])('verify refuses %j', async args => {
    const { verify: _, path } = await signed()
    expect(await called('verify', path, '--signature', join(path, 'model.sig'), ...args)).toMatchObject({ code: 2 })
  })
  test.each([
    [['--key', open]],
    [['--identity', 'a', '--issuer', 'b']],
    [['--at', '2026-01-01']],
    [['--ignore-unsigned-files']],
    [['--strict']],
    [['--no-strict']],
  ])('verify refuses %j without a signature', async args => {
    const { path } = await signed()
    mkdirSync(join(path, 'x'))
    expect(await called('verify', path, ...args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/without --signature/),
    })
  })
})
