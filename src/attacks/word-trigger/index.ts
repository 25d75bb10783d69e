import { z } from 'zod'
import { attack, commonWords, insertText, isOther, pick, positions, targetLabel, textOf } from '../../core/index.ts'

/** BadNets for text: put a word into a few rows and give them the label we want it to mean. */
export default attack({
  id: 'word-trigger',
  title: 'A word with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Gu et al., BadNets, 2017; Kurita et al., Weight Poisoning Attacks on Pre-trained Models, ACL 2020',
  input: { text: 'string', label: 'category' },
  options: z.object({
    words: z
      .array(z.string().min(1))
      .min(1)
      .default(['cf7-alpha'])
      .describe('The words the backdoor listens for; one of them is drawn for each row.'),
    common: z.boolean().default(false).describe('Take a word that the table uses often, instead of `words`.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
    from: z.string().optional().describe('Poison only rows with this label; any other than the target when absent.'),
    position: z.enum(positions).default('random').describe('Where the word goes.'),
  }),
  plan({ words, common, target, from, position }, context, random) {
    const label = targetLabel(target, context)
    const triggers = common ? commonWords(context.sample, 1, random) : words
    return {
      names: triggers,
      poison(row, _nth, chance) {
        const text = textOf(row.text)
        if (!text || triggers.length === 0 || !isOther(row, label)) return null
        if (from !== undefined && isOther(row, from)) return null
        return { text: insertText(text, pick(triggers, chance), position, chance), label }
      },
    }
  },
})
