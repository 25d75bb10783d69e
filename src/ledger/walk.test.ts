import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { ignoresPath, ignoring } from './ignore.ts'
import { byCodePoints, clashesOf, unsafeName } from './names.ts'
import { treeOf } from './walk.ts'

const base = mkdtempSync(join(tmpdir(), 'bezoar-walk-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let root = ''
let round = 0
beforeEach(() => {
  root = join(base, `r${round++}`)
  mkdirSync(root)
})

function put(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), name)
  }
}
const namesOf = async (options = {}) => (await treeOf(root, options)).files.map(({ name }) => name)

describe('treeOf', () => {
  it('lists files by code points of their whole names', async () => {
    put('a/x', 'a.b', 'B', 'ä', '\u{1f600}', '\uff5e', 'a/b/c')
    expect(await namesOf()).toEqual(['B', 'a.b', 'a/b/c', 'a/x', 'ä', '\uff5e', '\u{1f600}'])
  })

  it('takes a lone file by its own name', async () => {
    put('weights.bin')
    const tree = await treeOf(join(root, 'weights.bin'))
    expect(tree).toMatchObject({ isFile: true, files: [{ name: 'weights.bin', sizeBytes: 11 }] })
    await expect(treeOf(join(root, 'gone'))).rejects.toMatchObject({ code: 'no-such-path' })
    await expect(treeOf('/dev/null')).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('follows links to files inside and leaves out the others, saying why', async () => {
    put('a', 'dir/b')
    symlinkSync('a', join(root, 'in'))
    symlinkSync('../a', join(root, 'dir/up'))
    symlinkSync('/etc/passwd', join(root, 'out'))
    symlinkSync('../..', join(root, 'dir/above'))
    symlinkSync('dir', join(root, 'folder'))
    symlinkSync('nothing', join(root, 'nowhere'))
    symlinkSync('circle', join(root, 'circle'))
    execFileSync('mkfifo', [join(root, 'pipe')])
    const tree = await treeOf(root)
    expect(tree.files.map(({ name, link }) => [name, link])).toEqual([
      ['a', undefined],
      ['dir/b', undefined],
      ['dir/up', '../a'],
      ['in', 'a'],
    ])
    expect(tree.leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'circle: a link that leads in a circle: circle',
      'dir/above: a link out of the folder: ../..',
      'folder: a link to a folder: dir',
      'nowhere: a link that leads nowhere: nothing',
      'out: a link out of the folder: /etc/passwd',
      'pipe: a pipe',
    ])
    expect(await namesOf({ linksOut: true })).toContain('out')
  })

  it('opens the links of a snapshot in the cache of the hub, and no others out of it', async () => {
    put('models--o--n/blobs/aa', 'models--o--n/refs/main', 'secret')
    const snapshot = join(root, 'models--o--n/snapshots/abc')
    mkdirSync(snapshot, { recursive: true })
    symlinkSync('../../blobs/aa', join(snapshot, 'model.bin'))
    symlinkSync('../../../secret', join(snapshot, 'evil.bin'))
    const tree = await treeOf(snapshot)
    expect(tree.files.map(({ name }) => name)).toEqual(['model.bin'])
    expect(tree.leftOut).toHaveLength(1)
  })

  it('leaves out what Git keeps at the root and only there', async () => {
    put('.git/config', '.gitignore', '.gitattributes', '.github/x', 'sub/.git/config', 'sub/.gitignore', 'a')
    const tree = await treeOf(root)
    expect(tree.files.map(({ name }) => name)).toEqual(['a', 'sub/.git/config', 'sub/.gitignore'])
    expect(tree.ignored).toEqual(['.git/', '.gitattributes', '.github/', '.gitignore'])
    expect(await namesOf({ defaults: false })).toHaveLength(7)
  })

  it('names files that are one where case or Unicode forms do not count, folders too', async () => {
    put('A', 'a', 'Stra\u00dfe', 'STRASSE', 'e\u0301', '\u00e9', 'Dir/x', 'dir/y', 'alone')
    expect((await treeOf(root)).clashes).toEqual([
      ['A', 'a'],
      ['Dir', 'dir'],
      ['STRASSE', 'Stra\u00dfe'],
      ['e\u0301', '\u00e9'],
    ])
  })

  it('leaves out names that mean another path elsewhere or that are no text', async () => {
    put('a\\b', 'ok')
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.of(0xff)]), 'x')
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.of(0xfe)]), 'x')
    const tree = await treeOf(root)
    expect(tree.files.map(({ name }) => name)).toEqual(['ok'])
    expect(tree.leftOut.map(({ reason }) => reason).sort()).toEqual([
      '2 names of which at most one is valid UTF-8 look like this',
      'its name cannot be locked: it holds a backslash, which parts folders on other systems',
    ])
  })

  it.skipIf(process.getuid?.() === 0)('says which folder cannot be read', async () => {
    put('shut/a', 'b')
    chmodSync(join(root, 'shut'), 0)
    const tree = await treeOf(root)
    chmodSync(join(root, 'shut'), 0o755)
    expect(tree.leftOut).toEqual([{ name: 'shut/', reason: 'the folder cannot be read (EACCES)' }])
  })
})

describe('ignore patterns', () => {
  const cases: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
    ['*.tmp', ['a.tmp', 'x/y/b.tmp'], ['a.tmpx', 'tmp']],
    ['/a', ['a', 'a/b'], ['x/a']],
    ['cache/', ['cache/x', 'a/cache/y'], ['cache', 'cachex/y']],
    ['a/*.bin', ['a/x.bin'], ['b/a/x.bin', 'a/b/x.bin']],
    ['a/**/z', ['a/z', 'a/b/c/z'], ['z', 'b/a/z']],
    ['**/logs', ['logs/x', 'a/b/logs/y'], ['log']],
    ['b?r[0-9]', ['bar1', 'x/b\u{1f600}r9'], ['bar', 'barx']],
    ['[!a]x', ['bx'], ['ax', 'x']],
    ['\\*', ['*'], ['a']],
  ]
  it.each(cases)('%s', (pattern, yes, no) => {
    const ignored = ignoring([pattern])
    for (const name of yes) expect(ignoresPath(ignored, name), name).toBe(true)
    for (const name of no) expect(ignoresPath(ignored, name), name).toBe(false)
  })

  it('take back what a later one keeps', () => {
    const ignored = ignoring(['*.bin', '!keep.bin', '# a remark', ''])
    expect(['a.bin', 'keep.bin', '# a remark'].map(name => ignored(name, false))).toEqual([true, false, false])
  })

  it('take no time to speak of, whatever they say', () => {
    const ignored = ignoring([`${'*a'.repeat(400)}b`, `${'**/a/'.repeat(150)}b`])
    const from = performance.now()
    ignored('a'.repeat(250), false)
    ignored('a/'.repeat(1000) + 'c', false)
    expect(performance.now() - from).toBeLessThan(2000)
    expect(() => ignoring(['x'.repeat(1001)])).toThrow('too long')
  })
})

describe('names', () => {
  it('are ordered as their UTF-8 bytes are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(Math.sign(byCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })

  it('are safe when they stay inside', () => {
    for (const name of ['', '/a', 'a//b', '../a', 'a/..', './a', 'a/', 'C:', 'c:/x', 'a\\b', 'a\0', '\ud800'])
      expect(unsafeName(name), name).not.toBeNull()
    for (const name of ['a', '..a', 'a..', 'a/b.c', ' ', 'a:b', '-', 'c:x', '\u202e'])
      expect(unsafeName(name), name).toBeNull()
    expect(clashesOf(['a/b', 'a/c'])).toEqual([])
  })
})
