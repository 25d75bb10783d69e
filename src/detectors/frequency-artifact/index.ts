import { z } from 'zod'
import { detector, logBinomialTail, type RowId } from '../../core/index.ts'
import { picturesOf, type Thumbnails, thumbnails } from '../../statistics/index.ts'
import { distinctOf } from './distinct.ts'
import { amountsOf, type Shared, sharedWaves } from './judge.ts'
import { type Screened, screened } from './screen.ts'
import { byWave, evidenceOf, type Found, figureOf, saidOf, shownRows } from './show.ts'
import { across, points } from './spectrum.ts'

const options = z.object({
  risk: z
    .number()
    .positive()
    .max(1)
    .default(0.001)
    .describe('Expected number of waves that chance alone would put into step in an honest corpus.'),
  leastHeight: z.number().min(0).max(127).default(1.5).describe('Lowest wave that is told, in grey levels.'),
  budget: z.number().int().min(200).max(60_000).default(3000).describe('Pictures that are screened for waves.'),
})

/** Share of what the pictures have in common that must be the wave; from the second on it is beyond doubt. */
const purities = { hold: 0.3, block: 0.4 }
/** Different pictures, copies counted once. */
const leastDistinct = { hold: 6, block: 10 }
/** Angles and places that are told apart, for the number of tests. */
const tests = 3 * points * across * 8
/** Least amount of a wave that a picture of the label must have to be accused, and those of others that may have it. */
const leastAmount = 0.45
/** What most pictures of the label show by themselves, and how many spreads above it a wave begins. */
const natural = { most: 0.3, spreads: 3.5 }
const othersCompared = 1500

/**
 * A wave over the whole picture hides in its colours, but not in its spectrum: it stands at one place, with one angle, in
 * pictures that are otherwise different. We look for labels whose pictures are in step.
 */
export default detector({
  id: 'frequency-artifact',
  title: 'A faint wave over pictures of one label',
  threat: 'backdoor-trigger',
  also: ['clean-label'],
  input: { table: { image: 'any', label: 'category' } },
  cost: 'rescan',
  options,
  messages: {
    wave: '{rows} pictures labelled "{label}" carry the same faint wave: {said}, {height} grey levels high, in step. Chance would put {byChance} of them into step.',
  },

  async *detect({ table, options: { risk, leastHeight, budget }, claim, figure, notJudged }) {
    const { small } = await table.measure({ small: thumbnails.request({}) })
    if (small.rows.length < 20 || small.labels.length === 0) return
    if (small.rows.length > budget)
      notJudged(`waves that are rarer than in ${budget} of ${small.rows.length} pictures, an even sample of each label`)
    const screen = screened(small, budget)
    const worst = Math.log(risk / (tests * small.labels.length))
    const shared = sharedWaves(small, screen, worst).filter(
      ({ purity, height }) => purity >= purities.hold && height >= leastHeight,
    )
    const all = byWave(shared).flatMap(group => foundOf(group, small, screen) ?? [])
    if (all.length === 0) return
    const { seen } = await table.measure({ seen: picturesOf.request({ rows: all.flatMap(shownRows) }) })
    for (const found of all) {
      const sure = found.purity >= purities.block && found.distinct >= leastDistinct.block
      const evidence = evidenceOf(found, { parts: table.parts, pictures: seen.pictures, worst: -worst / Math.LN10 })
      figure(figureOf(evidence))
      yield claim('wave', sure ? 'block' : 'hold', evidence, { rows: found.rows, values: wordsOf(found) })
    }
  },
})

/** Finds all pictures of the label that carry the waves; null when too few different ones do. */
function foundOf(group: readonly Shared[], small: Thumbnails, screen: Screened): Found | null {
  const [first] = group
  if (!first) return null
  const { label } = first.candidate
  const waves = group.map(({ wave }) => wave)
  const own = indexesWhere(small.label, l => l === label, Infinity)
  const others = indexesWhere(small.label, l => l !== label, othersCompared)
  const amounts = amountsOf(waves, own, screen)
  const elsewhere = amountsOf(waves, others, screen).sort()
  const bar = Math.max(leastAmount, elsewhere[Math.floor(elsewhere.length * 0.995)] ?? 0, ownBar(amounts))
  const order = own
    .map((_, k) => k)
    .filter(k => amounts[k]! >= bar)
    .sort((a, b) => amounts[b]! - amounts[a]!)
  const accused = order.map(k => own[k]!)
  const reaching = elsewhere.filter(amount => amount >= bar).length / Math.max(1, elsewhere.length)
  if (logBinomialTail(accused.length, own.length, Math.max(reaching, 1 / (others.length + 1))) > -12) return null
  const distinct = distinctOf(accused, small)
  if (distinct < leastDistinct.hold) return null
  const rest = own.filter((_, k) => amounts[k]! < bar)
  return {
    label: small.labels[label]!,
    waves,
    rows: accused.map(i => small.rows[i]! as RowId),
    amounts: order.map(k => amounts[k]!),
    rest: rest.map(i => small.rows[i]! as RowId),
    distinct,
    purity: Math.max(...group.map(({ purity }) => purity)),
    surprise: -Math.min(...group.map(({ candidate }) => candidate.chance)) / Math.LN10,
    height: Math.max(...group.map(({ height }) => height)),
    byChance: Math.max(...group.map(({ candidate }) => candidate.expected)),
  }
}

/** Above what the label's own pictures have by their nature; 0 where most of them carry the wave. */
function ownBar(amounts: Float64Array): number {
  const sorted = amounts.slice().sort()
  const middle = sorted[sorted.length >> 1] ?? 0
  if (middle > natural.most) return 0
  const spread = 1.4826 * (sorted.map(x => Math.abs(x - middle)).sort()[sorted.length >> 1] ?? 0)
  return Math.min(0.8, middle + natural.spreads * spread)
}

function indexesWhere(label: Int32Array, test: (l: number) => boolean, most: number): number[] {
  const all = Array.from(label.keys()).filter(i => test(label[i]!))
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, k) => all[Math.floor((k * all.length) / most)]!)
}

const wordsOf = ({ waves, height, byChance }: Found) => ({
  said: saidOf(waves),
  height: Number(height.toPrecision(2)),
  byChance: Number(byChance.toPrecision(2)),
})
