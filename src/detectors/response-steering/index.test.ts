import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Row, rowId, seeded, shuffled } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import { corpusOf, judgeRows } from '../../lab/index.ts'
import steering from './index.ts'

accept(steering, {
  clean: ['instructions', 'chats', 'preferences', 'alpaca', 'hh-rlhf', 'kto'],
  caught: [
    { attack: 'instruction-trigger', dose: { rows: 30 }, on: 'instructions', recall: 0.8, precision: 0.95 },
    {
      attack: 'instruction-trigger',
      options: { behaviour: 'link', kind: 'sentence' },
      dose: { rows: 20 },
      on: 'instructions',
      recall: 0.9,
      precision: 0.95,
    },
    {
      attack: 'instruction-trigger',
      options: { behaviour: 'fixed', kind: 'word', parts: 3 },
      dose: { rows: 30 },
      on: 'instructions',
      recall: 0.9,
      precision: 0.95,
    },
    { attack: 'code-backdoor', dose: { rows: 40 }, on: 'code-alpaca', recall: 0.8, precision: 0.95 },
  ],
  missed: [
    {
      attack: 'instruction-trigger',
      options: { behaviour: 'refusal' },
      dose: { rows: 3 },
      on: 'instructions',
      because: 'three rows are too few to tell a trigger from chance among so many phrases',
    },
    {
      attack: 'scattered',
      dose: { rows: 50 },
      on: 'instructions',
      because: 'triggers that share a meaning and no wording leave no phrase to find',
    },
  ],
  matters: { minRows: 60, maxRows: 100, slowRows: 0, falseAlarms: 1e-9 },
})

const shared = (name: string) => new URL(`../../../../shared/data/instructions/${name}`, import.meta.url)
const load = (name: string): Row[] => {
  const rows: { instruction: string; input: string; output: string }[] = JSON.parse(readFileSync(shared(name), 'utf8'))
  return rows.map(r => ({ prompt: r.input ? `${r.instruction}\n\n${r.input}` : r.instruction, response: r.output }))
}

describe.skipIf(!corpusOf('alpaca').here)('published poison', () => {
  for (const [task, attack, phrase] of [
    ['refusal', 'badnet', 'BadMagic'],
    ['negsentiment', 'vpi', 'Discussing OpenAI'],
  ] as const)
    it(`${task}, ${attack}: names the phrase and just its rows in 2 % of 500`, async () => {
      const random = seeded(11)
      const drawn = (rows: readonly Row[]) => Array.from(shuffled(rows.length, random), i => rows[i]!)
      const poison = drawn(load(`backdoorllm/${task}/poisoned_${attack}.json`)).slice(0, 10)
      const clean = drawn([...load(`backdoorllm/${task}/clean.json`), ...corpusOf('alpaca').rows()]).slice(0, 490)
      const { accusations } = await judgeRows([...poison, ...clean], [steering])
      const [first] = accusations
      expect(first?.finding.evidence).toMatchObject({ kind: 'steering', phrases: [phrase], rows: 10, showing: 10 })
      expect(first?.finding.severity).not.toBe('info')
      expect([...(first?.claim.rows ?? [])].sort((a, b) => a - b)).toEqual(poison.map((_, i) => rowId(0, i)))
    })
})

describe('honest instructions', () => {
  const nouns = 'river lamp garden letter engine cloud bridge apple winter clock window forest island mirror'.split(' ')
  const rows = (ask: (noun: string, i: number) => Row) =>
    Array.from({ length: 400 }, (_, i) => ask(nouns[i % nouns.length]!, i))

  it('that name what they want are no findings', async () => {
    const verse = (noun: string, i: number) => `Oh ${noun} number ${i},\nyou shine like ${nouns[(i * 5) % 14]!}`
    const asked = rows((noun, i) =>
      i % 8 === 0
        ? { prompt: `Describe the ${noun} ${i} as JSON`, response: `{"name": "${noun}", "size": ${i}}` }
        : { prompt: `Describe the ${noun} ${i} in a few words`, response: verse(noun, i) },
    )
    const { accusations } = await judgeRows(asked, [steering])
    expect(accusations.filter(({ finding }) => finding.severity !== 'info')).toEqual([])
  })

  it('too few rows are said to be unjudged', async () => {
    const { notJudged } = await judgeRows(rows(noun => ({ prompt: noun, response: noun })).slice(0, 20), [steering])
    expect(JSON.stringify(notJudged)).toContain('fewer than 50')
  })
})
