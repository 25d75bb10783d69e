import { createPublicKey } from 'node:crypto'
import { copyFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chain, issue, newKey, serverAuth, valid } from '../../../test/signing/authority.ts'
import { put, treeWith } from '../../../test/signing/tree.ts'
import { type SignOptions, signArtifact } from './sign.ts'
import { parseBundle } from './trust/bundle.ts'
import { readCertificate } from './trust/certificate.ts'
import type { Trust } from './trust/judge.ts'
import { parseStatement } from './trust/statement.ts'
import { type VerifySignatureOptions, verifySignature } from './verify.ts'

const key = newKey()
const trust: Trust = { mode: 'key', key: createPublicKey(key) }
const plain = { 'a.txt': 'a', 'sub/b.bin': 'b'.repeat(100), 'sub/é 模型:1.bin': '', 'sub.x': 'x', '.env': 'e' }

async function sign(path: string, options: Partial<SignOptions> = {}): Promise<string> {
  const signature = options.signature ?? join(path, 'model.sig')
  const made = await signArtifact({ path, signature, signer: { mode: 'key', key }, workers: 0, ...options })
  writeFileSync(signature, made.bundle)
  return signature
}
const verify = (path: string, signature: string, options: Partial<VerifySignatureOptions> = {}) =>
  verifySignature({ path, signature, trust, workers: 0, ...options })
const manifest = async (path: string, options: Partial<SignOptions> = {}) => {
  const { bundle } = await signArtifact({
    path,
    signature: `${path}.sig`,
    signer: { mode: 'key', key },
    workers: 0,
    ...options,
  })
  return parseStatement(parseBundle(Buffer.from(bundle), 'x').payload)
}
const codes = async (path: string, signature: string, options: Partial<VerifySignatureOptions> = {}) => {
  const { ok, refusals } = await verify(path, signature, options)
  expect(ok).toBe(refusals.length === 0)
  return refusals.map(({ code, name }) => `${code} ${name}`)
}
const option = (message: RegExp) =>
  expect.objectContaining({ code: 'bad-option', message: expect.stringMatching(message) })

describe('a signed folder', () => {
  test.each([
    ['P-256', {}],
    ['P-384', { hashType: 'blake2b' }],
    ['P-521', { hashType: 'blake3' }],
    ['P-256', { shardBytes: 32 }],
    ['P-256', { shardBytes: 32, hashType: 'blake3' }],
    ['P-256', { shardBytes: 100 }],
  ] as const)('is as it was: %s %o', async (curve, options) => {
    const path = treeWith(plain)
    const own = newKey(curve)
    const signature = await sign(path, { ...options, signer: { mode: 'key', key: own } })
    const report = await verify(path, signature, { trust: { mode: 'key', key: createPublicKey(own) } })
    expect(report).toMatchObject({ ok: true, refusals: [], unsigned: [] })
    expect(report.files + report.empty.length).toBe(5)
    expect(report.signer).toContain(curve)
    expect(await verify(path, signature)).toMatchObject({ ok: false, refusals: [{ code: 'wrong-key' }] })
  })
  test('may be renamed, and its signature may lie elsewhere', async () => {
    const path = treeWith(plain)
    const signature = await sign(path, { signature: `${path}.sig` })
    renameSync(path, `${path}2`)
    expect(await codes(`${path}2`, signature)).toEqual([])
  })
  test('lists files in the order of the specification, without itself and what git keeps', async () => {
    const path = treeWith({ ...plain, '.git/config': 'x', '.gitignore': 'x', 'sub/.gitignore': 'x' })
    await sign(path)
    const { resources, serialization, subject } = await manifest(path, { signature: join(path, 'model.sig') })
    expect(resources.map(({ name }) => name)).toEqual([
      '.env',
      'a.txt',
      'sub.x',
      'sub/.gitignore',
      'sub/b.bin',
      'sub/é 模型:1.bin',
    ])
    expect(serialization.ignorePaths).toEqual(['.git', '.gitattributes', '.github', '.gitignore', 'model.sig'])
    expect(subject).toBe('model')
  })
  test.each<[string, (path: string) => void, readonly string[]]>([
    ['a changed byte', path => put(path, 'a.txt', 'A'), ['changed a.txt']],
    ['a byte more', path => put(path, 'sub/b.bin', 'b'.repeat(101)), ['changed sub/b.bin']],
    ['a byte less', path => put(path, 'sub/b.bin', 'b'.repeat(99)), ['changed sub/b.bin']],
    ['a removed file', path => rmSync(join(path, 'a.txt')), ['missing a.txt']],
    ['an added file', path => put(path, 'sub/new', ''), ['unsigned-file sub/new']],
    [
      'another case',
      path => renameSync(join(path, 'a.txt'), join(path, 'A.txt')),
      ['missing a.txt', 'unsigned-file A.txt'],
    ],
    [
      'another Unicode form',
      path => renameSync(join(path, 'sub/é 模型:1.bin'), join(path, 'sub/e\u0301 模型:1.bin')),
      ['missing sub/é 模型:1.bin', 'unsigned-file sub/é 模型:1.bin'],
    ],
  ])('is refused after %s', async (_, tamper, refusals) => {
    const path = treeWith(plain)
    const signature = await sign(path)
    tamper(path)
    expect((await codes(path, signature)).map(code => code.normalize('NFC'))).toEqual(refusals)
  })
  test('is refused after two names are swapped', async () => {
    const path = treeWith(plain)
    const signature = await sign(path)
    put(path, 'a.txt', 'x')
    put(path, 'sub.x', 'a')
    expect(await codes(path, signature)).toEqual(['changed a.txt', 'changed sub.x'])
  })
  test.each([
    ['grown', 'b'.repeat(101)],
    ['cut by a shard', 'b'.repeat(96)],
    ['emptied', ''],
  ])('by ranges is refused when a file is %s', async (_, content) => {
    const path = treeWith(plain)
    const signature = await sign(path, { shardBytes: 32 })
    put(path, 'sub/b.bin', content)
    expect(await codes(path, signature)).toEqual(['changed sub/b.bin'])
  })
  test('is refused when something in it cannot be looked at', async () => {
    const path = treeWith(plain)
    const signature = await sign(path)
    symlinkSync('/etc/hostname', join(path, 'out'))
    expect(await codes(path, signature)).toEqual(['not-looked-at out'])
  })
})

