import { describe, expect, it } from 'vitest'
import { examined } from '../../kit/models.ts'

/** The length 24 and its checksum stand so in every log of TensorBoard: the record with the version of the file. */
const head = Uint8Array.from([0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22])
const record = new Uint8Array([...head, ...new Uint8Array(24).fill(7), 1, 2, 3, 4])
const root = async (data: Uint8Array) => (await examined('events.out.tfevents.1', data)).root

describe('tfrecord', () => {
  it('accounts for each record', async () => {
    const { format, unread, notes, facts } = await root(new Uint8Array([...record, ...record]))
    expect({ format, unread, notes, facts }).toEqual({
      format: 'tfrecord',
      unread: [],
      notes: [],
      facts: [{ name: 'records', value: 2 }],
    })
  })
  it('holds what is cut off or follows', async () => {
    for (let end = 1; end < record.length; end++)
      expect((await root(record.slice(0, end))).unread.length).toBeGreaterThan(0)
    const more = await root(new Uint8Array([...record, 0x80, 4, 0x2e, ...new Uint8Array(20)]))
    expect(more.notes.map(n => n.rule)).toEqual(['tfrecord-malformed'])
    expect(more.unread.length).toBe(1)
  })
})
