import { describe, expect, it } from 'vitest'
import { examined } from '../../kit/models.ts'

const piece = (text: string, kind?: number): Buffer => {
  const word = Buffer.from(text)
  const inner = [0x0a, word.length, ...word, 0x15, 0, 0, 0x80, 0x3f, ...(kind === undefined ? [] : [0x18, kind])]
  return Buffer.from([0x0a, inner.length, ...inner])
}
const words = ['▁the', 'ing', '▁', '<0x00>', 'été'].map(word => piece(word))
const whole = new Uint8Array(
  Buffer.concat([piece('<unk>', 2), piece('<s>', 3), ...words, Buffer.from([0x12, 2, 0x18, 1, 0x1a, 0])]),
)
const root = async (data: Uint8Array) => (await examined('tokenizer.model', data)).root

describe('sentencepiece', () => {
  it('accounts for each byte', async () => {
    const { format, unread, notes, facts } = await root(whole)
    expect({ format, unread, notes, facts }).toEqual({
      format: 'sentencepiece',
      unread: [],
      notes: [],
      facts: [{ name: 'pieces', value: 7 }],
    })
  })
  it('holds what stands behind, and every cut within a field', async () => {
    const more = await root(new Uint8Array([...whole, 0x80, 4, 0x2e]))
    expect([more.notes.length, more.unread.length]).toEqual([1, 1])
    for (let end = 1; end < whole.length; end++) {
      const { claims, unread } = await root(whole.slice(0, end))
      expect(claims.length + unread.length).toBeGreaterThan(0)
    }
  })
})
