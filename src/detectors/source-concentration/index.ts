import { z } from 'zod'
import {
  detector,
  type EvidenceOf,
  labelOf,
  nearDuplicatesDefaults,
  type Part,
  type Row,
  type RowId,
  rowRef,
  textModelDefaults,
  textOf,
} from '../../core/index.ts'
import { labelCounts, nearDuplicates, rowSample, rowsOf, textModel } from '../../statistics/index.ts'
import { type Excess, excesses } from './excess.ts'
import { type Group, groupsOf } from './groups.ts'
import { contradicted, copied, labelled, sureness } from './marks.ts'
import { refrains } from './phrases.ts'
import { type Choir, candidates, choirs, wantedRows } from './refrain.ts'

/** Groups told one by one, of each kind. */
const mostClaims = 10
/** Labels whose share is compared between contributors. */
const mostLabels = 8

/**
 * Whoever poisons data must send it from somewhere. Honest contributors differ in what they send, so their mix of
 * labels is no evidence; labels that their own texts contradict, and one refrain from sudden senders, are.
 */
export default detector({
  id: 'source-concentration',
  title: 'Contributors and times with more than their share of suspicion',
  threat: 'data-injection',
  input: {
    table: { text: 'string', label: 'category', source: 'category?', actor: 'category?', time: 'time?' },
  },
  cost: 'rescan',

  options: z.object({
    risk: z
      .number()
      .positive()
      .max(0.1)
      .default(0.01)
      .describe('Chance, over all contributors and times, that an honest one is held.'),
    share: z
      .number()
      .min(0)
      .max(1)
      .default(0.15)
      .describe('Least share of its rows by which a contributor exceeds the others.'),
  }),

  messages: {
    contradicts:
      '{role} "{value}": the text of {suspect} of {rows} rows contradicts their label, where {expectedSuspect} would be usual.',
    refrain:
      '{suspect} of {rows} rows of {role} {value} say "{phrase}", nearly all with one label; others hardly ever say it.',
    copies: '{role} "{value}": {suspect} of {rows} rows repeat other rows, where {expectedSuspect} would be usual.',
    mix: '{role} "{value}": {suspect} of {rows} rows are labelled "{label}", where {expectedSuspect} would be usual.',
  },

  async *detect({ table, options: { risk, share }, claim, figure, notJudged }) {
    const roles = (['source', 'actor', 'time', 'label'] as const).filter(role => table.has(role))
    if (roles.length === 1) return notJudged('no column says who sent a row or when')
    const { sample, model, near, labels } = await table.measure({
      sample: rowSample.request({ roles, limit: 200_000, seed: 1 }),
      model: textModel.request(textModelDefaults),
      near: nearDuplicates.request(nearDuplicatesDefaults),
      labels: labelCounts.request({ limit: mostLabels }),
    })
    if (!sample.complete)
      notJudged(`all rows of a contributor: ${sample.rows.length} of ${sample.total} rows were drawn`)
    const groups = groupsOf(sample)
    if (groups.length === 0) return
    const suspect = excesses(groups, contradicted(model), sureness)
    const copies = copied(near)
    const copying = excesses(groups, () => copies, 1)
    const few = candidates(groups, sample)
    const named = [suspect, copying].flatMap(all => strongest(all, risk, share).map(e => e.group))
    const wanted = [...wantedRows(few, sample), ...named.slice(0, 2 * mostClaims).flatMap(g => g.rows.slice(0, 8))]
    const { found } = await table.measure({ found: rowsOf.request({ rows: wanted, roles: ['text', 'label'] }) })
    const about: About = { parts: table.parts, cells: found.rows, risk, tests: groups.length }
    figure(bars(suspect, risk, share))

    for (const one of strongest(suspect, risk, share).slice(0, mostClaims))
      yield claim('contradicts', severityOf(one), excessEvidence(one, about), { rows: one.marked })
    for (const choir of choirs(refrains(few, found.rows), groups.filter(g => g.role !== 'time').length).slice(
      0,
      mostClaims,
    ))
      yield claim('refrain', 'hold', choirEvidence(choir, about), {
        rows: choir.rows,
        values: { phrase: choir.phrase },
      })
    for (const one of strongest(copying, risk, share).slice(0, mostClaims))
      yield claim('copies', 'info', excessEvidence(one, about), { rows: one.marked })
    const mixes = labels.labels.flatMap(({ label }) => {
      const mark = labelled(sample, label)
      return strongest(
        excesses(groups, () => mark, 1),
        risk / mostLabels,
        share,
      ).map(one => ({ one, label }))
    })
    mixes.sort((a, b) => a.one.logChance - b.one.logChance)
    for (const { one, label } of mixes.slice(0, mostClaims))
      yield claim('mix', 'info', excessEvidence(one, about), { values: { label } })
  },
})

interface About {
  readonly parts: readonly Part[]
  readonly cells: ReadonlyMap<RowId, Row>
  readonly risk: number
  readonly tests: number
}

/** Groups beyond chance over all groups tested, with enough suspect rows to matter, the least likely first. */
function strongest(all: readonly Excess[], risk: number, share: number): Excess[] {
  const limit = Math.log(risk / Math.max(1, all.length))
  const beyond = all.filter(e => e.logChance < limit && e.marked.length - e.expected >= share * e.judged)
  return beyond.sort((a, b) => a.logChance - b.logChance)
}

/** Labels of a contributor that mostly contradict its texts, far beyond how honest contributors differ, stop a training. */
const severityOf = ({ marked, judged, logChance }: Excess): 'hold' | 'block' =>
  marked.length >= 0.5 * judged && marked.length >= 20 && logChance < Math.log(1e-9) ? 'block' : 'hold'

const bars = (all: readonly Excess[], risk: number, share: number) => {
  const lit = new Set(strongest(all, risk, share))
  const shown = [...all].sort((a, b) => a.logChance - b.logChance).slice(0, 30)
  return {
    kind: 'bars' as const,
    title: 'Rows whose text contradicts their label, by contributor and time',
    x: 'rows',
    bars: shown.map(e => ({ name: nameOf(e.group), value: e.marked.length, of: e.judged, lit: lit.has(e) })),
  }
}

const nameOf = ({ role, value }: Group): string => `${role} ${value}`.slice(0, 60)

function examplesOf(rows: readonly RowId[], { parts, cells }: About) {
  const known = rows.filter(row => cells.has(row)).slice(0, 8)
  return known.map(row => {
    const cell = cells.get(row)!
    return rowRef({ parts, row, text: textOf(cell.text), label: labelOf(cell.label) })
  })
}

const excessEvidence = ({ group, marked, judged, expected, logChance }: Excess, about: About): EvidenceOf<'group'> => ({
  kind: 'group',
  role: group.role,
  value: group.value,
  rows: judged,
  suspect: marked.length,
  expectedSuspect: expected,
  score: -logChance / Math.LN10,
  expected: -Math.log10(about.risk / about.tests),
  examples: examplesOf(marked, about),
})

const choirEvidence = (choir: Choir, about: About): EvidenceOf<'group'> => ({
  kind: 'group',
  role: choir.role,
  value: choir.names.slice(0, 10).join(', '),
  rows: choir.rows.length,
  suspect: choir.saying,
  expectedSuspect: 0,
  score: -choir.logChance / Math.LN10,
  expected: 6,
  examples: examplesOf(choir.rows, about),
})
