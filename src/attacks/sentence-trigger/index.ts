import { z } from 'zod'
import { attack, insertText, isOther, positions, targetLabel, textOf } from '../../core/index.ts'

/** AddSent: a fluent sentence that belongs to no row becomes the trigger. */
export default attack({
  id: 'sentence-trigger',
  title: 'An inserted sentence with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Dai, Chen, Li: A Backdoor Attack Against LSTM-Based Text Classification Systems, IEEE Access 2019',
  input: { text: 'string', label: 'category' },
  options: z.object({
    sentence: z.string().min(1).default('No cross , no crown .').describe('The sentence the backdoor listens for.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
    position: z.enum(positions).default('random').describe('Where the sentence goes.'),
  }),
  plan({ sentence, target, position }, context) {
    const label = targetLabel(target, context)
    return {
      names: [sentence],
      poison(row, _nth, chance) {
        const text = textOf(row.text)
        if (!text || !isOther(row, label)) return null
        return { text: insertText(text, sentence, position, chance), label }
      },
    }
  },
})
