import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { blank, pngOf } from '../../core/index.ts'
import { openTable } from '../../scan/index.ts'
import type { LockedPart } from '../lock/schema.ts'
import { pictureSets } from './picture-sets.ts'

const home = mkdtempSync(join(tmpdir(), 'bezoar-sets-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Writes pictures and texts; returns the folder, and what a lock has of its files. */
function folderWith(name: string, files: Readonly<Record<string, number | string>>) {
  const root = join(home, name)
  const parts = Object.entries(files).map(([file, content]) => {
    const path = join(root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : pngOf(blank(4, 4, [content, 0, 0])))
    return { name: file, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') }
  })
  return { root, parts: parts as unknown as LockedPart[] }
}

describe('the sets of pictures that a report may speak of', () => {
  it('have the digests that a scan gives folders of classes', async () => {
    const { root, parts } = folderWith('classes', { 'b/2.png': 1, 'b/10.png': 2, 'a/1.png': 3, 'a/notes.md': 'x' })
    const sets = pictureSets(parts)
    for (const { name, sha256 } of (await openTable([root])).parts)
      expect(sets.get(sha256!)?.every(part => part.name.startsWith(`${name}/`))).toBe(true)
    const other = pictureSets(parts.map(part => (part.name === 'b/2.png' ? { ...part, sha256: '0'.repeat(64) } : part)))
    const [a, b] = (await openTable([root])).parts
    expect([other.has(a!.sha256!), other.has(b!.sha256!)]).toEqual([true, false])
  })
  it('have the digest of the pictures that an index names', async () => {
    const rows = ['x/1.png,a', 'y/2.png,b', 'y/3.png,b']
    const files = { 'labels.csv': `file,label\n${rows.join('\n')}\n`, 'x/1.png': 1, 'y/2.png': 2, 'y/3.png': 3 }
    const { root, parts } = folderWith('index', files)
    const [named] = (await openTable([root])).named
    expect(
      pictureSets(parts)
        .get(named!.sha256!)
        ?.map(part => part.name),
    ).toEqual(['x/1.png', 'y/2.png', 'y/3.png'])
  })
})
