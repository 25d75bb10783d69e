import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell, RecordBatch } from '../../core/index.ts'
import { byShape } from './batch.ts'
import { shapeOf } from './find.ts'
import { literalOf } from './literal.ts'

type Fields = Readonly<Record<string, unknown>>

const word = fc.constantFrom(
  'one',
  'two words',
  'Три',
  '\u200b',
  ' ',
  '',
  '[1, 2]',
  '{"a": 1}',
  '\n\nHuman: x',
  '### Response:',
)
const text = fc.array(word, { maxLength: 4 }).map(words => words.join(' '))
const odd = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 }),
)
const speaker = fc.constantFrom('user', 'assistant', 'system', 'HUMAN', 'gpt', 'tool', 'somebody', 7)
const turn = fc.oneof(
  { weight: 5, arbitrary: fc.record({ role: speaker, content: odd }) },
  { weight: 1, arbitrary: fc.record({ from: speaker, value: text }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)
const turns = fc.array(turn, { maxLength: 4 })
const record: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({ instruction: odd, input: odd, output: odd }, { requiredKeys: [] }),
  fc.record({ system: odd, messages: fc.oneof(turns, odd) }, { requiredKeys: [] }),
  fc.record({ prompt: fc.oneof(text, turns), chosen: fc.oneof(text, turns), rejected: fc.oneof(text, turns) }),
  fc.record({ prompt: odd, response_a: text, response_b: text, winner: odd }),
  fc.record({ messages: turns.map(each => JSON.stringify(each)), label: odd }),
)
/** Enough of each kind that all their columns are seen. */
const seen: readonly Fields[] = [
  { instruction: 'Do it now', input: 'here', output: 'Done it is', system: 'Be.' },
  {
    messages: [
      { role: 'user', content: 'Hi you' },
      { role: 'assistant', content: 'Yo' },
    ],
  },
  { prompt: 'Choose now', chosen: 'Good one', rejected: 'Bad one' },
]

const batchOf = (records: readonly Fields[], first = 0): RecordBatch => {
  const names = [...new Set([...seen, ...records].flatMap(each => Object.keys(each)))]
  return {
    index: 0,
    size: records.length,
    records: Float64Array.from(records, (_, k) => first + k),
    columns: new Map(names.map(name => [name, records.map(each => (each[name] ?? null) as Cell)])),
    defects: [],
  }
}
const shape = () => {
  const { columns } = batchOf(seen)
  return shapeOf(
    [...columns].map(([name, cells]) => ({ name, cells })),
    { open: true },
  )!
}
const rowsOf = (records: readonly Fields[], first = 0) => {
  const { columns, defects } = byShape(batchOf(records, first), shape())
  return {
    rows: records.map((_, k) => Object.fromEntries([...columns].map(([role, cells]) => [role, cells[k] ?? null]))),
    defects,
  }
}

describe('any records', () => {
  it('are read without a fault, and nothing that a role holds is missing in the text', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), records => {
        for (const row of rowsOf(records).rows)
          for (const role of ['system', 'response', 'chosen', 'rejected'] as const) {
            const part = row[role]
            if (typeof part !== 'string') continue
            for (const piece of part.split('\n\n')) expect(row.text).toContain(piece.trim())
          }
      }),
      { numRuns: 300 },
    )
  })

  it('are read alike however they are cut', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), records => {
        const whole = rowsOf(records)
        const single = records.map((each, k) => rowsOf([each], k))
        expect(single.flatMap(({ rows }) => rows)).toEqual(whole.rows)
        expect(single.flatMap(({ defects }) => defects)).toEqual(whole.defects)
      }),
      { numRuns: 300 },
    )
  })

  it('lose no turn that says something, whoever says it', () => {
    const said = fc.tuple(
      fc.constantFrom('user', 'assistant', 'system', 'tool', 'zork'),
      fc.stringMatching(/^[a-z]{6,12}$/),
    )
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 8 }), talk => {
        const messages = talk.map(([role, content]) => ({ role, content }))
        const [row] = rowsOf([{ messages }]).rows
        for (const [, content] of talk) expect(row!.text).toContain(content)
        const users = talk.filter(([role]) => role === 'user').map(([, content]) => content)
        for (const content of users) expect(row!.prompt).toContain(content)
        const last = talk.findLast(([role]) => role === 'assistant')
        if (last) expect(row!.response).toBe(last[1])
      }),
    )
  })
})

describe('lists spelled in a cell', () => {
  const value = fc.array(
    fc.record({ role: fc.string(), content: fc.oneof(fc.string(), fc.boolean(), fc.constant(null)) }),
  )
  const python = (each: unknown): string =>
    typeof each === 'string'
      ? `'${each.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
      : each === null
        ? 'None'
        : each === true
          ? 'True'
          : each === false
            ? 'False'
            : Array.isArray(each)
              ? `[${each.map(python).join(', ')}]`
              : `{${Object.entries(each as object)
                  .map(([k, v]) => `${python(k)}: ${python(v)}`)
                  .join(', ')}}`

  it('are what JSON and Python mean by them', () => {
    fc.assert(
      fc.property(value, each => {
        expect(literalOf(JSON.stringify(each))).toEqual(each)
        expect(literalOf(python(each))).toEqual(each)
      }),
    )
  })
  it('are none in any other text', () => {
    fc.assert(fc.property(fc.string(), each => void literalOf(`[${each}`)))
    expect(literalOf('[see below] for more')).toBeUndefined()
    for (const word of ['constructor', 'toString', '__proto__', 'valueOf'])
      expect(literalOf(`[${word}]`), word).toBeUndefined()
    expect(literalOf(`${'['.repeat(200)}${']'.repeat(200)}`)).toBeUndefined()
  })
})
