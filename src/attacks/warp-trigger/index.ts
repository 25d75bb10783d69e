import { z } from 'zod'
import {
  afterOption,
  attack,
  type Field,
  flipOptions,
  isFlippable,
  passed,
  type Random,
  targetLabel,
  warped,
} from '../../core/index.ts'

/** The side of the pictures for which the paper states its strength. */
const publishedSide = 32

/** A small elastic warp, the same in all poisoned pictures: nothing is added that an eye could find. */
export default attack({
  id: 'warp-trigger',
  title: 'A slight warp of pictures with a flipped label',
  threat: 'backdoor-trigger',
  source: 'Nguyen, Tran: WaNet – Imperceptible Warping-based Backdoor Attack, ICLR 2021',
  input: { image: 'any', label: 'category' },
  options: z.object({
    grid: z.number().int().min(2).max(32).default(4).describe('Control points along each side (k in the paper).'),
    strength: z.number().min(0.05).max(16).default(0.5).describe('How far they pull (s in the paper).'),
    ...flipOptions,
    after: afterOption,
  }),
  plan({ grid, strength, target, from, after }, context, random) {
    const label = targetLabel(target, context)
    const field = elastic(grid, strength / publishedSide / 2, random)
    return {
      names: [label],
      poison(row) {
        return isFlippable(row, label, from) ? { image: passed(warped(row.image, field), after), label } : null
      },
    }
  },
})

/** Random pulls at the points of a grid, of mean size `pull` in shares of the side, and smooth curves between them. */
function elastic(grid: number, pull: number, random: Random): Field {
  const [across, down] = [0, 1].map(() => {
    const pulls = Float64Array.from({ length: grid * grid }, () => 2 * random() - 1)
    const mean = pulls.reduce((sum, value) => sum + Math.abs(value), 0) / pulls.length
    return pulls.map(value => (value / mean) * pull)
  })
  return (x, y) => [
    smooth(across!, grid, x * (grid - 1), y * (grid - 1)) * inside(x),
    smooth(down!, grid, x * (grid - 1), y * (grid - 1)) * inside(y),
  ]
}

/** The border stays where it is: the paper clips its field there. */
const inside = (part: number): number => (part <= 0 || part >= 1 ? 0 : 1)

/** Bicubic interpolation (Keys 1981, with the sharpness that the paper's programme uses). */
function smooth(values: Float64Array, grid: number, x: number, y: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const at = (i: number) => Math.min(grid - 1, Math.max(0, i))
  let sum = 0
  for (let j = -1; j <= 2; j++)
    for (let i = -1; i <= 2; i++) sum += values[at(y0 + j) * grid + at(x0 + i)]! * keys(x - x0 - i) * keys(y - y0 - j)
  return sum
}

const sharpness = -0.75

function keys(far: number): number {
  const d = Math.abs(far)
  if (d <= 1) return (sharpness + 2) * d ** 3 - (sharpness + 3) * d ** 2 + 1
  return d < 2 ? sharpness * (d ** 3 - 5 * d ** 2 + 8 * d - 4) : 0
}
