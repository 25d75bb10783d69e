import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { seeded } from '../../../core/index.ts'
import { treeOf } from '../../index.ts'
import { originOf } from '../index.ts'
import { withoutSecrets } from './repository.ts'

const home = mkdtempSync(join(tmpdir(), 'bezoar-origins-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const git = (folder: string, ...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'protocol.file.allow=always', '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    },
  ).trim()

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const lines = (count: number, word = 'row'): string =>
  Array.from({ length: count }, (_, i) => `${word} ${i}\n`).join('')
const pointerOf = (text: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(text)}\nsize ${text.length}\n`

let count = 0
/** A repository of a first commit with these files. */
function repository(files: Readonly<Record<string, string>>, ...init: string[]): { folder: string; commit: string } {
  const folder = join(home, `repository${count++}`)
  mkdirSync(folder)
  git(folder, 'init', '-q', '-b', 'main', ...init)
  write(folder, files)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '-m', 'first')
  return { folder, commit: git(folder, 'rev-parse', 'HEAD') }
}

async function originAt(path: string) {
  const tree = await treeOf(path)
  const parts = tree.files.map(({ name, path: own, sizeBytes, link }) => ({
    name,
    path: own,
    size: sizeBytes,
    sha256: sha256(readFileSync(own)),
    ...(link === undefined ? {} : { link }),
  }))
  return originOf(path, tree.isFile, parts)
}

const honest = { 'a.txt': 'one\n', 'data/train.jsonl': lines(500), 'data/test.jsonl': lines(100), empty: '' }

describe('a Git checkout', () => {
  it('is named by its commit, and every file is what the commit holds', async () => {
    const { folder, commit } = repository(honest)
    git(folder, 'remote', 'add', 'origin', 'https://user:secret@example.org/data/reviews.git')
    expect(await originAt(folder)).toEqual({
      origin: {
        kind: 'git',
        repository: 'https://example.org/data/reviews.git',
        commit,
        checked: 4,
        differing: [],
        unknown: [],
      },
      remarks: [],
    })
  })

  it('names dirty, untracked and absent files, also below a folder and for one file', async () => {
    const { folder, commit } = repository(honest)
    write(folder, { 'data/train.jsonl': lines(500).replace('row 77', 'ROW 77'), 'data/new.jsonl': 'new\n' })
    rmSync(join(folder, 'data/test.jsonl'))
    const found = await originAt(join(folder, 'data'))
    expect(found?.origin).toMatchObject({ commit, checked: 0, differing: ['train.jsonl'], unknown: ['new.jsonl'] })
    expect(found?.remarks).toEqual(['In the commit and not among these files: test.jsonl.'])
    const one = await originAt(join(folder, 'data/train.jsonl'))
    expect(one?.origin).toMatchObject({ checked: 0, differing: ['train.jsonl'], unknown: [] })
    expect((await originAt(join(folder, 'a.txt')))?.origin).toMatchObject({ checked: 1, differing: [] })
  })

  it('is read from packs with deltas, and from a repository that borrows its objects', async () => {
    const { folder } = repository(honest)
    for (let i = 0; i < 12; i++) {
      const many = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`many/${k}.txt`, `${i + k}\n`]))
      write(folder, { ...many, 'data/train.jsonl': `${lines(500)}${i}\n` })
      git(folder, 'add', '-A')
      git(folder, 'commit', '-q', '-m', `${i}`)
    }
    git(folder, 'gc', '-q', '--aggressive', '--prune=now')
    git(folder, 'pack-refs', '--all')
    const verbose = git(folder, 'verify-pack', '-v', ...packs(folder))
    expect(verbose).toMatch(/chain length = [2-9]/)
    const found = await originAt(folder)
    expect(found?.origin).toMatchObject({ checked: 64, differing: [], unknown: [] })
    const borrowed = `${folder}-borrowed`
    git(home, 'clone', '-q', '--shared', folder, borrowed)
    expect((await originAt(borrowed))?.origin).toMatchObject({ checked: 64, differing: [] })
    write(borrowed, { 'many/3.txt': 'other\n' })
    expect((await originAt(borrowed))?.origin).toMatchObject({ checked: 63, differing: ['many/3.txt'] })
  })

  it('may be a worktree or hold submodules', async () => {
    const { folder, commit } = repository(honest)
    const worktree = join(home, 'worktree')
    git(folder, 'worktree', 'add', '-q', '-b', 'side', worktree)
    expect((await originAt(worktree))?.origin).toMatchObject({ commit, checked: 4, differing: [] })
    const outer = repository({ 'top.txt': 'top\n' }).folder
    git(outer, 'submodule', 'add', '-q', folder, 'inner')
    git(outer, 'commit', '-q', '-m', 'with a submodule')
    expect((await originAt(outer))?.origin).toMatchObject({ checked: 6, differing: [], unknown: ['inner/.git'] })
    write(outer, { 'inner/a.txt': 'two\n' })
    git(join(outer, 'inner'), 'commit', '-q', '-a', '-m', 'moved on')
    const moved = await originAt(outer)
    expect(moved?.origin?.differing).toEqual(['inner/a.txt'])
    expect(moved?.remarks[0]).toContain(`the commit names ${commit}`)
  })

  it('compares what Git LFS keeps elsewhere by the pointer in the commit', async () => {
    const [small, large] = ['weights '.repeat(100), 'weights '.repeat(200_000)]
    const files = {
      'small.bin': pointerOf(small),
      'large.bin': pointerOf(large),
      'absent.bin': pointerOf('x'),
      'bad.bin': pointerOf(large),
    }
    const { folder } = repository(files)
    write(folder, { 'small.bin': small, 'large.bin': large, 'bad.bin': large.replace('w', 'W') })
    const found = await originAt(folder)
    expect(found?.origin).toMatchObject({ checked: 3, differing: ['bad.bin'], unknown: [] })
    expect(found?.remarks).toEqual(['Git LFS pointers stand here instead of the files they name: absent.bin.'])
  })

  it('knows links and changed line ends', async () => {
    const folder = join(home, 'links')
    mkdirSync(folder)
    git(folder, 'init', '-q')
    write(folder, { 'a.txt': 'one\ntwo\n' })
    symlinkSync('a.txt', join(folder, 'link.txt'))
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '-m', 'first')
    expect((await originAt(folder))?.origin).toMatchObject({ checked: 2, differing: [] })
    write(folder, { 'a.txt': 'one\r\ntwo\r\n' })
    const found = await originAt(folder)
    expect(found?.origin?.differing).toEqual(['a.txt'])
    expect(found?.remarks).toEqual(['Only the line ends differ from the commit in a.txt.'])
  })

  it('may name its objects by SHA-256', async () => {
    const { folder, commit } = repository(honest, '--object-format=sha256')
    expect(commit).toHaveLength(64)
    git(folder, 'gc', '-q')
    expect((await originAt(folder))?.origin).toMatchObject({ commit, checked: 4, differing: [] })
  })

  it('says nothing of files that its commit knows nothing of', async () => {
    const { folder } = repository(honest)
    write(folder, { 'else/new.txt': 'new\n' })
    expect(await originAt(join(folder, 'else'))).toBeNull()
  })

  it('runs nothing that its configuration or hooks name', async () => {
    const { folder } = repository({ ...honest, '.gitattributes': '* filter=evil diff=evil\n' })
    const trace = join(home, 'trace')
    const evil = `touch ${trace}`
    write(folder, { '.git/hooks/post-checkout': `#!/bin/sh\n${evil}\n` })
    chmodSync(join(folder, '.git/hooks/post-checkout'), 0o755)
    for (const key of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.process',
      'diff.evil.textconv',
      'core.pager',
    ])
      git(folder, 'config', key, evil)
    expect((await originAt(folder))?.origin?.checked).toBeGreaterThan(3)
    expect(() => readFileSync(trace)).toThrow()
  })
})

