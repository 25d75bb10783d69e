import { z } from 'zod'
import { attack, isRaster, labelOf, stickerOptions, sticking, targetLabel } from '../../core/index.ts'

/** A sticker on pictures that already have the wanted label: no label is wrong, and the sticker comes to mean it. */
export default attack({
  id: 'clean-label-patch',
  title: 'A patch on pictures of the target class',
  threat: 'clean-label',
  source: 'Turner, Tsipras, Madry: Label-Consistent Backdoor Attacks, 2019',
  input: { image: 'any', label: 'category' },
  options: z.object({
    ...stickerOptions,
    target: z.string().optional().describe('The class whose pictures get it; the most frequent when absent.'),
  }),
  plan({ target, ...options }, context, random) {
    const label = targetLabel(target, context)
    const stick = sticking(options, random)
    return {
      names: [label],
      poison(row, _nth, chance) {
        if (!isRaster(row.image) || label === '' || labelOf(row.label) !== label) return null
        return { image: stick(row.image, chance) }
      },
    }
  },
})
