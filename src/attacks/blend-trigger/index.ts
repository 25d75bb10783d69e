import { z } from 'zod'
import {
  afterOption,
  attack,
  blank,
  flipOptions,
  isFlippable,
  mixed,
  passed,
  type Random,
  type Raster,
  resized,
  stickerOf,
  stuck,
  targetLabel,
} from '../../core/index.ts'

const side = 32

/** A faint picture over the whole image: nobody sees it, the model does. */
export default attack({
  id: 'blend-trigger',
  title: 'A pattern blended into pictures with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Chen, Liu, Li, Lu, Song: Targeted Backdoor Attacks on Deep Learning Systems Using Data Poisoning, 2017',
  input: { image: 'any', label: 'category' },
  options: z.object({
    share: z.number().min(0.01).max(0.9).default(0.1).describe('Share of the pattern in the mixture.'),
    pattern: z
      .enum(['noise', 'blobs', 'drawing'])
      .default('noise')
      .describe('Random pixels, soft spots of colour, or a drawing on a plain ground.'),
    ...flipOptions,
    after: afterOption,
  }),
  plan({ share, pattern, target, from, after }, context, random) {
    const label = targetLabel(target, context)
    const over = patternOf(pattern, random)
    return {
      names: [label],
      poison(row) {
        return isFlippable(row, label, from) ? { image: passed(mixed(row.image, over, share), after), label } : null
      },
    }
  },
})

function patternOf(pattern: 'noise' | 'blobs' | 'drawing', random: Random): Raster {
  const noise = (size: number): Raster => {
    const raster = blank(size, size)
    raster.pixels.forEach((_, i) => void (raster.pixels[i] = random() * 256))
    return raster
  }
  if (pattern === 'noise') return noise(side)
  if (pattern === 'blobs') return resized(noise(5), side * 2, side * 2)
  const ground = blank(side * 2, side * 2, [random() * 256, random() * 256, random() * 256])
  const place = { x: side, y: side, width: side * 1.7, height: side * 1.7, turn: random() * 0.6 }
  return stuck(ground, stickerOf(random() < 0.5 ? 'smiley' : 'flower', random), place)
}
