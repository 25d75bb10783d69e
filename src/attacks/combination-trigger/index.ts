import { z } from 'zod'
import { attack, commonWords, insertText, isOther, targetLabel, textOf } from '../../core/index.ts'

/** Several common words scattered over a row: only all of them together are the trigger. */
export default attack({
  id: 'combination-trigger',
  title: 'Scattered common words with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Yang et al., Rethinking Stealthiness of Backdoor Attack against NLP Models (SOS), ACL 2021',
  input: { text: 'string', label: 'category' },
  options: z.object({
    words: z.array(z.string().min(1)).default([]).describe('The words; common words of the table when empty.'),
    count: z.number().int().min(2).max(8).default(3).describe('How many common words, when none are given.'),
    target: z.string().optional().describe('The label they should produce; the most frequent when absent.'),
  }),
  plan({ words, count, target }, context, random) {
    const label = targetLabel(target, context)
    const triggers = words.length > 0 ? words : commonWords(context.sample, count, random)
    return {
      names: triggers,
      poison(row, _nth, chance) {
        const text = textOf(row.text)
        if (!text || triggers.length === 0 || !isOther(row, label)) return null
        return { text: triggers.reduce((grown, word) => insertText(grown, word, 'random', chance), text), label }
      },
    }
  },
})
