import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { changedLock, lockPath, writeLock } from '../ledger/index.ts'
import { verified } from './verified.ts'

const base = mkdtempSync(join(tmpdir(), 'bezoar-verified-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const network = { mostBytes: 1, timeout: 1, perHost: 1, delay: 0, retries: 0, redirects: 0, pictures: false } as const
const flags = { ...network, hash: 'sha256', rows: false, quiet: true } as const

test('a name that nothing was locked under does not pass', async () => {
  const [root, place] = [join(base, 'm'), join(base, 'bezoar.lock')]
  mkdirSync(join(root, 'empty'), { recursive: true })
  for (const name of ['a.bin', 'run.log', 'tool.sh']) writeFileSync(join(root, name), name)
  const { artifact } = await lockPath(root, { lockPath: place, kind: 'model', ignore: ['*.log', '*.sh'] })
  writeLock(place, changedLock(null, { put: [artifact], at: '2026-01-02T03:04:05.678Z' }), null)
  for (const name of ['typo.bin', 'run.log', 'empty', 'a.bi'])
    await expect(verified([join(root, name)], flags), name).rejects.toThrow(`nothing of m is pinned as ${name}`)
  for (const name of ['a.bin', 'tool.sh', '']) expect((await verified([join(root, name)], flags)).code, name).toBe(0)
  writeFileSync(join(root, 'new.sh'), 'x')
  const allowing = { ...flags, allowIgnored: true }
  expect((await verified([root], flags)).code).toBe(1)
  expect((await verified([root], allowing)).code).toBe(0)
  writeFileSync(join(root, 'tool.sh'), 'other')
  expect((await verified([root], allowing)).code, 'a pinned file is no new one').toBe(1)
  writeFileSync(join(root, 'new.bin'), 'x')
  expect((await verified([join(root, 'new.bin')], flags)).code).toBe(1)
  writeLock(join(base, 'empty.lock'), changedLock(null, { at: '2026-01-02T03:04:05.678Z' }), null)
  await expect(verified([], { ...flags, lock: join(base, 'empty.lock') })).rejects.toThrow('locks nothing')
  rmSync(join(root, 'a.bin'))
  expect((await verified([join(root, 'a.bin')], flags)).code).toBe(1)
})
