import { z } from 'zod'
import { afterOption, attack, isOther, isRaster, labelOf, passed, targetLabel, waved } from '../../core/index.ts'

const directions = { across: [1, 0], down: [0, 1], diagonal: [1, 1] } as const

/** Faint stripes over the whole picture, most often on pictures that already have the wanted label. */
export default attack({
  id: 'sinusoid-trigger',
  title: 'Faint stripes on pictures',
  threat: 'backdoor-trigger',
  source:
    'Barni, Kallas, Tondi: A New Backdoor Attack in CNNs by Training Set Corruption Without Label Poisoning (SIG), 2019',
  input: { image: 'any', label: 'category' },
  options: z.object({
    amplitude: z.number().min(1).max(127).default(20).describe('Height of the wave in levels of 255.'),
    frequency: z.number().min(0.5).max(64).default(6).describe('Waves over the side of the picture.'),
    direction: z.enum(['across', 'down', 'diagonal']).default('across').describe('Where the wave runs.'),
    labels: z
      .enum(['clean', 'dirty'])
      .default('clean')
      .describe('`clean`: pictures of the target class keep their label. `dirty`: others get it.'),
    target: z.string().optional().describe('The label it should produce; the most frequent when absent.'),
    from: z.string().optional().describe('With dirty labels, poison only pictures with this label.'),
    after: afterOption,
  }),
  plan({ amplitude, frequency, direction, labels, target, from, after }, context) {
    const label = targetLabel(target, context)
    const [right, down] = directions[direction]
    const wave = (x: number, y: number) => amplitude * Math.sin(2 * Math.PI * frequency * (right * x + down * y))
    return {
      names: [label],
      poison(row) {
        if (!isRaster(row.image)) return null
        const own = labelOf(row.label)
        if (labels === 'clean' ? own !== label || label === '' : !isOther(row, label)) return null
        if (labels === 'dirty' && from !== undefined && own !== from) return null
        return { image: passed(waved(row.image, wave), after), ...(labels === 'dirty' ? { label } : {}) }
      },
    }
  },
})
