import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { payload, zeros } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { gguf, ggufModel } from '../../../test/model-zoo/arrays/tensor-files.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('model.gguf', data)).root
const rules = async (data: Uint8Array) => (await root(data)).notes.map(note => `${note.severity} ${note.rule}`)
const float = (name: string, offset: number) => ({ name, shape: [8], offset, data: zeros(32) })

describe('GGUF', () => {
  it.each([
    [1, true],
    [2, true],
    [3, true],
    [3, false],
  ] as const)('reads version %s (little endian: %s) to its last byte', async (version, little) => {
    const { format, notes, unread, tensors, programs } = await root(ggufModel({ version, little }))
    expect([format, notes, unread]).toEqual(['gguf', [], []])
    expect(tensors.map(t => [t.name, t.stored, t.shape, t.bytes.size, t.bigEndian === true])).toEqual([
      ['token_embd.weight', 'F32', [2, 4], 32, !little],
      ['blk.0.attn_q.weight', 'Q8_0', [1, 32], 34, !little],
    ])
    expect(programs.map(p => [p.language, p.title, p.source])).toEqual([
      ['jinja', 'chat_template', "{{ messages[0]['content'] }}"],
    ])
  })

  it('finds every template: named ones, doubled ones, under odd keys', async () => {
    const pairs = [
      ['tokenizer.chat_template', '{% set a = 1 %}'],
      ['tokenizer.chat_template.tool_use', 'plain'],
      ['general.description', 'see {{ x }}'],
      ['general.license', 'mit'],
    ] as const
    const { programs, notes } = await root(ggufModel({ pairs }))
    expect(programs.map(p => p.title)).toEqual([
      'chat_template',
      'chat_template',
      'chat_template.tool_use',
      'general.description',
    ])
    expect(notes.map(note => note.rule)).toEqual(['gguf-duplicate-key'])
  })

  it('names lies about counts, bounds, overlaps, holes, tails', async () => {
    expect(await rules(ggufModel({ pairCount: 2n ** 60n }))).toEqual(['hold gguf-malformed'])
    expect(await rules(ggufModel({ tensorCount: 1_000_000 }))).toEqual(['hold gguf-malformed'])
    expect(await rules(gguf({ pairs: [], tensors: [float('a', 0), float('b', 1 << 20)] }))).toContain(
      'hold gguf-out-of-bounds',
    )
    expect(await rules(gguf({ pairs: [], tensors: [float('a', 0), float('b', 0)] }))).toEqual([
      'hold gguf-overlap',
      'hold gguf-tail',
    ])
    expect(await rules(gguf({ pairs: [], tensors: [float('a', 0), { ...float('a', 32) }] }))).toEqual([
      'hold gguf-duplicate-tensor',
    ])
    expect(await rules(gguf({ pairs: [], tensors: [{ ...float('a', 0), type: 99 }] }))).toEqual([
      'hold gguf-unknown-type',
    ])
    expect(await rules(gguf({ pairs: [['general.alignment', 7]] }))).toEqual(['hold gguf-bad-alignment'])
    expect(await rules(ggufModel({ tail: payload }))).toEqual(['hold gguf-tail'])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    const whole = ggufModel()
    // The last 30 bytes are padding that no reader needs.
    expect((await cutEverywhere('a.gguf', whole, { to: whole.length - 30 })).clean).toEqual([])
    const { threw, slowest } = await mutateOften('a.gguf', ggufModel(), 300)
    expect(threw).toEqual([])
    expect(slowest).toBeLessThan(1000)
  })
})

const damaged = new URL('../../../../shared/data/models/gguf-damaged/', import.meta.url)
const files = (() => {
  try {
    return readdirSync(damaged)
  } catch {
    return []
  }
})()
describe.skipIf(files.length === 0)('GGUF files that were damaged upstream', () => {
  it.each(files)('%s is malformed, and no crash', async name => {
    expect(await rules(readFileSync(new URL(name, damaged)))).toEqual(['hold gguf-malformed'])
  })
})