test('a signature by ranges of one byte does not make anybody compute them for another file', async () => {
  const path = treeWith({ x: 'x' })
  const signature = await sign(path, { shardBytes: 1 })
  put(path, 'x', new Uint8Array(20_000_000))
  const started = performance.now()
  expect(await codes(path, signature)).toEqual(['changed x'])
  expect(performance.now() - started).toBeLessThan(5_000)
})

describe('a signed file', () => {
  test('is named as the specification says, or as the reference does', async () => {
    const path = put(treeWith({}), 'x.bin', 'x')
    expect((await manifest(path)).resources.map(({ name }) => name)).toEqual(['x.bin'])
    expect((await manifest(path, { compat: 'reference' })).resources.map(({ name }) => name)).toEqual(['.'])
    const shards = await manifest(path, { compat: 'reference', shardBytes: 5 })
    expect(shards.resources.map(({ name }) => name)).toEqual(['.:0:1'])
  })
  test.each([{}, { compat: 'reference' }, { compat: 'reference', shardBytes: 1 }] as const)(
    'verifies: %o',
    async options => {
      const path = put(treeWith({}), 'x.bin', 'xyz')
      const signature = await sign(path, { ...options, signature: `${path}.sig` })
      expect(await codes(path, signature)).toEqual([])
      writeFileSync(path, 'xyZ')
      expect(await codes(path, signature)).toEqual(['compat' in options ? 'changed .' : 'changed x.bin'])
    },
  )
  test('is another one under another name, unless its signature has no name', async () => {
    const path = put(treeWith({}), 'x.bin', 'x')
    copyFileSync(path, `${path}2`)
    const signature = await sign(path, { signature: `${path}.sig` })
    expect(await codes(`${path}2`, signature)).toEqual(['missing x.bin', 'unsigned-file x.bin2'])
    expect(await codes(`${path}2`, await sign(path, { signature: `${path}.dot`, compat: 'reference' }))).toEqual([])
  })
  test('does not stand for a folder', async () => {
    const folder = treeWith({ 'x.bin': 'x', y: 'y' })
    const signature = await sign(join(folder, 'x.bin'), { signature: `${folder}.sig`, compat: 'reference' })
    expect(await codes(folder, signature)).toEqual(['missing .', 'unsigned-file x.bin', 'unsigned-file y'])
  })
})

