import { z } from 'zod'
import { detector, type RowId } from '../../core/index.ts'
import { localPatches, picturesOf, thumbnails } from '../../statistics/index.ts'
import { campaignsOf } from './campaign.ts'
import { contrasts } from './contrast.ts'
import { everywhere, rowsSearched } from './everywhere.ts'
import { besideOf, evidenceOf, flowOf, looksOf, wantedOf } from './evidence.ts'
import { NearPatches, widest } from './near-patches.ts'
import { recurringPatches } from './recurring.ts'
import { surpriseOf } from './surprise.ts'

/** Below this risk the finding blocks: far beyond one false alarm in a thousand tables. */
const certain = 1e-6
/** Fewer pictures, frames of one scene counted once, are no campaign yet. */
const fewestToBlock = 6

/**
 * The sticker on the stop sign: a small patch, anywhere in the picture, that goes with a label which the rest of the
 * picture does not explain.
 */
export default detector({
  id: 'repeated-patch',
  title: 'A patch that decides the label wherever it sits',
  threat: 'backdoor-trigger',
  input: { table: { image: 'any', label: 'category' } },
  cost: 'rescan',
  apart: true,

  options: z.object({
    risk: z
      .number()
      .positive()
      .max(0.5)
      .default(1e-3)
      .describe('Chance of naming any patch in an honest table, over all patches that are tried.'),
    minPictures: z
      .number()
      .int()
      .min(4)
      .default(5)
      .describe('Fewer pictures with the patch and the label are not named; frames of one scene count once.'),
  }),

  messages: {
    patch:
      '{agreeing} of the {rows} pictures that hold the same small patch are labelled "{label}", where their looks explain {explained}{taken}.',
  },

  async *detect({ table, options: { risk, minPictures }, claim, figure, notJudged }) {
    const { patches, small } = await table.measure({ patches: localPatches.request({}), small: thumbnails.request({}) })
    const { labels } = patches
    if (labels.length < 2 || patches.rows.length < 20) return
    if (patches.total > patches.rows.length)
      notJudged(`${patches.total - patches.rows.length} pictures beyond an even sample of ${patches.rows.length}`)
    const surprise = surpriseOf(small)
    if (surprise.classes < 2) return
    if (surprise.classes < labels.length)
      notJudged(`patches under ${labels.length - surprise.classes} labels beyond the most frequent ${surprise.classes}`)
    const near = new NearPatches(
      patches,
      patches.label.map((_, i) => i),
    )
    const recurring = recurringPatches(patches, surprise, near)
    const contrasting = contrasts(patches, surprise)
    const tests = Math.log(Math.max(1, recurring.tried + contrasting.tried) * widest)
    const found = { recurring: recurring.found, contrasting: contrasting.found }
    const first = campaignsOf(patches, surprise, near, found, Math.log(risk) - tests).filter(
      c => c.agreeing >= minPictures && c.members.length >= minPictures,
    )
    if (first.length === 0) return
    const rows = new Set<RowId>()
    for (const campaign of first) {
      for (const row of rowsSearched(campaign, surprise, patches.rows)) rows.add(row)
      for (const { picture } of wantedOf(campaign)) rows.add(patches.rows[picture]!)
      for (const i of besideOf(campaign, surprise)) rows.add(patches.rows[i]!)
    }
    const { seen } = await table.measure({ seen: picturesOf.request({ rows: [...rows].sort((a, b) => a - b) }) })
    const campaigns = first.map(c => everywhere(c, surprise, i => seen.pictures.get(patches.rows[i]!)))
    const shown = { patches, surprise, pictures: seen.pictures, labels, parts: table.parts }
    figure(flowOf(campaigns, surprise, labels))
    for (const campaign of campaigns) {
      const from = looksOf(campaign, surprise, labels).filter(({ label }) => label !== labels[campaign.label])
      const blocks = campaign.logChance + tests < Math.log(certain) && campaign.agreeing >= fewestToBlock
      const needed = (tests - Math.log(risk)) / Math.LN10
      yield claim('patch', blocks ? 'block' : 'hold', evidenceOf(campaign, shown, needed), {
        rows: campaign.members.map(m => patches.rows[m.picture]!),
        values: {
          explained: Number(campaign.expected.toFixed(1)),
          taken: from[0] ? `; most of the others look like "${from[0].label}"` : '',
        },
      })
    }
  },
})
