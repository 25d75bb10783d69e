import { createPublicKey } from 'node:crypto'
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newKey } from '../../../test/signing/authority.ts'
import { put, treeWith } from '../../../test/signing/tree.ts'
import { treeOf } from '../walk.ts'
import { signArtifact } from './sign.ts'
import { type SignaturesOptions, signaturesOf } from './signatures-of.ts'
import type { Trust } from './trust/judge.ts'

const key = newKey('P-384')
const trust: Trust = { mode: 'key', key: createPublicKey(key) }
const stranger: Trust = { mode: 'key', key: createPublicKey(newKey()) }

async function sign(path: string, signature: string, own = key): Promise<void> {
  const { bundle } = await signArtifact({ path, signature, signer: { mode: 'key', key: own } })
  writeFileSync(signature, bundle)
}
async function seals(path: string, options: SignaturesOptions = {}): Promise<Record<string, string>> {
  const { files } = await signaturesOf(await treeOf(path), { workers: 0, ...options })
  return Object.fromEntries(files.map(({ name, seal }) => [name, seal]))
}

test('files without a signature are unsigned', async () => {
  expect(await seals(treeWith({ a: 'a', 'notes.sig': 'not a bundle' }))).toEqual({
    a: 'unsigned',
    'notes.sig': 'unsigned',
  })
})

test('a signature is proved by whom is trusted, else unchecked, and invalid under another key', async () => {
  const path = treeWith({ a: 'a', 'b/c': 'c' })
  await sign(path, join(path, 'model.sig'))
  expect(await seals(path)).toEqual({ a: 'unchecked', 'b/c': 'unchecked' })
  expect(await seals(path, { trust: [stranger, trust] })).toEqual({ a: 'signed', 'b/c': 'signed' })
  expect(await seals(path, { trust: [stranger] })).toEqual({ a: 'unsigned', 'b/c': 'unsigned' })
  const { bundles } = await signaturesOf(await treeOf(path), { trust: [stranger] })
  expect(bundles).toMatchObject([{ name: 'model.sig', seal: 'invalid', reason: expect.stringMatching(/another key/) }])
})

test('each file is judged by itself', async () => {
  const path = treeWith({ a: 'a', b: 'b', c: 'c' })
  await sign(path, join(path, 'model.sig'))
  put(path, 'b', 'B')
  put(path, 'd', 'd')
  rmSync(join(path, 'c'))
  expect(await seals(path, { trust: [trust] })).toEqual({ a: 'signed', b: 'invalid', d: 'unsigned' })
  const { bundles } = await signaturesOf(await treeOf(path), { trust: [trust] })
  expect(bundles).toMatchObject([{ seal: 'invalid', reason: 'a signed file is missing', files: 2 }])
})

test('another bundle never hides that a file is not what was signed', async () => {
  const path = treeWith({ a: 'a' })
  await sign(path, join(path, 'model.sig'))
  put(path, 'a', 'A')
  await sign(join(path, 'a'), join(path, 'a.sig'), newKey())
  expect(await seals(path)).toEqual({ a: 'invalid' })
})

test('signatures lie beside a folder, beside a file, and in folders within', async () => {
  const path = treeWith({ a: 'a', 'sub/x.bin': 'x', 'part/y': 'y' })
  await sign(path, `${path}.sig`)
  expect(await seals(path, { trust: [trust] })).toEqual({ a: 'signed', 'part/y': 'signed', 'sub/x.bin': 'signed' })
  rmSync(`${path}.sig`)
  await sign(join(path, 'sub/x.bin'), join(path, 'sub/x.bin.sig'))
  await sign(join(path, 'part'), join(path, 'part/model.sig'))
  expect(await seals(path, { trust: [trust] })).toEqual({ a: 'unsigned', 'part/y': 'signed', 'sub/x.bin': 'signed' })
  expect(await seals(join(path, 'sub/x.bin'), { trust: [trust] })).toEqual({ 'x.bin': 'signed' })
})

test('digests that are known are not computed again', async () => {
  const path = treeWith({ 'part/y': 'y' })
  await sign(join(path, 'part'), join(path, 'part/model.sig'))
  const wrong = new Map([['part/y', '0'.repeat(64)]])
  expect(await seals(path, { trust: [trust], sha256: wrong })).toEqual({ 'part/y': 'invalid' })
})

test('a broken bundle is named', async () => {
  const path = treeWith({ a: 'a' })
  await sign(path, join(path, 'model.sig'))
  const { bundle } = await signArtifact({ path, signature: join(path, 'model.sig'), signer: { mode: 'key', key } })
  writeFileSync(join(path, 'model.sig'), bundle.slice(0, 200))
  const { bundles } = await signaturesOf(await treeOf(path))
  expect(bundles).toMatchObject([{ name: 'model.sig', seal: 'invalid', reason: expect.stringMatching(/not JSON/) }])
})

test('a link in the place of a signed file is not what was signed', async () => {
  const path = treeWith({ a: 'a', b: 'b' })
  await sign(path, join(path, 'model.sig'))
  renameSync(join(path, 'a'), join(path, 'c'))
  symlinkSync('c', join(path, 'a'))
  expect(await seals(path, { trust: [trust] })).toEqual({ a: 'invalid', b: 'signed', c: 'unsigned' })
})

test('bundles cannot make anybody hash without end', async () => {
  const path = treeWith({ big: new Uint8Array(3_000_000) })
  for (const size of [1_000_000, 999_999, 888_888, 777_777, 666_666]) {
    const signature = join(path, `${size}.sig`)
    const options = { path, signature, signer: { mode: 'key', key } as const, shardBytes: size, ignorePaths: [] }
    writeFileSync(`${path}.tmp`, (await signArtifact(options)).bundle)
    renameSync(`${path}.tmp`, signature)
  }
  const { bundles } = await signaturesOf(await treeOf(path))
  expect(bundles.filter(({ reason }) => /one too many/.test(reason))).toHaveLength(1)
})
