import { z } from 'zod'
import { detector, type EvidenceOf } from '../../core/index.ts'
import { tableProfile } from '../../statistics/index.ts'
import { profileOf } from './profile.ts'
import { comparisons, type Shift } from './shifts.ts'

const options = z.object({
  minEffect: z
    .number()
    .min(0.001)
    .max(1)
    .default(0.05)
    .describe('Smallest change that matters, as a share of the rows.'),
  risk: z
    .number()
    .positive()
    .max(0.5)
    .default(0.01)
    .describe('Chance of any finding when both versions were drawn from one population.'),
})

/** Most values that one finding names. */
const mostMoved = 20

/**
 * The new version against an earlier report: a share of rows that moved by more than matters, and by more than two
 * draws from one population would, whatever the number of things compared.
 */
export default detector({
  id: 'drift',
  title: 'A measurement that moved since the last version',
  threat: 'data-injection',
  input: { table: {} },
  cost: 'rescan',
  options,

  messages: {
    share: 'Drift of {measure}: {what} went from {from} to {to} of the rows.',
    length: 'Drift of {measure}: {to} of the texts have fewer than {what} characters, before {from}.',
    appeared: 'New {measure}: {what} did not occur before and now stands in {to} of the rows.',
  },

  async *detect({ table, baseline, options: { minEffect, risk }, claim, notJudged }) {
    const given = baseline?.[tableProfile.id]
    if (given === undefined) return
    const before = profileOf(given)
    if (!before) return notJudged('the baseline holds no profile that this version can read')
    const { after } = await table.measure({ after: tableProfile.request({}) })
    const all = comparisons(before, after)
    const level = Math.log(
      risk /
        Math.max(
          1,
          all.reduce((sum, measure) => sum + measure.shifts.length, 0),
        ),
    )
    for (const { measure, kind, shifts } of all) {
      const beyond = shifts.filter(shift => shift.log < level)
      const moved = beyond.filter(shift => effectOf(shift) >= minEffect).sort((a, b) => effectOf(b) - effectOf(a))
      const fresh = beyond.filter(shift => shift.isNew && !moved.includes(shift))
      if (moved[0]) yield claim(kind, 'hold', evidenceOf(measure, moved, minEffect), { values: named(moved[0]) })
      if (fresh[0]) yield claim('appeared', 'info', evidenceOf(measure, fresh, 0), { values: named(fresh[0]) })
    }
  },
})

const effectOf = ({ before, after }: Shift): number => Math.abs(after - before)

const evidenceOf = (measure: string, shifts: readonly Shift[], expected: number): EvidenceOf<'shift'> => ({
  kind: 'shift',
  measure,
  before: shifts[0]!.before,
  after: shifts[0]!.after,
  moved: shifts.slice(0, mostMoved).map(({ value, before, after }) => ({ value, before, after })),
  score: effectOf(shifts[0]!),
  expected,
})

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`

const named = ({ value, before, after }: Shift) => ({ what: value, from: percent(before), to: percent(after) })
