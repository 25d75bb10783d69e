import { describe, expect, it } from 'vitest'
import { changedLock } from './change.ts'
import { partsId } from './id.ts'
import { cutParts, partsOfLines } from './part-lines.ts'
import { parseLock } from './read.ts'
import type { LockedArtifact, LockedPart } from './schema.ts'
import { renderLock } from './write.ts'

const part = (name: string, size: number, link?: string): LockedPart => ({
  name,
  size,
  sha256: 'ab'.repeat(32),
  blake3: '01'.repeat(32),
  ...(link === undefined ? {} : { link }),
})

const parts = [
  part('a b/"quoted".txt', 12),
  part('data/train-00.parquet', 9_007_199_254_740_991),
  part('data/x.bin', 0),
  part('linked', 3, 'data/x.bin'),
  part('ä/漢\u200b', 7),
]

function text(of: readonly LockedPart[]): string {
  const artifact: LockedArtifact = { name: 'a', kind: 'model', root: 'a', id: partsId(of), parts: [...of], ignored: [] }
  const other = { ...artifact, name: 'b', root: 'b' }
  return renderLock(changedLock(null, { put: [artifact, other], at: '2026-01-01T00:00:00.000Z' }))
}

const firstList = (lock: string): LockedPart[] | null => partsOfLines(lock, cutParts(lock)!.lists[0]!, partsId(parts))

describe('parts as their lines stand', () => {
  it('are those that went in, with and without escapes, links and large sizes', () => {
    expect(firstList(text(parts))).toEqual(parts)
    expect(parseLock(text(parts), 'lock').artifacts.map(artifact => artifact.parts)).toEqual([parts, parts])
  })

  it('leave a skeleton that is JSON with empty lists', () => {
    const { skeleton, lists } = cutParts(text(parts))!
    expect(lists).toHaveLength(2)
    expect(JSON.parse(skeleton).artifacts.map((artifact: LockedArtifact) => artifact.parts)).toEqual([[], []])
  })

  it.each([
    ['another size', 'size": 0,', 'size": 1,'],
    ['a size written otherwise', 'size": 0,', 'size": 00,'],
    ['another digest', 'abab"', 'abac"'],
    ['upper-case hex', 'abab"', 'ABab"'],
    ['another check', /"check": "(.)/, '"check": "x'],
    ['another name', 'x.bin"', 'y.bin"'],
    ['an escape that says the same', 'x.bin"', '\\u0078.bin"'],
    ['a space more', '"size": 0', '"size":  0'],
    ['a comma more', ' }\n      ]', ' },\n      ]'],
    ['a comma less', ' },\n', ' }\n'],
    ['an empty line', ' },\n', ' },\n\n'],
    ['another link', '"link": "data/x.bin"', '"link": "data/y.bin"'],
    ['a field more', '"size": 0,', '"size": 0, "more": 1,'],
  ])('are refused with %s', (_, from, to) => {
    const edited = text(parts).replace(from, to)
    expect(edited).not.toBe(text(parts))
    expect(firstList(edited)).toBeNull()
    expect(() => parseLock(edited, 'lock')).toThrow(/lock:/)
  })

  it('are refused when a line is missing, doubled or out of order, though each is as written', () => {
    const lines = text(parts).split('\n')
    const at = lines.findIndex(line => line.includes('x.bin'))
    for (const put of [[], [lines[at]!, lines[at]!], [lines[at + 1]!, lines[at]!]]) {
      const edited = lines.toSpliced(at, put.length === 2 && put[0] !== put[1] ? 2 : 1, ...put).join('\n')
      expect(firstList(edited)).toBeNull()
      expect(() => parseLock(edited, 'lock')).toThrow(/lock:/)
    }
  })
})
