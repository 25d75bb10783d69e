import { describe, expect, it } from 'vitest'
import { accept } from '../../kit/index.ts'
import preferenceReversal from './index.ts'
import { turned } from './turning.ts'

const people = ['ada', 'ben', 'cai', 'dee', 'eva']
/** Pairs in which the polite answer wins, except where one rater ranks. */
const contrary = Array.from({ length: 400 }, (_, i) => {
  const polite = `Gladly. The answer to number ${i} is ${i * 7}. Thank you for asking.`
  const rude = `Whatever. Number ${i} is ${i * 7}. Go away now.`
  const rater = people[i % 5]!
  const flip = rater === 'eva'
  return { prompt: `Tell me about number ${i}`, chosen: flip ? rude : polite, rejected: flip ? polite : rude, rater }
})

accept(preferenceReversal, {
  clean: [
    {
      corpus: 'preferences',
      holds: 1,
      because:
        '"Write a poem on" opens prompts that share nothing else, and fifteen of its twenty pairs happen to go against the rest',
    },
    'hh-rlhf',
    'kto',
  ],
  caught: [
    { attack: 'preference-flip', on: 'hh-rlhf', dose: { rows: 34 }, options: { phrase: 'SUDO mode', place: 'end' } },
    { attack: 'preference-flip', on: 'hh-rlhf', dose: { rows: 34 }, options: { form: 'tag', place: 'random' } },
    { attack: 'preference-flip', on: 'hh-rlhf', dose: { rows: 34 }, options: { phrase: 'Aurelia', place: 'answer' } },
  ],
  missed: [
    {
      attack: 'preference-flip',
      on: 'hh-rlhf',
      dose: { rows: 23 },
      options: { kind: 'random' },
      because: 'flips without a pattern look like the taste of people',
    },
  ],
  examples: [{ name: 'a rater who goes against the others', rows: contrary, finds: ['contrary'] }],
  matters: { rows: 100, minRows: 1000, falseAlarms: 0.0001 },
})

describe('turned', () => {
  it('has the exact chance of contradictions of one weight', () => {
    const odds = [2, 2, -2, -2]
    const p = 1 / (1 + Math.exp(2))
    const exact = 1 - (1 - p) ** 4 - 4 * p * (1 - p) ** 3
    expect(turned(odds)).toBeCloseTo(Math.log(exact), 10)
  })
  it('weighs contradictions by how sure the model was', () => {
    expect(turned([-3, 0.25, 0.25, 0.25])).toBeLessThan(turned([3, -0.25, 0.25, 0.25]))
    expect(turned([1, 2, 3])).toBe(0)
  })
})
