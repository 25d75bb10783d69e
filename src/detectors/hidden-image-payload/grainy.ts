import type { RowId } from '../../core/index.ts'
import type { PicturePayloads } from '../../statistics/index.ts'
import { middleOf } from './middle.ts'

/** Pictures whose lowest bits stand apart from those of the others. */
export interface Grainy {
  /** Most suspect first. */
  readonly rows: readonly RowId[]
  readonly share: number
  readonly usual: number
  /** So many that it is how this corpus was made. */
  readonly isCustom: boolean
}

/** Fewer pictures do not tell what is usual. */
const leastPictures = 30
const customShare = 0.2

/** Pictures that exceed both a fixed share and the spread of the corpus. */
export function grainy({ grain, grainRows }: PicturePayloads, least: number, times: number): Grainy {
  const none = { rows: [], share: 0, usual: 0, isCustom: false }
  if (grain.length === 0) return none
  const enough = grain.length >= leastPictures
  const middle = enough ? middleOf(grain) : 0
  const spread = enough ? 1.4826 * middleOf(grain.map(x => Math.abs(x - middle))) : 0
  // A handful of pictures is judged by what sample pairs say of any picture.
  const usual = Math.min(1, middle + times * spread)
  const bar = enough ? Math.max(least, usual) : Math.max(least, 0.85)
  const order = Array.from(grain.keys()).filter(k => grain[k]! >= bar && grain[k]! > 0)
  order.sort((a, b) => grain[b]! - grain[a]! || a - b)
  if (order.length === 0) return none
  return {
    rows: order.map(k => grainRows[k]!),
    share: middleOf(Float64Array.from(order, k => grain[k]!)),
    usual: bar,
    isCustom: order.length > customShare * grain.length && enough,
  }
}
