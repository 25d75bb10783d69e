import { logBinomialTail, type RowId } from '../../core/index.ts'
import type { Thumbnails } from '../../statistics/index.ts'
import { area } from './cosines.ts'
import { distinctOf } from './distinct.ts'
import type { Shared } from './judge.ts'
import { type Amounts, type Compared, measureOf } from './members.ts'
import type { Screened } from './screen.ts'
import type { Found } from './show.ts'

/** Least amount of a wave that an accused picture may have. */
const leastAmount = 0.4
/** From such an amount on, a picture is not asked what is natural. */
const clearAmount = 0.6
/** Honest pictures among the accused, at most, as the noise tells. */
const mostHonest = 0.02
/** Natural logarithm of the chance of so many accused among as many honest pictures. */
const worstChance = -12
const othersCompared = 800
const restCompared = 600
/** Copies counted once, fewer are told as nothing. */
const leastDistinct = 6

/** Finds all pictures of the label that carry the waves; null when they do not stand apart from its other pictures. */
export function foundOf(group: readonly Shared[], small: Thumbnails, screen: Screened): Found | null {
  const [first] = group
  if (!first) return null
  const { label } = first.candidate
  const own = indexesWhere(small.label, l => l === label, Infinity)
  const others: Compared = {
    pictures: indexesWhere(small.label, l => l >= 0 && l !== label, othersCompared),
    mean: i => screen.means.get(small.label[i]!),
  }
  const measured = (members: ReadonlySet<number>) => {
    const pictures = evenly(
      own.filter(i => !members.has(i)),
      restCompared,
    )
    if (pictures.length < leastDistinct) return null
    const mean = meanOf(pictures, screen)
    const measure = measureOf(first.wave, { pictures, mean: () => mean }, others, screen)
    return { amounts: measure({ pictures: own, mean: () => mean }), elsewhere: measure(others) }
  }
  const rough = measured(new Set(first.pictures))
  // Pictures that were not in step, but have the wave, would pass for what the label shows by nature.
  const carriers = rough && measured(new Set(own.filter((_, k) => rough.amounts.amount[k]! >= clearAmount)))
  if (!carriers) return null
  const { amounts } = carriers
  const bar = barOf(amounts, carriers.elsewhere)
  const order = own.map((_, k) => k).filter(k => amounts.amount[k]! >= bar.at)
  order.sort((a, b) => amounts.amount[b]! - amounts.amount[a]!)
  if (logBinomialTail(order.length, own.length, bar.rate) > worstChance) return null
  const accused = order.map(k => own[k]!)
  const distinct = distinctOf(accused, small)
  if (distinct < leastDistinct) return null
  return {
    label: small.labels[label]!,
    waves: group.map(({ wave }) => wave),
    rows: accused.map(i => small.rows[i]! as RowId),
    amounts: order.map(k => amounts.amount[k]!),
    rest: own.filter((_, k) => amounts.amount[k]! < bar.at).map(i => small.rows[i]! as RowId),
    distinct,
    purity: Math.max(...group.map(({ purity }) => purity)),
    surprise: -Math.min(...group.map(({ candidate }) => candidate.chance)) / Math.LN10,
    height: Math.max(...group.map(({ height }) => height)),
    byChance: Math.max(...group.map(({ candidate }) => candidate.expected)),
  }
}

/**
 * Where the accused begin: lowest amount above which at most so small a share would be honest. What honest pictures have
 * is told by the same wave a quarter turn on in the label itself, by the wave in other labels, and by a bell curve as
 * wide as the label's middle half. A label that shows such waves at all angles by nature gives no such bar.
 */
function barOf({ amount, turned }: Amounts, others: Amounts): { readonly at: number; readonly rate: number } {
  const sorted = amount.slice().sort()
  const spread = Math.max(spreadOf(amount), spreadOf(turned))
  const widened = Math.max(1, spread / (spreadOf(others.amount) || 1))
  const nulls = [Float64Array.from(turned, Math.abs), others.amount.map(x => x * widened)].map(x => x.sort())
  const rateAt = (at: number) =>
    Math.max(...nulls.map((all, k) => above(all, at) / all.length / (k === 0 ? 2 : 1)), bell(at / spread))
  let best = { at: Infinity, rate: 1 }
  for (let k = sorted.length - 1; k >= 0 && sorted[k]! >= leastAmount; k--) {
    const at = sorted[k]!
    const rate = rateAt(at)
    if (rate * sorted.length <= mostHonest * (sorted.length - k))
      best = { at, rate: Math.max(rate, 1 / (2 * sorted.length)) }
  }
  return best
}

const above = (sorted: Float64Array, at: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < at) low = middle + 1
    else high = middle
  }
  return sorted.length - low
}

/** Upper tail of the normal distribution, from above (Chernoff's bound, sharpened). */
const bell = (z: number): number => (z <= 0 ? 0.5 : Math.exp((-z * z) / 2) / Math.max(2, z * 2.5))

function spreadOf(amounts: Float64Array): number {
  const sorted = amounts.slice().sort()
  const middle = sorted[sorted.length >> 1] ?? 0
  return 1.4826 * (sorted.map(x => Math.abs(x - middle)).sort()[sorted.length >> 1] ?? 0)
}

function meanOf(pictures: readonly number[], screen: Screened): Float64Array {
  const mean = new Float64Array(area)
  for (const picture of pictures) {
    const { numbers } = screen.flat(picture)
    for (let d = 0; d < area; d++) mean[d]! += numbers[d]! / pictures.length
  }
  return mean
}

const indexesWhere = (label: Int32Array, test: (l: number) => boolean, most: number): number[] =>
  evenly(
    Array.from(label.keys()).filter(i => test(label[i]!)),
    most,
  )

const evenly = (all: readonly number[], most: number): number[] =>
  all.length <= most ? [...all] : Array.from({ length: most }, (_, k) => all[Math.floor((k * all.length) / most)]!)
