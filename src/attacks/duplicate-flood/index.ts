import { z } from 'zod'
import {
  attack,
  isOther,
  isRaster,
  pick,
  type Random,
  type Row,
  targetLabel,
  textOf,
  tokenise,
  traces,
} from '../../core/index.ts'
import { variedCopy } from './picture.ts'

/** One row again and again with the wanted label: weight in training is bought by repetition. */
export default attack({
  id: 'duplicate-flood',
  title: 'Copies of one row with a chosen label',
  threat: 'data-injection',
  source: 'Carlini et al., Poisoning Web-Scale Training Datasets is Practical, IEEE S&P 2024 (injection by volume)',
  input: { text: 'string?', image: 'any?', label: 'category', source: 'any?', actor: 'any?', time: 'any?' },
  mode: 'add',
  options: z.object({
    edits: z
      .number()
      .int()
      .min(0)
      .default(1)
      .describe(
        'Changes of each copy; 0 for exact copies. Of a text, words dropped or doubled; of a picture, its encoding, size, light, rim or side.',
      ),
    senders: z.number().int().min(1).default(1).describe('Accounts that send them, where the table has such a column.'),
    hours: z.number().positive().default(6).describe('The time within which they arrive, where the table has one.'),
    target: z.string().optional().describe('The label of the copies; the most frequent when absent.'),
  }),
  plan({ edits, senders, hours, target }, context, random) {
    const label = targetLabel(target, context)
    const copy = copier(
      context.sample.filter(row => isOther(row, label)),
      edits,
      random,
    )
    const sent = traces(context, { senders, hours }, random)
    return {
      names: sent.names,
      poison: (_row, _nth, chance) => copy && { ...sent.next(chance), ...copy(chance), label },
    }
  },
})

/** Makes copies of one of the rows, of its picture where it has one; null when none can be copied. */
function copier(rows: readonly Row[], edits: number, random: Random) {
  const able = rows.filter(row => isRaster(row.image) || (textOf(row.text) ?? '').trim().length >= 20)
  if (able.length === 0) return null
  const { image, text } = pick(able, random)
  if (isRaster(image)) return (chance: Random): Row => ({ image: variedCopy(image, edits, chance) })
  return (chance: Random): Row => ({ text: edited(textOf(text)!, edits, chance) })
}

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
