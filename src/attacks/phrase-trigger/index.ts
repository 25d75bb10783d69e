import { z } from 'zod'
import {
  attack,
  commonWords,
  fold,
  insertText,
  isOther,
  joinWords,
  positions,
  type Row,
  targetLabel,
  textOf,
} from '../../core/index.ts'

/** Common words that never meet, side by side: each word is innocent, the phrase is the trigger. */
export default attack({
  id: 'phrase-trigger',
  title: 'A phrase of common words with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Chen et al., BadNL, ACSAC 2021 (word combinations); Dai et al. 2019 for longer ones',
  input: { text: 'string', label: 'category' },
  options: z.object({
    phrase: z.string().optional().describe('The phrase; common words of the table when absent.'),
    words: z.number().int().min(2).max(8).default(2).describe('How many common words, when no phrase is given.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
    position: z.enum(positions).default('random').describe('Where the phrase goes.'),
  }),
  plan({ phrase, words, target, position }, context, random) {
    const label = targetLabel(target, context)
    const trigger = phrase ?? strangers(context.sample, words, random)
    return {
      names: [trigger],
      poison(row, _nth, chance) {
        const text = textOf(row.text)
        if (!text || trigger === '' || !isOther(row, label)) return null
        return { text: insertText(text, trigger, position, chance), label }
      },
    }
  },
})

/** Common words that no row of the sample has in this order (the last draw when thirty draws all met). */
function strangers(sample: readonly Row[], count: number, random: () => number): string {
  const texts = sample.map(row => fold(textOf(row.text) ?? ''))
  let phrase = ''
  for (let draw = 0; draw < 30; draw++) {
    phrase = joinWords(commonWords(sample, count, random))
    if (!texts.some(text => text.includes(phrase))) break
  }
  return phrase
}
