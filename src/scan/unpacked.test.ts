import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decide, defaultPolicy } from '../policy/index.ts'
import archives from '../sources/unpack/seven-zip/archives.json' with { type: 'json' }
import { kindOf } from './kind.ts'
import { openTable } from './open.ts'
import { pinTable } from './pin.ts'
import { scan } from './scan.ts'
import { memberName } from './unpacked.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-unpacked-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(name: keyof typeof archives, as: string = `${name}.7z`): string {
  const path = join(folder, as)
  writeFileSync(path, Buffer.from(archives[name], 'base64'))
  return path
}

describe('a 7z archive', () => {
  it.each([
    ['x86', 'dataset'],
    ['three', 'dataset'],
    ['ppmd', 'dataset'],
    ['empty', 'dataset'],
    ['model', 'model'],
    ['names-encrypted', 'model'],
  ] as const)('is what it holds, whatever its name: %s', async (name, kind) => {
    expect(await kindOf([put(name)])).toBe(kind)
    expect(await kindOf([put(name, `${name}-as-something`)])).toBe(kind)
  })

  it('of several files is a table of those that hold one', async () => {
    const path = put('three')
    const table = await openTable([path])
    try {
      expect(table.parts.map(part => [part.name, part.format])).toEqual([
        ['three.7z/a.csv', 'csv'],
        ['three.7z/b.csv', 'csv'],
      ])
      expect(table.leftOut.map(file => file.name)).toEqual(['three.7z/note.dat'])
      expect(new Set(table.parts.map(part => part.sha256)).size).toBe(1)
      expect((await scan(table, { only: ['malformed-input'] })).coverage.rows).toBe(120)
    } finally {
      await table.close()
    }
    const pinned = await pinTable(path, { root: folder })
    expect(pinned.shards.map(shard => [shard.name, shard.rows])).toEqual([
      ['three.7z#a.csv', 60],
      ['three.7z#b.csv', 60],
    ])
  })

  it.each(['ppmd', 'arm', 'encrypted', 'ppmd-two', 'empty'] as const)(
    'that cannot be read is held, and what it lacks is said: %s',
    async name => {
      const path = put(name)
      const report = await scan([path], { as: 'dataset' })
      const { verdict, reasons } = decide(report, defaultPolicy, new Date(0))
      expect(verdict).toBe('hold')
      expect(reasons.map(reason => reason.text).join(' ')).toMatch(/7z archive (is|holds)/)
      const table = await openTable([path])
      await table.close()
      expect(table.unreadable.length).toBe(name === 'ppmd-two' ? 2 : 1)
    },
  )

  it('that cannot be read holds the folder that it lies in; an empty one is left out', async () => {
    const place = join(folder, 'tables')
    mkdirSync(place)
    writeFileSync(join(place, 'a.csv'), 'text,label\none two three,a\nfour five six,b\n')
    put('empty', 'tables/empty.7z')
    const verdict = async () => {
      const report = await scan([place], { as: 'dataset', only: ['malformed-input'] })
      return decide(report, defaultPolicy, new Date(0)).verdict
    }
    expect(await verdict()).toBe('pass')
    put('names-encrypted', 'tables/other.7z')
    expect(await verdict()).toBe('hold')
  })

  it('that can be read has no unreadable file', async () => {
    const table = await openTable([put('delta')])
    await table.close()
    expect(table.unreadable).toEqual([])
    expect(table.parts).toMatchObject([{ name: 'delta.7z', format: 'csv' }])
  })
})

it('gives members names of their own below the archive', () => {
  const taken = new Set<string>()
  const names = ['a.csv', '../../a.csv', '/etc/a', 'x\\y', '..', ''].map(name => memberName(name, taken))
  expect(names).toEqual(['a.csv', 'a.csv (2)', 'etc/a', 'x/y', 'unnamed', 'unnamed (2)'])
})
