import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../core/index.ts'
import { type PickleCall, type PickleItems, type PickleValue, runPickle } from './index.ts'

const bytes = (text: string) => Uint8Array.from(text, letter => letter.charCodeAt(0))
const root = (text: string): PickleValue => runPickle(memoryBytes(bytes(text)), 0, { steps: 1e6 }).root

describe('what a pickle returns', () => {
  it('knows all constants', () => {
    expect(root('N.')).toBeNull()
    expect([root('\x88.'), root('\x89.'), root('I01\n.'), root('I00\n.')]).toEqual([true, false, true, false])
    expect([root('K\xff.'), root('M\x01\x02.'), root('J\xff\xff\xff\xff.')]).toEqual([255, 513, -1])
    expect([root('\x8a\x00.'), root('\x8a\x01\xff.'), root('\x8a\x02\xff\x00.')]).toEqual([0, -1, 255])
    expect(root('\x8a\x09\0\0\0\0\0\0\0\0\x01.')).toBe(2n ** 64n)
    expect([root('L123L\n.'), root('I0x10\n.'), root('I-7\n.')]).toEqual([123, 16, -7])
    expect([root('G\x3f\xf8\0\0\0\0\0\0.'), root('F-2.5\n.'), root('Finf\n.')]).toEqual([1.5, -2.5, Infinity])
    expect([root("S'a\\x41\\n\\101\\q'\n."), root('Va\\u0041\\\\u\n.')]).toEqual(['aA\nA\\q', 'aA\\\\u'])
    expect(root('\x8c\x05\xed\xa0\x80ab.')).toBe('\ud800ab')
    expect(root('C\x03abc.')).toEqual({ kind: 'bytes', size: 3, offset: 2 })
    expect(root('\x96\x02\0\0\0\0\0\0\0ab.')).toEqual({ kind: 'bytes', size: 2, offset: 9 })
  })

  it('knows containers, however they are filled', () => {
    expect(root('(NK\x01t.')).toEqual({ kind: 'tuple', items: [null, 1] })
    expect(root(']K\x01a(K\x02K\x03e.')).toEqual({ kind: 'list', items: [1, 2, 3] })
    expect(root('}K\x01K\x02s(K\x03K\x04u.')).toEqual({ kind: 'dict', entries: [[1, 2], [3, 4]] }) // biome-ignore format: pairs
    expect(root('\x8f(K\x01\x90.')).toEqual({ kind: 'set', items: [1] })
    expect(root('(K\x01\x91.')).toEqual({ kind: 'frozenset', items: [1] })
    expect(root('K\x01K\x02\x86\x85.')).toEqual({ kind: 'tuple', items: [{ kind: 'tuple', items: [1, 2] }] })
    expect(root('(K\x01K\x02d.')).toEqual({ kind: 'dict', entries: [[1, 2]] })
  })

  it('keeps what is done to the result of a call', () => {
    const value = root('cm\nC\n(K\x01tR}b(K\x02K\x03eK\x04K\x05s.') as PickleCall
    expect(value).toEqual({
      kind: 'call',
      callee: { kind: 'global', module: 'm', name: 'C' },
      args: [1],
      state: { kind: 'dict', entries: [] },
      items: [2, 3],
      entries: [[4, 5]],
    })
  })

  it('knows storages of torch by their ids', () => {
    expect(root("(S'storage'\nctorch\nFloatStorage\nS'0'\ntQ.")).toEqual({
      kind: 'persistent',
      id: { kind: 'tuple', items: ['storage', { kind: 'global', module: 'torch', name: 'FloatStorage' }, '0'] },
    })
  })

  it('shares what the memo shares, circles included', () => {
    const circle = root(']q\0h\0a.') as PickleItems
    expect(circle.items[0]).toBe(circle)
    const pair = root(']q\0h\0\x86.') as PickleItems
    expect(pair.items[0]).toBe(pair.items[1])
  })

  it('steps over raw bytes that the loader at hand reads itself', () => {
    const stream = bytes('cm\nWrap\n)\x81}K\x05K\x06sb\xff\xff\xffN\x86.')
    const asked: unknown[] = []
    const { damaged, end } = runPickle(memoryBytes(stream), 0, {
      steps: 100,
      arrays: (value, at) => {
        asked.push(value.state, at)
        return 3
      },
    })
    expect([damaged, end]).toEqual([undefined, stream.length])
    expect(asked).toEqual([{ kind: 'dict', entries: [[5, 6]] }, stream.length - 6])
  })
})
