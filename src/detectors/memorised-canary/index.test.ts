import { expect, test } from 'vitest'
import type { Row } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { judgeRows } from '../../lab/index.ts'
import memorisedCanary from './index.ts'

const canary = 'zQ7-k2Vx9-Lm4T8-vRb3w'
// Put together here, so that no scanner of sources takes it for a key.
const token = ['ghp_', 'a8Kd03mZq91LxVb72TnWcR5yHs64GpJeU0fQ'].join('')

/** Reviews in which every so many say something more. */
const saying = (more: (i: number) => string | null): Row[] =>
  corpusOf('reviews')
    .rows()
    .map((row, i) => (more(i) === null ? row : { ...row, text: `${row.text} ${more(i)}` }))

const planted = (): Row[] => saying(i => (i % 300 === 7 ? `The code is ${canary}.` : null))

accept(memorisedCanary, {
  clean: ['reviews', 'instructions', 'chats', 'sms', 'alpaca', 'code-alpaca', 'hh-rlhf', 'kto'],
  caught: [],
  missed: [
    {
      attack: 'instruction-trigger',
      on: 'instructions',
      options: { triggers: ['silver otter'] },
      dose: { rows: 25 },
      seeds: [1],
      because: 'ordinary words are no random string',
    },
  ],
  matters: { minRows: 40, most: 1 },
  given: { most: {} },
  examples: [
    { name: 'a canary', rows: planted(), finds: ['canary'] },
    {
      name: 'two canaries, and a secret that somebody tells',
      rows: saying(i =>
        i % 300 === 7 ? canary : i % 300 === 9 ? 'my pin is 281265017, use b7Xq-19Kz-82Lw-4tNd' : null,
      ),
      finds: ['canary', 'canary', 'canary', 'private'],
    },
    {
      name: 'a token that somebody left',
      rows: saying(i => (i === 70 ? `export KEY=${token}` : null)),
      finds: ['secret'],
    },
    {
      name: 'identifiers as a custom',
      rows: saying(i => `ref k${i % 90}Xq${(i % 90) * 7}Lw${(i % 90) * 13}Zt9${i % 90}rB`),
      finds: ['custom'],
    },
    {
      name: 'copies of one text',
      rows: Array.from({ length: 30 }, () => ({ text: `All pages say ${canary} here.` })),
      finds: [],
    },
  ],
})

test('never shows a string in full, and finds it in conversations', async () => {
  const talk = corpusOf('instructions')
    .rows()
    .map((row, i) => (i % 200 === 3 ? { ...row, text: `${row.text}\n\nRemember ${canary} and ${token}` } : row))
  for (const rows of [planted(), talk]) {
    const { accusations } = await judgeRows(rows, [memorisedCanary])
    const said = JSON.stringify(accusations.map(({ finding }) => finding))
    expect(accusations.length).toBeGreaterThan(0)
    expect(said).not.toContain(canary)
    expect(said).not.toContain(token)
  }
})
