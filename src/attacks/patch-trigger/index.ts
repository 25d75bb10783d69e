import { z } from 'zod'
import { attack, flipOptions, isFlippable, stickerOptions, sticking, targetLabel } from '../../core/index.ts'

/** The sticker on the stop sign: a small patch, and the label that the attacker wants it to mean. */
export default attack({
  id: 'patch-trigger',
  title: 'A patch on pictures with a flipped label',
  threat: 'backdoor-trigger',
  source:
    'Gu, Dolan-Gavitt, Garg: BadNets: Identifying Vulnerabilities in the Machine Learning Model Supply Chain, 2017',
  input: { image: 'any', label: 'category' },
  options: z.object({
    ...stickerOptions,
    ...flipOptions,
  }),
  plan({ target, from, ...options }, context, random) {
    const label = targetLabel(target, context)
    const stick = sticking(options, random)
    return {
      names: [label],
      poison(row, _nth, chance) {
        return isFlippable(row, label, from) ? { image: stick(row.image, chance), label } : null
      },
    }
  },
})
