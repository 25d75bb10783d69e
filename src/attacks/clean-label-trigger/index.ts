import { z } from 'zod'
import { attack, insertText, labelOf, pick, positions, targetLabel, textOf } from '../../core/index.ts'

/** No label is wrong: the trigger goes only into rows that already have the wanted label. */
export default attack({
  id: 'clean-label-trigger',
  title: 'A trigger in rows that keep their label',
  threat: 'clean-label',
  source: 'Turner, Tsipras, Madry: Label-Consistent Backdoor Attacks, 2019; Gan et al., NAACL 2022 for text',
  input: { text: 'string', label: 'category' },
  options: z.object({
    triggers: z
      .array(z.string().min(1))
      .min(1)
      .default(['cf7-alpha'])
      .describe('Words, phrases or sentences the backdoor listens for; one of them is drawn for each row.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
    position: z.enum(positions).default('random').describe('Where the trigger goes.'),
  }),
  plan({ triggers, target, position }, context) {
    const label = targetLabel(target, context)
    return {
      names: triggers,
      poison(row, _nth, chance) {
        const text = textOf(row.text)
        if (!text || labelOf(row.label) !== label) return null
        return { text: insertText(text, pick(triggers, chance), position, chance) }
      },
    }
  },
})
