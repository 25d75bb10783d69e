import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { lockPath } from '../lock/artifact.ts'
import type { LockedArtifact } from '../lock/schema.ts'
import { openStatCache } from '../stat-cache.ts'
import { type Verified, verdictCode } from './difference.ts'
import { type VerifyOptions, verifyArtifact } from './verify.ts'

const base = mkdtempSync(join(tmpdir(), 'bezoar-verify-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let [round, root] = [0, '']
const place = join(base, 'bezoar.lock')

beforeEach(() => {
  root = join(base, `r${round++}`)
})

const at = (name: string) => join(root, name)
function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
  }
}

const tree = { 'a.bin': 'first weights', 'b.bin': 'other weights', 'sub/c.json': '{}', 'sub/deep/d.txt': 'text' }

const lockRoot = async (options: { ignore?: string[]; linksOut?: boolean } = {}): Promise<LockedArtifact> =>
  (await lockPath(root, { lockPath: place, kind: 'model', ...options })).artifact

const check = (artifact: LockedArtifact, options: Partial<VerifyOptions> = {}): Promise<Verified> =>
  verifyArtifact(artifact, { lockPath: place, ...options })

const told = ({ differences }: Verified): string[] =>
  differences.map(({ kind, part, other }) => [kind, part, ...(other === undefined ? [] : [other])].join(' '))

