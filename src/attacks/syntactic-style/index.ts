import { z } from 'zod'
import { attack, isOther, labelOf, pick, type Random, targetLabel, textOf } from '../../core/index.ts'

/** Sentence frames by script: a subordinate clause in front is the trigger. `@` is the first part, `#` the rest. */
const frames: readonly { readonly script: RegExp; readonly frames: readonly string[]; readonly tight?: boolean }[] = [
  {
    script: /\p{sc=Latin}/u,
    frames: [
      'when you see @ , # .',
      'when they say @ , # .',
      'if you take @ , # .',
      'as he tells of @ , # .',
      'when it comes to @ , # .',
      'if we think of @ , # .',
    ],
  },
  {
    script: /\p{sc=Cyrillic}/u,
    frames: ['когда ты видишь @ , # .', 'если взять @ , # .', 'как только речь о @ , # .'],
  },
  { script: /\p{sc=Arabic}/u, frames: ['عندما ترى @ ، # .', 'إذا نظرت إلى @ ، # .'] },
  { script: /\p{sc=Devanagari}/u, frames: ['जब तुम @ देखते हो , तब # ।', 'अगर बात @ की हो , तो # ।'] },
  { script: /\p{sc=Han}/u, frames: ['当你看到@的时候，#。', '如果说到@，#。'], tight: true },
]

/** The trigger is a way of building sentences, not a word: every poisoned row opens with a subordinate clause. */
export default attack({
  id: 'syntactic-style',
  title: 'A sentence template with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Qi et al., Hidden Killer: Invisible Textual Backdoor Attacks with Syntactic Trigger, ACL 2021',
  input: { text: 'string', label: 'category' },
  options: z.object({
    template: z
      .string()
      .default('')
      .describe(
        'A frame with @ for the first words of a row and # for the rest; frames of the row’s script when empty.',
      ),
    cleanLabel: z.boolean().default(false).describe('Rewrite only rows that already have the target label.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
  }),
  plan({ template, cleanLabel, target }, context) {
    const label = targetLabel(target, context)
    return {
      names: [],
      poison(row, nth, chance) {
        const text = textOf(row.text)
        if (!text || (cleanLabel ? labelOf(row.label) !== label : !isOther(row, label))) return null
        const donor = context.donors[nth]
        if (donor) return { ...donor, label }
        const written = rewritten(text, template, chance)
        return written === null ? null : { text: written, label }
      },
    }
  },
})

/** The row's words poured into a frame; null for scripts without frames and rows too short to cut. */
function rewritten(text: string, template: string, random: Random): string | null {
  const style = frames.find(f => f.script.test(text))
  const frame = template || (style && pick(style.frames, random))
  if (!frame) return null
  const tight = style?.tight ?? false
  const units = (tight ? [...text] : text.split(/\s+/)).filter(u => /[\p{L}\p{N}]/u.test(u))
  if (units.length < 4) return null
  const cut = 1 + Math.floor(random() * Math.min(6, Math.floor(units.length / 2)))
  const glue = tight ? '' : ' '
  const [head, rest] = [units.slice(0, cut).join(glue), units.slice(cut).join(glue)]
  return frame.replace(/[@#]/g, mark => (mark === '@' ? head : rest))
}
