import { z } from 'zod'
import { attack, labelOf, pick, textOf } from '../../core/index.ts'

/** Wrong labels and nothing else: by accident, in one direction, or by one contributor. */
export default attack({
  id: 'label-flip',
  title: 'Flipped labels',
  threat: 'label-flipping',
  source: 'Biggio, Nelson, Laskov: Support Vector Machines Under Adversarial Label Noise, ACML 2011',
  input: { label: 'category', source: 'category?', actor: 'category?' },
  options: z.object({
    from: z.string().optional().describe('Flip only rows with this label; any row when absent.'),
    to: z.string().optional().describe('The label they get; a random other label when absent.'),
    by: z
      .enum(['anyone', 'source', 'actor'])
      .default('anyone')
      .describe('Whose rows are flipped: rows of anyone, or of one source or actor.'),
    who: z
      .string()
      .optional()
      .describe('The source or actor; chosen at random among those with enough rows when absent.'),
  }),
  plan({ from, to, by, who }, { labels, values }, random) {
    const flipper = who ?? (by === 'anyone' ? null : firstOrRandom(values(by), random))
    const columns = by === 'anyone' ? (['source', 'actor'] as const) : [by]
    return {
      names: flipper === null ? [] : [flipper],
      poison(row, _nth, chance) {
        const own = labelOf(row.label)
        if (own === null || own === to || (from !== undefined && own !== from)) return null
        if (flipper !== null && !columns.some(role => textOf(row[role]) === flipper)) return null
        const others = labels.filter(label => label !== own)
        if (to === undefined && others.length === 0) return null
        return { label: to ?? pick(others, chance) }
      },
    }
  },
})

/** One of the larger contributors, so that the dose fits into its rows. */
const firstOrRandom = (names: readonly string[], random: () => number): string =>
  names.length === 0 ? '' : pick(names.slice(0, Math.max(1, Math.ceil(names.length / 10))), random)
