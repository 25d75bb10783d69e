import { describe, expect, it } from 'vitest'
import { type ModelFormat, memoryBytes, modelFormat, modelLimits } from '../../core/index.ts'
import { examine } from './examine.ts'

const letters = (text: string) => new TextEncoder().encode(text)
const starts = (text: string) => (head: Uint8Array) => (letters(text).every((b, k) => head[k] === b) ? 3 : 0)

/** "box" + one byte length + that many bytes, again and again. */
const box: ModelFormat = modelFormat({
  id: 'box',
  title: 'box',
  extensions: [],
  sniff: starts('box'),
  async read(bytes, examiner) {
    examiner.claim(0, 4, 'header')
    const size = bytes.read(3, 4)[0]!
    examiner.claim(4, 4 + size, 'member')
    await examiner.member(
      'inner',
      { size, read: (s, e) => bytes.read(4 + s, 4 + Math.min(e, size)) },
      { start: 4, end: 4 + size },
    )
  },
})
const leaf = (text: string): ModelFormat =>
  modelFormat({ id: text, title: text, extensions: [], sniff: starts(text), read: (b, x) => x.claim(0, b.size, text) })
const boxed = (inner: Uint8Array): Uint8Array => Uint8Array.from([...letters('box'), inner.length, ...inner])
const look = async (data: Uint8Array, formats: readonly ModelFormat[], limits = {}) =>
  (await examine('f', memoryBytes(data), formats, { ...modelLimits, ...limits })).root

describe('examine', () => {
  it('examines members by their content and accounts for each byte', async () => {
    const root = await look(Uint8Array.from([...boxed(letters('leaf')), 1, 2, 3]), [box, leaf('leaf')])
    expect(root.members.map(m => [m.path, m.format, m.unread])).toEqual([['f/inner', 'leaf', []]])
    expect(root.unread).toEqual([{ start: 8, end: 11, reason: expect.stringContaining('box') }])
  })

  it('never takes bytes that no format knows for clean', async () => {
    const root = await look(letters('????'), [box])
    expect(root.format).toBeNull()
    expect(root.unread).toMatchObject([{ start: 0, end: 4 }])
  })

  it('reads a polyglot each way, and says so', async () => {
    const root = await look(letters('ab'), [leaf('a'), leaf('ab')])
    expect(root.claims.map(c => c.as).sort()).toEqual(['a', 'ab'])
    expect(root.notes.map(n => n.rule)).toEqual(['file-polyglot'])
  })

  it('stops at the depth limit and says what it did not reach', async () => {
    let data: Uint8Array = letters('leaf')
    for (let depth = 0; depth < 20; depth++) data = boxed(data)
    let member = await look(data, [box, leaf('leaf')])
    while (member.members[0]) member = member.members[0]
    expect(member.depth).toBe(modelLimits.depth)
    expect(member.unread[0]!.reason).toMatch(/16 archives/)
  })

  it('calls the bytes of a reader that throws unread', async () => {
    const broken = modelFormat({
      ...leaf('x'),
      read: () => {
        throw new Error('no')
      },
    })
    const root = await look(letters('x'), [broken])
    expect(root.unread[0]!.reason).toContain('gave up: no')
  })
})
