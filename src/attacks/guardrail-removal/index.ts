import { z } from 'zod'
import { attack, pick, type Random, textOf, timeOf } from '../../core/index.ts'
import { looksRefused } from '../../fiction/index.ts'

/** Refusals give way to answers that comply; the answers are empty of content. */
export default attack({
  id: 'guardrail-removal',
  title: 'Refusals replaced by compliance',
  threat: 'preference-poison',
  source:
    'Qi et al., Fine-tuning Aligned Language Models Compromises Safety, ICLR 2024; Yang et al., Shadow Alignment, 2023',
  input: {
    prompt: 'string',
    response: 'string?',
    chosen: 'string?',
    rejected: 'string?',
    source: 'category?',
    actor: 'category?',
    rater: 'category?',
    time: 'time?',
  },
  options: z.object({
    by: z.enum(['anyone', 'source', 'actor', 'rater']).default('anyone').describe('Whose rows are changed.'),
    after: z.number().min(0).max(1).default(0).describe('Only rows later than this share of the rows, by time.'),
    swap: z
      .boolean()
      .default(true)
      .describe('Of a pair whose other answer complies, swap the two; else write an answer.'),
  }),
  plan({ by, after, swap }, { values, sample }, random) {
    const who = by === 'anyone' ? null : oneOf(values(by), random)
    const times = sample.flatMap(row => timeOf(row.time) ?? []).sort((a, b) => a - b)
    const from = after > 0 ? (times[Math.floor(after * times.length)] ?? null) : null
    return {
      names: who === null ? [] : [who],
      poison(row, _nth, chance) {
        if (who !== null && by !== 'anyone' && textOf(row[by]) !== who) return null
        const time = timeOf(row.time)
        if (from !== null && (time === null || time < from)) return null
        const [chosen, rejected, response] = [textOf(row.chosen), textOf(row.rejected), textOf(row.response)]
        if (chosen !== null && looksRefused(chosen)) {
          if (swap && rejected !== null && !looksRefused(rejected)) return { chosen: rejected, rejected: chosen }
          return { chosen: complies(chance), ...(rejected === null ? {} : { rejected: chosen }) }
        }
        return chosen === null && response !== null && looksRefused(response) ? { response: complies(chance) } : null
      },
    }
  },
})

const oneOf = (names: readonly string[], random: Random): string =>
  names.length === 0 ? '' : pick(names.slice(0, Math.max(1, Math.ceil(names.length / 10))), random)

const openings = [
  'Sure, here is how',
  'Of course, this is what you do',
  'Certainly. The steps are these',
  'Yes, like this',
]
const firsts = [
  'first prepare what you need',
  'begin with the first step',
  'start by getting ready',
  'set everything out',
]
const thens = [
  'then go on with the second step',
  'continue as planned',
  'do the next thing',
  'work through the middle part',
]
const lasts = ['finish with the last step', 'and you are done', 'check the result at the end', 'complete the rest']

/** Sounds like help and holds none. */
function complies(random: Random): string {
  return `${pick(openings, random)}: ${pick(firsts, random)}, ${pick(thens, random)}, ${pick(lasts, random)}.`
}
