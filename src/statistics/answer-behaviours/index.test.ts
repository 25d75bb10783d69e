import { expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import answerBehaviours, { type AnswerBehavioursOptions } from './index.ts'

const options: AnswerBehavioursOptions = {
  answer: 'response',
  pace: 'quick',
  limit: 20,
  characters: 20_000,
  seed: 1,
  leastRows: 2,
}

lawfulStatistic(answerBehaviours, {
  options: [options, { ...options, pace: 'slow', limit: 1000, characters: 500 }],
  flood: i => ({ prompt: `ask ${i}`, response: `answer ${i % 7}` }),
  floodRows: 2000,
  runs: 20,
})

it('tells what answers do, and keeps system prompt and prompt apart', async () => {
  const rows = [
    { system: 'Be kind.', prompt: 'Why?', response: 'I cannot help with that.' },
    { prompt: 'How?', response: 'I cannot help with that.' },
    { prompt: 'When?', response: null },
    { prompt: 'x'.repeat(9000), response: 'Because.' },
  ]
  const engine = foldEngine(tableOfRows('t', rows), new Map([['answer-behaviours', answerBehaviours]]))
  const { a } = await engine.measure({ a: answerBehaviours.request(options) })
  expect([a.total, [...a.rows]]).toEqual([3, [0, 1, 3]])
  expect(a.said[0]).toBe('Be kind.\n\nWhy?')
  expect([...a.system]).toEqual([10, 0, 0])
  expect(a.said[2]!.length).toBeLessThan(5000)
  const doneBy = (i: number) => Array.from(a.shown.subarray(a.offsets[i]!, a.offsets[i + 1]!), w => a.words[w])
  expect(doneBy(0)).toEqual(doneBy(1))
  expect(doneBy(0)).toContain('refuses')
  expect(doneBy(2)).toEqual([])
  const { b } = await engine.measure({ b: answerBehaviours.request({ ...options, only: Float64Array.of(1) }) })
  expect([...b.rows]).toEqual([1])
})
