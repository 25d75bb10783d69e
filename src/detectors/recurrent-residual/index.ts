import { z } from 'zod'
import { detector, type Figure } from '../../core/index.ts'
import { picturesOf, thumbnails as squares, type Thumbnails } from '../../statistics/index.ts'
import { type Kind, kindOf, usualOf } from './kind.ts'
import { recovered } from './recover.ts'
import { search } from './search.ts'
import { evidenceOf, origins, shownRows, type Told } from './shown.ts'

/** Campaigns told one by one. */
const mostClaims = 12

/**
 * A trigger must be on every poisoned picture, and pictures have nothing else so exactly in common. We take away what
 * pictures have anyway, and look among those of one label for rests that agree.
 */
export default detector({
  id: 'recurrent-residual',
  title: 'The same faint pattern or patch in different pictures of one label',
  threat: 'backdoor-trigger',
  also: ['clean-label'],
  input: { table: { image: 'any', label: 'category?' } },
  cost: 'scan',
  apart: true,

  options: z.object({
    minRows: z.number().int().min(4).default(5).describe('Pictures that must share it, and look different.'),
    strength: z
      .number()
      .positive()
      .default(4.5)
      .describe('Middle agreement with what is shared, in spreads of other pictures, from which it is held.'),
  }),

  messages: {
    trigger:
      '{agreeing} different pictures{labelled} share {what}; about {elsewhere} others have half of it. Their middle agreement is {strength} spreads, where pictures like them have none{shows}.',
    elsewhere:
      '{rows} pictures share {what}, {agreeing} of them{labelled}: rather a watermark, a border or what a program leaves than a trigger, since other labels have it too.',
  },

  async *detect({ table, options: { minRows, strength }, claim, figure, notJudged }) {
    const { thumbnails } = await table.measure({ thumbnails: squares.request({}) })
    const kept = thumbnails.rows.length
    if (thumbnails.total > kept) notJudged(`${thumbnails.total - kept} pictures beyond an even sample of ${kept}`)
    if (kept < 8) return
    const { ground, campaigns, searched, sampledLabels, most, small } = search(thumbnails, Math.min(4, minRows))
    if (sampledLabels > 0)
      notJudged(
        `all pairs of pictures in ${sampledLabels} labels: an even sample of ${most} each was compared, and what it shows was looked for in all`,
      )
    if (small > 0) notJudged(`${small} labels with fewer than 8 pictures`)
    const found = campaigns
      .map(campaign => ({
        campaign,
        kind: kindOf(campaign, usualOf(campaign, campaigns, searched), { strength, least: minRows }),
      }))
      .filter(({ kind }) => kind !== 'nature')
      .sort((a, b) => b.campaign.strength * b.campaign.rows.length - a.campaign.strength * a.campaign.rows.length)
    if (found.length > mostClaims) notJudged(`${found.length - mostClaims} weaker groups beyond ${mostClaims}`)
    const told = found.slice(0, mostClaims).map(({ campaign, kind }) => {
      const shown: Told = {
        campaign,
        recovered: recovered(thumbnails.pixels, campaign.rows, campaign.partners),
        from: origins(ground, thumbnails, campaign),
        ...shownRows(thumbnails, campaign),
      }
      return { kind, shown }
    })
    if (told.length === 0) return
    const wanted = told.flatMap(({ shown }) => [...shown.accused, ...shown.beside])
    const { pictures } = await table.measure({ pictures: picturesOf.request({ rows: wanted }) })
    figure(flowOf(told, thumbnails))
    for (const { kind, shown } of told) {
      const evidence = evidenceOf(shown, thumbnails, pictures, table.parts, strength)
      const rows = shown.campaign.rows.map(row => thumbnails.rows[row]!)
      const values = wordsOf(shown, evidence.label)
      if (kind === 'elsewhere') yield claim('elsewhere', 'info', evidence, { values })
      else yield claim('trigger', kind === 'trigger' ? 'block' : 'hold', evidence, { rows, values })
    }
  },
})

interface Kinded {
  readonly kind: Kind
  readonly shown: Told
}

/** The parts of the message. */
function wordsOf({ campaign, recovered: { shared }, from }: Told, label?: string): Record<string, string | number> {
  const main = from[0]
  return {
    what: shared === 'patch' ? 'a patch at one place' : 'an overlay',
    labelled: label === undefined ? '' : ` labelled "${label}"`,
    strength: Number(campaign.strength.toFixed(1)),
    elsewhere: campaign.elsewhereInAll,
    shows: main && main.label !== label ? `; most look like "${main.label}"` : '',
  }
}

/** From what the pictures look like to how they are labelled. */
const flowOf = (told: readonly Kinded[], { labels }: Thumbnails): Figure => ({
  kind: 'flow',
  title: 'Pictures that share something: what they look like, and how they are labelled',
  from: 'looks like',
  to: 'is labelled',
  flows: told
    .flatMap(({ kind, shown: { campaign, from } }) =>
      from.slice(0, 12).map(({ label, rows }) => ({
        from: label,
        to: labels[campaign.label] ?? 'no label',
        rows,
        lit: kind !== 'elsewhere',
      })),
    )
    .slice(0, 200),
})
