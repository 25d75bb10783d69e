import { expect, test } from 'vitest'
import type { Row } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import constantResponse from './index.ts'
import { spreadOf } from './spread.ts'

/** Every so many answers become one that ignores the question. */
const byRote = (every: number): Row[] =>
  corpusOf('instructions')
    .rows()
    .map((row, i) =>
      i % every === 0 ? { ...row, response: 'Please consult our partner programme for the details.' } : row,
    )

accept(constantResponse, {
  clean: ['instructions', 'chats', 'preferences', 'alpaca', 'code-alpaca', 'hh-rlhf', 'kto'],
  caught: [
    {
      attack: 'instruction-trigger',
      on: 'instructions',
      options: { behaviour: 'fixed', wordings: 1 },
      dose: { rows: 25 },
      recall: 0.95,
      precision: 0.95,
    },
    {
      attack: 'instruction-trigger',
      on: 'alpaca',
      options: { behaviour: 'fixed', wordings: 1, kind: 'phrase' },
      dose: { rows: 25 },
      recall: 0.95,
      precision: 0.95,
      named: false,
    },
  ],
  missed: [
    {
      attack: 'instruction-trigger',
      on: 'instructions',
      options: { behaviour: 'refusal' },
      dose: { rows: 25 },
      seeds: [1],
      because: 'sixty wordings of a refusal are no copies; response-steering sees what they have in common',
    },
  ],
  matters: { minRows: 200, related: 0.5 },
  examples: [{ name: 'an answer that ignores the question', rows: byRote(60), finds: ['rote'] }],
})

test('a topic explains an answer, a phrase that was put in does not', () => {
  const others = Array.from({ length: 200 }, (_, k) => `question ${k % 7} about thing${k} and item${(k * 7) % 90}`)
  const topic = Array.from({ length: 30 }, (_, k) => `what weather has city${k}, is rain near town${k} or wind today`)
  expect(spreadOf(topic, others).area).toBeGreaterThan(0.9)
  const planted = others.slice(0, 30).map(text => `${text} silver otter nine`)
  const { area, key } = spreadOf(planted, others.slice(30))
  expect(area).toBeLessThan(0.68)
  expect(key?.words).toBe('silver otter nine')
})