describe('options', () => {
  test('--ignore-unsigned-files lets strangers pass, and nothing that is signed', async () => {
    const path = treeWith(plain)
    const signature = await sign(path)
    put(path, 'new.py', '')
    symlinkSync('a.txt', join(path, 'link'))
    expect(await codes(path, signature)).toEqual(['symlink link', 'unsigned-file link', 'unsigned-file new.py'])
    const lenient = await verify(path, signature, { ignoreUnsigned: true })
    expect(lenient).toMatchObject({ ok: true, unsigned: ['link', 'new.py'] })
    put(path, 'a.txt', 'A')
    expect(await codes(path, signature, { ignoreUnsigned: true })).toEqual(['changed a.txt'])
    rmSync(join(path, 'a.txt'))
    rmSync(join(path, 'link'))
    expect(await codes(path, signature, { ignoreUnsigned: true })).toEqual(['missing a.txt'])
  })
  test('allow_symlinks holds both ways', async () => {
    const path = treeWith(plain)
    const before = await sign(path, { signature: `${path}.sig` })
    rmSync(join(path, 'sub.x'))
    put(path, 'other', 'x')
    symlinkSync('other', join(path, 'sub.x'))
    expect(await codes(path, before, { ignoreUnsigned: true })).toEqual(['symlink sub.x'])
    await expect(sign(path)).rejects.toThrow(option(/sub\.x: symbolic links/))
    const signature = await sign(path, { allowSymlinks: true })
    expect(await codes(path, signature)).toEqual([])
    put(path, 'other', 'y')
    expect(await codes(path, signature)).toEqual(['changed other', 'changed sub.x'])
  })
  test('links out of the folder are never signed, nor followed', async () => {
    const path = treeWith(plain)
    symlinkSync('/etc/hostname', join(path, 'out'))
    await expect(sign(path, { allowSymlinks: true })).rejects.toThrow(option(/out of the folder/))
    await expect(sign(path, { ignorePaths: ['out'] })).resolves.toBeTruthy()
  })
  test('ignored paths are exact, and named', async () => {
    const path = treeWith({ ...plain, 'cache/x': 'x', cached: 'x', 'sub/cache': 'x' })
    const signature = await sign(path, { ignorePaths: ['./cache/'] })
    put(path, 'cache/x', 'y')
    expect(await verify(path, signature)).toMatchObject({ ok: true, ignored: ['cache/x'] })
    put(path, 'cached', 'y')
    put(path, 'sub/cache', 'y')
    expect(await codes(path, signature)).toEqual(['changed cached', 'changed sub/cache'])
    for (const wrong of ['..', '/x', 'a/../b', '.', '*.py', ''])
      await expect(sign(path, { ignorePaths: [wrong] })).rejects.toThrow(option(/no path below/))
    await expect(sign(join(path, 'cached'), { ignorePaths: ['x'] })).rejects.toThrow(option(/single file/))
  })
  test('what runs may not lie unsigned, as strictly as asked', async () => {
    const path = treeWith({ ...plain, 'cache/x': 'x' })
    const signature = await sign(path, { ignorePaths: ['cache'] })
    put(path, '.git/hooks/pre-push', '#!')
    expect(await verify(path, signature)).toMatchObject({ ok: true, ignoredExecutables: ['.git/hooks/pre-push'] })
    expect(await codes(path, signature, { refuseExecutables: 'all' })).toEqual([
      'ignored-executable .git/hooks/pre-push',
    ])
    put(path, 'cache/evil.PY', '')
    expect(await codes(path, signature)).toEqual(['ignored-executable cache/evil.PY'])
    expect(await verify(path, signature, { refuseExecutables: 'none' })).toMatchObject({
      ok: true,
      ignoredExecutables: ['.git/hooks/pre-push', 'cache/evil.PY'],
    })
    await expect(sign(path, { ignorePaths: ['cache'] })).rejects.toThrow(option(/evil\.PY/))
    await expect(sign(path, { ignorePaths: ['cache'], refuseExecutables: 'none' })).resolves.toBeTruthy()
  })
  test('nothing to sign is a fault', async () => {
    await expect(sign(treeWith({}))).rejects.toThrow(option(/nothing to sign/))
    await expect(sign(treeWith({ '.git/x': 'x' }))).rejects.toThrow(option(/nothing to sign/))
    await expect(sign(treeWith({ empty: '' }), { shardBytes: 5 })).rejects.toThrow(option(/nothing to sign/))
  })
  test('empty files are named where ranges cannot cover them', async () => {
    const path = treeWith(plain)
    const signature = await sign(path, { shardBytes: 5 })
    expect(await verify(path, signature)).toMatchObject({ ok: true, empty: ['sub/é 模型:1.bin'] })
  })
})

describe('certificates', () => {
  const { root, middle, leaf } = chain()
  const [top, between, own] = [root, middle, leaf].map(({ der }) => readCertificate(der))
  const signer = { mode: 'certificate', key: leaf.key, chain: [own!, between!], at: valid } as const
  const by: Trust = { mode: 'certificate', roots: [top!], at: valid }
  test('sign and verify', async () => {
    const path = treeWith(plain)
    const signature = await sign(path, { signer })
    expect(await verify(path, signature, { trust: by })).toMatchObject({ ok: true, mode: 'certificate' })
    const late = { ...by, at: Date.UTC(2028, 0, 1) }
    expect(await verify(path, signature, { trust: late })).toMatchObject({ ok: false, refusals: [{ code: 'expired' }] })
    put(path, 'a.txt', 'A')
    expect(await codes(path, signature, { trust: by })).toEqual(['changed a.txt'])
  })
  test('that nobody could verify are not signed with', async () => {
    const path = treeWith(plain)
    const wrong = chain({ purposes: [serverAuth] }).leaf
    await expect(sign(path, { signer: { ...signer, key: newKey() } })).rejects.toMatchObject({ code: 'bad-key' })
    await expect(sign(path, { signer: { ...signer, at: 0 } })).rejects.toMatchObject({ code: 'bad-key' })
    const unfit = { ...signer, key: wrong.key, chain: [readCertificate(wrong.der)] }
    await expect(sign(path, { signer: unfit })).rejects.toMatchObject({ code: 'bad-key' })
    expect(issue().subject).toBe('leaf')
  })
})
