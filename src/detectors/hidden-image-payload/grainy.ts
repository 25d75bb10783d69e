import { logNormalTail, type RowId } from '../../core/index.ts'
import type { PicturePayloads } from '../../statistics/index.ts'
import { middleOf } from './middle.ts'

/** Pictures whose lowest bits stand apart from those of the others. */
export interface Grainy {
  /** Most suspect first. */
  readonly rows: readonly RowId[]
  /** The middle comb of those, in deviations. */
  readonly comb: number
  /** The largest comb that the same pictures show with their samples moved by one: what chance brings. */
  readonly chance: number
  /** So many that it is how this corpus was made. */
  readonly isCustom: boolean
}

const customShare = 0.2
/** Views of one picture, of which the largest comb counts. */
const views = 5
/** Pictures as far out on the other side, per accused picture, from which the combs are how this corpus is made. */
const mirrored = 0.1

/**
 * Pictures whose comb is beyond chance: at least `least` deviations, and by the step-up rule of Benjamini and Hochberg
 * with a rate of false discoveries of `risk`. A corpus whose combs spread more than chance does, to either side, has
 * that spread as its deviation.
 */
export function grainy({ grainRows, replaced, moved }: PicturePayloads, least: number, risk: number): Grainy {
  const none = { rows: [], comb: 0, chance: 0, isCustom: false }
  const count = replaced.length
  if (count === 0) return none
  const spread = Math.max(1, 1.4826 * middleOf(replaced.map((x, k) => Math.abs(x - moved[k]!) / 2)))
  const order = Array.from(replaced.keys()).sort((a, b) => replaced[b]! - replaced[a]! || a - b)
  const logChance = (k: number) => logNormalTail(replaced[k]! / spread) + Math.log(views / 2)
  const last = order.findLastIndex(
    (k, nth) => replaced[k]! >= least * spread && logChance(k) <= Math.log((risk * (nth + 1)) / count),
  )
  const found = order.slice(0, last + 1)
  if (found.length === 0) return none
  const bar = replaced[found.at(-1)!]!
  const beyond = moved.reduce((n, x) => n + Number(x >= bar), 0)
  if (beyond > mirrored * found.length) return none
  return {
    rows: found.map(k => grainRows[k]!),
    comb: middleOf(Float64Array.from(found, k => replaced[k]!)),
    chance: moved.reduce((most, x) => Math.max(most, x), 0),
    isCustom: found.length > customShare * count && count >= 30,
  }
}