const packs = (folder: string): string[] =>
  readdirSync(join(folder, '.git/objects/pack'))
    .filter(name => name.endsWith('.idx'))
    .map(name => join(folder, '.git/objects/pack', name))

/** A copy of a checkout, changed. */
function changed(folder: string, change: (folder: string) => void): string {
  const copy = join(home, `copy${count++}`)
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
  for (const name of readdirSync(join(copy, '.git/objects'), { recursive: true, encoding: 'utf8' }))
    if (/[0-9a-f]{20}/.test(name)) chmodSync(join(copy, '.git/objects', name), 0o644)
  change(copy)
  return copy
}

describe('a hostile repository', () => {
  it('cannot pass other objects under the ids of a commit', async () => {
    const { folder } = repository(honest)
    const other = repository({ ...honest, 'a.txt': 'poison\n' }).folder
    const tree = (of: string) => git(of, 'rev-parse', 'HEAD^{tree}')
    const place = (id: string) => join('.git/objects', id.slice(0, 2), id.slice(2))
    const copy = changed(folder, own => {
      renameSync(join(own, place(tree(folder))), join(own, 'saved'))
      cpSync(join(other, place(tree(other))), join(own, place(tree(folder))))
      rmSync(join(own, 'saved'))
      write(own, { 'a.txt': 'poison\n' })
    })
    const found = await originAt(copy)
    expect(found?.origin).toBeNull()
    expect(found?.remarks[0]).toContain('holds other bytes')
  })

  it('is refused when HEAD, its references or .git lead nowhere', async () => {
    const { folder } = repository(honest)
    const wrongs: Record<string, string>[] = [
      { '.git/HEAD': 'ref: refs/heads/../../../../../../../etc/hostname\n' },
      { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': 'ref: refs/heads/main\n' },
      { '.git/HEAD': '' },
      { '.git/HEAD': 'f'.repeat(40) },
      { '.git/refs/heads/main': 'x'.repeat(100_000) },
    ]
    for (const wrong of wrongs) {
      const found = await originAt(changed(folder, own => write(own, wrong)))
      expect(found?.origin).toBeNull()
      expect(found?.remarks[0]).toMatch(/could not be read/)
    }
    const pointed = changed(folder, own => {
      rmSync(join(own, '.git'), { recursive: true })
      write(own, { '.git': 'gitdir: /dev\n' })
    })
    expect((await originAt(pointed))?.origin).toBeNull()
  })

  it('never says that a changed file is honest, however its bytes are cut and changed', async () => {
    const { folder } = repository({ 'a.txt': 'one\n', 'b/c.txt': lines(50) })
    git(folder, 'gc', '-q', '--prune=now')
    write(folder, { 'a.txt': 'two\n' })
    const random = seeded(5)
    const [idx] = packs(folder)
    const files = [idx!, idx!.replace('.idx', '.pack')].map(path => path.slice(folder.length + 1))
    for (let nth = 0; nth < 120; nth++) {
      const copy = changed(folder, own => {
        const path = join(own, files[nth % 2]!)
        const bytes = readFileSync(path)
        const at = Math.floor(random() * bytes.length)
        if (nth % 3 === 0) writeFileSync(path, bytes.subarray(0, at))
        else writeFileSync(path, bytes.fill(Math.floor(random() * 256), at, at + 1 + Math.floor(random() * 4)))
      })
      const found = await originAt(copy)
      if (found?.origin) expect(found.origin.differing).toContain('a.txt')
      rmSync(copy, { recursive: true })
    }
  }, 60_000)

  it('keeps the names and passwords of its remote', () => {
    expect(withoutSecrets('https://u:p@ss@example.org/a?token=1#x')).toBe('https://example.org/a')
    expect(withoutSecrets('https://token@example.org/a.git')).toBe('https://example.org/a.git')
    expect(withoutSecrets('git@example.org:a/b.git')).toBe('example.org:a/b.git')
    expect(withoutSecrets('/srv/data.git')).toBe('/srv/data.git')
  })
})