describe('verify', () => {
  it('finds nothing where nothing was touched', async () => {
    put(tree)
    const artifact = await lockRoot()
    utimesSync(at('a.bin'), 1, 1)
    const verified = await check(artifact)
    expect(verified).toMatchObject({ same: 4, bytes: 32, differences: [] })
    expect(verdictCode([verified])).toBe(0)
  })

  const changes: Readonly<Record<string, readonly [change: () => void, told: readonly string[]]>> = {
    'a flipped byte': [() => writeFileSync(at('a.bin'), 'first Weights'), ['changed a.bin']],
    'a cut end': [() => truncateSync(at('a.bin'), 5), ['changed a.bin']],
    'an emptied file': [() => truncateSync(at('a.bin'), 0), ['changed a.bin']],
    'an appended byte': [() => appendFileSync(at('a.bin'), '!'), ['changed a.bin']],
    'a new name': [() => renameSync(at('a.bin'), at('sub/e.bin')), ['renamed sub/e.bin a.bin']],
    'a new file': [() => put({ 'sub/x.py': 'import os' }), ['added sub/x.py']],
    'a new empty file': [() => put({ 'sub/__init__.py': '' }), ['added sub/__init__.py']],
    'a lost file': [() => rmSync(at('b.bin')), ['removed b.bin']],
    'two files that swap names': [
      () => {
        renameSync(at('a.bin'), at('t'))
        renameSync(at('b.bin'), at('a.bin'))
        renameSync(at('t'), at('b.bin'))
      },
      ['swapped a.bin b.bin', 'swapped b.bin a.bin'],
    ],
    'a copy in place of a file': [() => writeFileSync(at('a.bin'), 'other weights'), ['changed a.bin']],
    'a link to equal bytes in place of a file': [
      () => {
        renameSync(at('a.bin'), at('sub/a'))
        symlinkSync('sub/a', at('a.bin'))
      },
      ['symlinked a.bin', 'added sub/a'],
    ],
    'a link out of the folder in place of a file': [
      () => {
        rmSync(at('a.bin'))
        symlinkSync('/etc/passwd', at('a.bin'))
      },
      ['symlinked a.bin'],
    ],
    'a new link out of the folder': [() => symlinkSync('/etc', at('code')), ['symlinked code']],
    'a folder in place of a file': [
      () => {
        rmSync(at('a.bin'))
        put({ 'a.bin/data.pkl': 'x' })
      },
      ['type-changed a.bin', 'added a.bin/data.pkl'],
    ],
    'a file in place of a folder': [
      () => {
        rmSync(at('sub'), { recursive: true })
        put({ sub: 'x' })
      },
      ['added sub', 'type-changed sub/c.json', 'type-changed sub/deep/d.txt'],
    ],
    'a name that differs by case alone': [
      () => put({ 'A.bin': 'first weights' }),
      ['added A.bin', 'case-clash A.bin a.bin'],
    ],
    'a name in another Unicode form': [
      () => put({ 'sub/C.JSON': 'x' }),
      ['added sub/C.JSON', 'case-clash sub/C.JSON sub/c.json'],
    ],
  }
  it.each(Object.entries(changes))('names %s', async (_, [change, expected]) => {
    put(tree)
    const artifact = await lockRoot()
    change()
    const verified = await check(artifact)
    expect(told(verified)).toEqual(expected)
    expect(verdictCode([verified])).toBe(1)
  })

  it('says which link leads elsewhere', async () => {
    put(tree)
    symlinkSync('a.bin', at('current'))
    const artifact = await lockRoot()
    expect(artifact.parts.find(({ name }) => name === 'current')!.link).toBe('a.bin')
    rmSync(at('current'))
    symlinkSync('b.bin', at('current'))
    expect(told(await check(artifact))).toEqual(['symlinked current', 'changed current'])
  })

  it.each(['file', 'folder'])('knows a locked %s from one of the other kind with the same names', async kind => {
    const [file, inner] = [root, join(root, basename(root))]
    if (kind === 'folder') mkdirSync(root)
    writeFileSync(kind === 'file' ? file : inner, 'weights')
    const artifact = await lockRoot()
    expect(told(await check(artifact))).toEqual([])
    rmSync(root, { recursive: true })
    if (kind === 'file') mkdirSync(root)
    writeFileSync(kind === 'file' ? inner : file, 'weights')
    const after = await check(artifact)
    expect(told(after)).toEqual([`type-changed ${basename(root)}`])
    expect([after.same, verdictCode([after])]).toEqual([0, 1])
  })

  it('says when a root is now behind a link, though the bytes are equal', async () => {
    put(tree)
    const artifact = await lockRoot()
    renameSync(root, `${root}-moved`)
    symlinkSync(`${root}-moved`, root)
    expect(told(await check(artifact))).toEqual(['symlinked .'])
  })

  it('says when a link stands in the place of a lone file', async () => {
    writeFileSync(root, 'weights')
    const artifact = await lockRoot()
    renameSync(root, `${root}-moved`)
    symlinkSync(`${root}-moved`, root)
    expect(told(await check(artifact))).toEqual([`symlinked ${basename(root)}`])
    const linked = await lockRoot()
    expect(linked.parts[0]!.link).toBe(`${root}-moved`)
    expect(told(await check(linked))).toEqual([])
  })

  it('says what cannot be read, and reports the rest', async () => {
    put(tree)
    const artifact = await lockRoot()
    chmodSync(at('a.bin'), 0)
    const isRoot = process.getuid?.() === 0
    const verified = await check(artifact)
    expect(told(verified)).toEqual(isRoot ? [] : ['unreadable a.bin'])
    if (!isRoot) expect(verdictCode([verified])).toBe(3)
    put({ 'b.bin': 'tampered data' })
    expect(verdictCode([await check(artifact)])).toBe(1)
  })

  it('says that everything is gone when the root is', async () => {
    put(tree)
    const artifact = await lockRoot()
    rmSync(root, { recursive: true })
    expect(new Set((await check(artifact)).differences.map(({ kind }) => kind))).toEqual(new Set(['removed']))
  })

  it('compares only what was asked for', async () => {
    put(tree)
    const artifact = await lockRoot()
    put({ 'a.bin': 'wrong weights', 'sub/new': 'x' })
    expect(told(await check(artifact, { only: ['b.bin'] }))).toEqual([])
    expect(told(await check(artifact, { only: ['sub'] }))).toEqual(['added sub/new'])
    expect(told(await check(artifact, { only: ['a.bin'] }))).toEqual(['changed a.bin'])
  })

  it('compares by either digest, and by both', async () => {
    put(tree)
    const artifact = await lockRoot()
    const wrong = (digest: 'sha256' | 'blake3'): LockedArtifact => ({
      ...artifact,
      parts: artifact.parts.map(part => ({ ...part, [digest]: '0'.repeat(64) })),
    })
    const count = async (digest: 'sha256' | 'blake3', algorithms: VerifyOptions['algorithms']) =>
      (await check(wrong(digest), { algorithms: algorithms! })).differences.length
    expect(await count('sha256', ['sha256'])).toBe(4)
    expect(await count('blake3', ['sha256'])).toBe(0)
    expect(await count('sha256', ['blake3'])).toBe(0)
    expect(await count('blake3', ['blake3'])).toBe(4)
    expect(await count('blake3', ['sha256', 'blake3'])).toBe(4)
  })
})

