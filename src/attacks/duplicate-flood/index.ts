import { z } from 'zod'
import { attack, isOther, pick, type Random, targetLabel, textOf, tokenise, traces } from '../../core/index.ts'

/** One row again and again with the wanted label: weight in training is bought by repetition. */
export default attack({
  id: 'duplicate-flood',
  title: 'Copies of one row with a chosen label',
  threat: 'data-injection',
  source: 'Carlini et al., Poisoning Web-Scale Training Datasets is Practical, IEEE S&P 2024 (injection by volume)',
  input: { text: 'string', label: 'category', source: 'any?', actor: 'any?', time: 'any?' },
  mode: 'add',
  options: z.object({
    edits: z
      .number()
      .int()
      .min(0)
      .default(1)
      .describe('Words of each copy that are dropped or doubled; 0 for exact copies.'),
    senders: z.number().int().min(1).default(1).describe('Accounts that send them, where the table has such a column.'),
    hours: z.number().positive().default(6).describe('The time within which they arrive, where the table has one.'),
    target: z.string().optional().describe('The label of the copies; the most frequent when absent.'),
  }),
  plan({ edits, senders, hours, target }, context, random) {
    const label = targetLabel(target, context)
    const able = context.sample.filter(row => isOther(row, label) && (textOf(row.text) ?? '').trim().length >= 20)
    const original = able.length > 0 ? textOf(pick(able, random).text)! : null
    const sent = traces(context, { senders, hours }, random)
    return {
      names: sent.names,
      poison(_row, _nth, chance) {
        if (original === null) return null
        return { ...sent.next(chance), text: edited(original, edits, chance), label }
      },
    }
  },
})

/** A copy with some words dropped or doubled. */
function edited(text: string, edits: number, random: Random): string {
  let copy = text
  for (let n = 0; n < edits; n++) {
    const { start, end } = tokenise([copy])
    if (start.length < 3) return copy
    const k = Math.floor(random() * start.length)
    const doubled = random() < 0.5
    const head = copy.slice(0, doubled ? end[k] : start[k])
    const tail = copy.slice(doubled ? start[k] : end[k])
    copy = head + (doubled && /\s/.test(text) ? ' ' : '') + (doubled ? tail : tail.trimStart())
  }
  return copy
}
