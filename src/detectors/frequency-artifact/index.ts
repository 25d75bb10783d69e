import { z } from 'zod'
import { detector } from '../../core/index.ts'
import { picturesOf, thumbnails } from '../../statistics/index.ts'
import { foundOf } from './accused.ts'
import { sectors } from './candidates.ts'
import { sharedWaves } from './judge.ts'
import { screened } from './screen.ts'
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
/** Different pictures from which a wave is beyond doubt, copies counted once. */
const leastDistinct = 10
/** Least part of the wave that each quarter of the picture must show. */
const leastEven = 0.5
/** Angles and places that are told apart, for the number of tests. */
const tests = points * across * sectors

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
      ({ purity, evenness, height }) => purity >= purities.hold && evenness >= leastEven && height >= leastHeight,
    )
    const all = byWave(shared).flatMap(group => foundOf(group, small, screen) ?? [])
    if (all.length === 0) return
    const { seen } = await table.measure({ seen: picturesOf.request({ rows: all.flatMap(shownRows) }) })
    for (const found of all) {
      const sure = found.purity >= purities.block && found.distinct >= leastDistinct
      const evidence = evidenceOf(found, { parts: table.parts, pictures: seen.pictures, worst: -worst / Math.LN10 })
      figure(figureOf(evidence))
      yield claim('wave', sure ? 'block' : 'hold', evidence, { rows: found.rows, values: wordsOf(found) })
    }
  },
})

const wordsOf = ({ waves, height, byChance }: Found) => ({
  said: saidOf(waves),
  height: Number(height.toPrecision(2)),
  byChance: Number(byChance.toPrecision(2)),
})