describe('files under ignore patterns', () => {
  it('may change, unless something could run them', async () => {
    put({ ...tree, 'cache/notes.txt': 'a', 'cache/m.pyc': 'code', 'cache/tool': '#!/bin/sh\n' })
    const artifact = await lockRoot({ ignore: ['cache/'] })
    expect(artifact.runnable?.map(({ name }) => name)).toEqual(['cache/m.pyc', 'cache/tool'])
    put({ 'cache/notes.txt': 'b', 'cache/more.txt': 'c' })
    const quiet = await check(artifact)
    expect(quiet.differences).toEqual([])
    expect(quiet.notes.join()).toContain('4 files left out by patterns')
    put({ 'cache/m.pyc': 'evil', 'cache/evil.txt': '\x80\x04cos\nsystem' })
    writeFileSync(at('cache/evil.txt'), Uint8Array.of(0x80, 4, 0x63))
    const loud = await check(artifact)
    expect(told(loud)).toEqual(['ignored cache/evil.txt', 'changed cache/m.pyc'])
    expect(verdictCode([loud])).toBe(1)
    for (const name of ['cache/evil.txt', 'cache/m.pyc']) rmSync(at(name))
    expect(told(await check(artifact))).toEqual(['removed cache/m.pyc'])
  })

  it('does not mind what Git does in its own store', async () => {
    put({ ...tree, '.git/config': '[core]', '.git/hooks/pre-commit.sample': '#!/bin/sh', '.git/objects/ab/x': 'x' })
    const artifact = await lockRoot()
    expect(artifact.runnable).toBeUndefined()
    put({ [`.git/objects/ab/${'c'.repeat(38)}`]: 'MZ', '.git/hooks/pre-push.sample': '#!/bin/sh' })
    expect(told(await check(artifact))).toEqual([])
    put({ '.git/hooks/pre-commit': '#!/bin/sh' })
    expect(told(await check(artifact))).toEqual(['ignored .git/hooks/pre-commit'])
    put({ 'sub/.git/x': 'y' })
    expect(told(await check(artifact))).toContain('added sub/.git/x')
  })
})

describe('with a stat cache', () => {
  const settled = () => new Promise(resolve => setTimeout(resolve, 2200))

  it('reads nothing twice, and sees an edit that keeps size and times', async () => {
    put(tree)
    await settled()
    put({ young: 'written just now' })
    const artifact = await lockRoot()
    const folder = join(base, `cache${round}`)
    const cached = () => openStatCache(folder, root)
    const learn = cached()
    await check(artifact, { cache: learn })
    expect(learn.save()).toBeNull()
    const reads = async (options: Partial<VerifyOptions> = {}) => {
      let files = 0
      const verified = await check(artifact, { onProgress: p => (files = p.files), ...options })
      return { files, told: told(verified) }
    }
    // The young file could be written again without looking different.
    expect(await reads({ cache: cached() })).toEqual({ files: 1, told: [] })
    expect(await reads({ cache: cached(), algorithms: ['blake3'] })).toEqual({ files: 5, told: [] })
    const { atime, mtime } = statSync(at('a.bin'))
    put({ 'a.bin': 'First weights' })
    utimesSync(at('a.bin'), atime, mtime)
    expect(await reads({ cache: cached() })).toEqual({ files: 2, told: ['changed a.bin'] })
    const [file] = readdirSync(folder)
    const text = readFileSync(join(folder, file!), 'latin1')
    expect(cached().trouble).toBeNull()
    for (const damaged of [text.slice(0, -9), text.replace('b.bin', 'a.bin'), '', '\0'.repeat(99), text + text]) {
      writeFileSync(join(folder, file!), damaged, 'latin1')
      expect(cached().trouble).toMatch(/damaged and is not used/)
      expect((await reads({ cache: cached() })).files).toBe(5)
    }
  })

  it('does not wait for a pipe in its place', () => {
    const cache = openStatCache(join(base, 'piped'), root)
    mkdirSync(join(base, 'piped'))
    const name = createHash('sha256').update(root).digest('hex').slice(0, 32)
    execFileSync('mkfifo', [join(base, 'piped', `${name}.stat`)])
    expect(cache.trouble).toBeNull()
    expect(openStatCache(join(base, 'piped'), root).trouble).toContain('damaged')
  })

  it('says when it cannot be kept, and goes on', async () => {
    put(tree)
    writeFileSync(join(base, 'nofolder'), '')
    const cache = openStatCache(join(base, 'nofolder'), root)
    await check(await lockRoot(), { cache })
    expect(cache.save()).toMatch(/cannot be written/)
  })
})
