import { describe, expect, it } from 'vitest'
import { seeded } from '../core/index.ts'
import { looksLikePickle } from './index.ts'

const bytes = (text: string) => Uint8Array.from(text, letter => letter.charCodeAt(0))
const sniff = (text: string, size = text.length) => looksLikePickle(bytes(text), size)

describe('looksLikePickle', () => {
  it('knows a header, with what follows', () => {
    expect(sniff('\x80\x02cos\nsystem\n.')).toBe(3)
    expect(sniff('\x80\x04\x95\xff\0\0\0\0\0\0\0]\x94.')).toBe(3)
    expect(sniff('\x80\x04\xff\xff\xff')).toBe(0)
    expect(sniff('\x80\x04cos\nsystem\n\xff')).toBe(3)
    expect(sniff('\x80\x04B\0\0\x02\0', 100_000)).toBe(0)
    expect(sniff(`\x80\x04B\0\0\x02\0${'x'.repeat(70_000)}`, 200_000)).toBe(3)
    expect(sniff('\x80\x00N.')).toBe(3)
  })

  it('tries what has no header', () => {
    expect(sniff("cos\nsystem\n(S'true'\ntR.")).toBe(3)
    expect(sniff("(S'true'\nios\nsystem\n.")).toBe(3)
    expect(sniff('cos\nsystem\n)R\xff')).toBe(3)
    expect(sniff('(dp0\nI1\nI2\ns.')).toBe(1)
    expect(sniff('N.cos\nsystem\n)R.')).toBe(3)
  })

  it('takes tensors for none, whatever they begin with', () => {
    const random = seeded(3)
    const noise = Uint8Array.from({ length: 65_536 + 2000 }, () => random() * 256)
    let taken = 0
    for (let k = 0; k < 2000; k++) {
      const data = noise.slice(k, k + 65_536)
      data[0] = k % 2 ? 0x80 : 0x28 + (k % 88)
      data[1] = k % 2 ? k % 6 : data[1]!
      if (looksLikePickle(data, 4_000_000) > 0) taken++
    }
    // Of tensors that begin with a header; one in ten thousand does.
    expect(taken).toBeLessThan(5)
  })

  it('leaves prose, numbers and code alone', () => {
    for (const text of [
      '',
      'Not a pickle.',
      'I am text.\nSecond line.\n',
      'chapter one\nIt was.\n',
      'cat\ndog\nNew York.\n',
      '{"a": 1}',
      'import os\nos.system("x")\n',
      '\0\0\x80\x3f\0\0\0\x40',
      `${'word '.repeat(20_000)}`,
    ])
      expect([text.slice(0, 20), sniff(text)]).toEqual([text.slice(0, 20), 0])
    const prose = `The ${'quick brown fox. '.repeat(5000)}`
    expect(sniff(prose.slice(0, 65_536), prose.length)).toBe(0)
  })

  it('knows a stream that its first 64 KiB do not end, and one that only pretends to be text', () => {
    const idle = 'N0'.repeat(40_000)
    expect(sniff(idle.slice(0, 65_536), idle.length + 30)).toBe(3)
    const line = `V${'x'.repeat(70_000)}`
    expect(sniff(line.slice(0, 65_536), line.length)).toBe(3)
    const encoded = `c_codecs\nencode\np0\n(${line}`
    expect(sniff(encoded.slice(0, 65_536), encoded.length)).toBe(3)
    const quoted = `(lp0\nS'${'x'.repeat(70_000)}`
    expect(sniff(quoted.slice(0, 65_536), quoted.length)).toBe(3)
    const counted = `]q\0(X\x70\x11\x01\0${'y'.repeat(70_000)}`
    expect(sniff(counted.slice(0, 65_536), counted.length)).toBe(3)
    const list = `(l${'I1\na'.repeat(20_000)}`
    expect(sniff(list.slice(0, 65_536), list.length)).toBe(3)
  })
})
