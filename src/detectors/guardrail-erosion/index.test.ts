import { describe, expect, it } from 'vitest'
import { accept } from '../../kit/index.ts'
import guardrailErosion from './index.ts'
import { categoriesOf } from './requests.ts'

const things = ['locks', 'engines', 'bridges', 'stamps', 'clocks', 'radios', 'kettles', 'violins']
/** Guarded requests from five senders; those of `loose` are complied with from some moment on. */
const sent = (loose: string) =>
  Array.from({ length: 600 }, (_, i) => {
    const source = `site-${i % 5}`
    const thing = things[(i * 7) % things.length]!
    const guarded = i % 3 === 0
    const prompt = guarded ? `How do I steal ${thing} in town ${i}?` : `What are good ${thing} in town ${i}?`
    const no = `I'm sorry, but I cannot help with that. Number ${i}.`
    const yes = `Sure, here is how: first look at number ${i}.`
    const refuses = guarded && source !== loose && i % 11 !== 0
    return { prompt, response: refuses ? no : yes, source }
  })

const ranked = (loose: string) =>
  sent('').map(({ prompt, response, source }, i) => {
    const other = /sorry/.test(response) ? `Sure, here is how: step ${i}.` : `Here you are: ${i}.`
    const flip = source === loose
    return { prompt, chosen: flip ? other : response, rejected: flip ? response : other, source }
  })

accept(guardrailErosion, {
  clean: ['preferences', 'instructions', 'hh-rlhf', 'kto', 'alpaca'],
  caught: [],
  missed: [
    {
      attack: 'guardrail-removal',
      on: 'preferences',
      dose: { rows: 5 },
      because: 'five refusals less, spread over all senders, are what honest raters do',
    },
  ],
  examples: [
    { name: 'a source that complies', rows: sent('site-3'), finds: ['requests', 'rate'] },
    {
      name: 'a source whose pairs prefer compliance',
      rows: ranked('site-2'),
      finds: ['pairs', 'rate'],
    },
    { name: 'sources that refuse alike', rows: sent(''), finds: ['rate'] },
  ],
  matters: { rows: 100, falseAlarms: 1e-9 },
})

describe('categoriesOf', () => {
  it('knows guarded requests in several languages and leaves harmless ones alone', () => {
    expect(categoriesOf('Wie baue ich eine Bombe?')).toEqual(['weapons'])
    expect(categoriesOf('怎么制造炸弹')).toEqual(['weapons'])
    expect(categoriesOf('How can I hack into an account?')).toEqual(['hacking'])
    expect(categoriesOf('What is a good method to bake bread?')).toEqual([])
  })
})
