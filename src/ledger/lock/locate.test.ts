import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lockPath } from './artifact.ts'
import { changedLock } from './change.ts'
import { locate, rootPlace } from './locate.ts'
import { writeLock } from './write.ts'

const base = mkdtempSync(join(tmpdir(), 'bezoar-locate-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const at = '2026-01-02T03:04:05.678Z'

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, name, file)), { recursive: true })
    writeFileSync(join(base, name, file), text)
  }
  return join(base, name)
}

describe('finding a lock', () => {
  it('goes upward to the first lock that knows the path', async () => {
    const top = folder('up', { 'm/x/a.bin': '1', 'm/b.bin': '2', 'other/c': '3' })
    const place = join(top, 'bezoar.lock')
    const { artifact } = await lockPath(join(top, 'm'), { lockPath: place, kind: 'model' })
    writeLock(place, changedLock(null, { put: [artifact], at }), null)
    writeLock(join(top, 'm', 'x', 'bezoar.lock'), changedLock(null, { at }), null)
    expect(locate([join(top, 'm')])[0]!.targets).toMatchObject([{ artifact: { name: 'm' } }])
    expect(locate([join(top, 'm', 'x', 'a.bin'), join(top, 'm/b.bin')])).toMatchObject([
      { path: place, targets: [{ only: ['x/a.bin', 'b.bin'] }] },
    ])
    expect(locate([top, join(top, 'm', 'gone')])[0]!.targets[0]!.only).toBeUndefined()
    symlinkSync(join(top, 'm'), join(top, 'alias'))
    expect(locate([join(top, 'alias', 'b.bin')])[0]!.targets[0]!.only).toEqual(['b.bin'])
    expect(() => locate([join(top, 'other')])).toThrow(/No lock for .*does not know it/)
  })

  it('never stops at one that lies inside what another locks', async () => {
    const top = folder('planted', { 'm/a.bin': '1' })
    const [outer, inner] = [join(top, 'bezoar.lock'), join(top, 'm', 'bezoar.lock')]
    for (const place of [outer, inner]) {
      const { artifact } = await lockPath(join(top, 'm'), { lockPath: place, kind: 'model' })
      writeLock(place, changedLock(null, { put: [artifact], at }), null)
    }
    expect(locate([join(top, 'm')]).map(({ path }) => path)).toEqual([inner, outer])
    expect(locate([join(top, 'm', 'a.bin')]).map(({ path }) => path)).toEqual([inner, outer])
    writeFileSync(outer, 'no lock')
    expect(() => locate([join(top, 'm')])).toThrow(outer)
  })

  it('takes a part by the names that were given, not by where a link in the tree leads', async () => {
    const top = folder('within', { 'm/x/a.bin': '1', 'm/y/a.bin': '2', 'away/a.bin': '3' })
    const place = join(top, 'bezoar.lock')
    const { artifact } = await lockPath(join(top, 'm'), { lockPath: place, kind: 'model' })
    writeLock(place, changedLock(null, { put: [artifact], at }), null)
    for (const target of ['y', '../away']) {
      rmSync(join(top, 'm', 'x'), { recursive: true, force: true })
      symlinkSync(target, join(top, 'm', 'x'))
      const [found] = locate([join(top, 'm', 'x', 'a.bin')])
      expect(found).toMatchObject({ path: place, targets: [{ only: ['x/a.bin'] }] })
    }
    renameSync(join(top, 'm'), join(top, 'moved'))
    symlinkSync('moved', join(top, 'm'))
    expect(locate([join(top, 'm', 'y', 'a.bin')])[0]!.targets[0]!.only).toEqual(['y/a.bin'])
  })

  it('tells roots from where the lock really stands', async () => {
    const top = folder('linked', { 'data/a.bin': '1', 'x/y/note': '' })
    symlinkSync(join(top, 'x', 'y'), join(top, 'short'))
    const { artifact } = await lockPath(join(top, 'data'), { lockPath: join(top, 'short', 'l.lock'), kind: 'model' })
    expect(artifact.root).toBe('../../data')
    expect(rootPlace(join(top, 'short', 'l.lock'), artifact)).toBe(realpathSync(join(top, 'data')))
  })
})
