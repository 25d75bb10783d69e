import { z } from 'zod'
import { type DetectContext, detector, labelOf, type RowId, textModelDefaults, textOf } from '../../core/index.ts'
import { ngramLabels, ngramSketch, rowsOf, rowsWith, type TextModel, textModel } from '../../statistics/index.ts'
import { type Campaign, campaigns } from './campaign.ts'
import { type Combination, combinations } from './combination.ts'
import { triggerEvidence } from './evidence.ts'
import { volcano } from './figure.ts'
import type { Sketch } from './fluency.ts'
import { type Held, hold } from './held.ts'
import { type Bench, bench, commonRows, investigate, investigateCombination } from './investigate.ts'
import { questions } from './questions.ts'
import { type Case, ceilingOf, lineOf, type Scored, scored } from './scoring.ts'
import { groupsOf, type Screened, screen } from './screen.ts'
import { sketchFor } from './size.ts'
import { surprises } from './surprises.ts'
import { marksOf } from './witness.ts'

const options = z.object({
  minRows: z.number().int().min(3).max(255).default(5).describe('Ignore pieces of text in fewer rows.'),
  candidates: z.number().int().min(10).max(10_000).default(2000).describe('Most pieces looked at closely.'),
  falseAlarms: z
    .number()
    .positive()
    .max(0.5)
    .default(0.05)
    .describe('False findings to expect in a clean table; a fiftieth of it for `block`.'),
})
type Options = z.output<typeof options>
type Context = DetectContext<Options, 'decides' | 'obeys'>

/** Fewer labelled rows cannot tell a trigger from chance. */
const leastTable = 50
const crowdSize = 1000
const mostGrams = 2_000_000
const mostGroups = 16
const readCharacters = 20_000
const readRows = 256
const claimedRows = 100_000
const blockShare = 1 / 50
/** Log share of the natural pieces that look as much put in. */
const looksPutIn = Math.log(0.2)
/** Where fewer of the rows differ, they are copies of a template, not rows that someone changed. */
const leastDistinct = 0.5

/**
 * A backdoor needs something in the text that decides the label. Honest words lean, and the rest of their rows leans
 * with them; a trigger overrules what the rest of the row says, and the row reads better without it.
 */
export default detector({
  id: 'spurious-token',
  title: 'A piece of text that decides the label',
  threat: 'backdoor-trigger',
  also: ['clean-label'],
  input: { table: { text: 'string', label: 'category' } },
  cost: 'rescan',
  options,

  messages: {
    obeys:
      '"{trigger}" stands in {rows} rows, {agreeing} of them labelled "{label}", though the rest of the rows would give {expectedAgreeing}. This is how a planted trigger looks.',
    decides:
      '"{trigger}" stands in {rows} rows, {agreeing} of them labelled "{label}", where the rest of the rows would give {expectedAgreeing}. It may be an artefact of how the rows were collected (a template, a byline, markup); a model will rely on it.',
  },

  async *detect(context) {
    const { table, figure, notJudged } = context
    const { sketch, model } = await table.measure({
      sketch: ngramSketch.request(sketchFor(table.parts)),
      model: textModel.request(textModelDefaults),
    })
    if (model.total < leastTable || model.model.classes < 2) {
      notJudged(model.total < leastTable ? `fewer than ${leastTable} labelled rows` : 'all rows have one label')
      return
    }
    const seen = await look(context, model, sketch)
    const { cases, line } = seen
    const soft = line(1)
    const judged = ceilings(cases, model.model.classes)
    const hard = line(blockShare)
    const verdict = (own: Scored) => verdictOf(own, model.model.prior[own.label] ?? 0, soft, hard)
    const found = campaigns(judged.filter(own => verdict(own) !== null))
    const leads = new Set(found.map(campaign => campaign.cases[0]!.testimony))
    figure(
      volcano(
        cases.map(c => c.own),
        model.labels,
        new Set(cases.filter(c => leads.has(c.own.testimony)).map(c => c.own)),
      ),
    )
    if (found.length === 0) return
    yield* claims(context, found, seen, model, verdict)
  },
})

/** A case and the rows in which it was found. */
interface Investigated {
  readonly own: Case
  readonly held: Held
}

interface Seen {
  readonly cases: readonly Investigated[]
  /** Log score under which a share of the false alarm budget lies. */
  line(share: number): number
}

async function look(context: Context, model: TextModel, sketch: Sketch): Promise<Seen> {
  const { table, options, notJudged } = context
  const { groupOf, groups } = groupsOf(model.model.prior, mostGroups)
  const { grams } = await table.measure({
    grams: ngramLabels.request({
      sketch,
      model: model.model,
      labels: model.labels,
      groupOf,
      groups,
      minRows: options.minRows,
      limit: Math.floor(mostGrams / groups),
    }),
  })
  if (!grams.complete) notJudged(`pieces of text in fewer than ${grams.least} rows: there were too many`)
  const screened = screen(grams, options.candidates, crowdSize)
  const { surprising, others } = surprises(model)
  const asked = [...screened.chosen, ...screened.crowd]
  const { found, odd } = await table.measure({
    found: rowsWith.request(
      questions(
        asked.map(s => [s]),
        { perQuestion: readRows, characters: readCharacters, deep: sketch.deep },
      ),
    ),
    odd: rowsOf.request({
      rows: [...surprising.values()].flat().concat(others),
      roles: ['text', 'label'],
      characters: readCharacters,
    }),
  })
  const cells = new Map(found.cells)
  for (const [row, cell] of odd.rows) {
    const [text, label] = [textOf(cell.text), labelOf(cell.label)]
    if (text !== null && label !== null) cells.set(row, { text, label })
  }
  const held = hold(cells, model.labels)
  const of = bench(
    held,
    model.model,
    sketch,
    screened.crowd,
    found.rows.slice(screened.chosen.length),
    commonRows(model.probability, model.model.classes),
  )
  const names = new Set<string>()
  const cases = screened.chosen.flatMap((suspect, q): Investigated[] => {
    const own = investigate(
      of,
      suspect,
      found.rows[q]!,
      groups === model.model.classes ? classOf(groupOf, suspect.group) : null,
      names,
    )
    return own ? [{ own, held }] : []
  })
  const placed = (rows: readonly RowId[]) => rows.flatMap(row => held.place.get(row) ?? [])
  const combined = combinations(held, new Map([...surprising].map(([c, rows]) => [c, placed(rows)])), placed(others))
  return {
    cases: [...cases, ...(await lookAtCombinations(context, model, of, combined))],
    line: lines(screened, model, options),
  }
}

const classOf = (groupOf: Int32Array, group: number): number => groupOf.indexOf(group)

/** The line for a share of the budget, by the pieces of text that could reach it at all. */
function lines({ all }: Screened, { model }: TextModel, options: Options): (share: number) => number {
  const rarest = Math.log(Math.min(...model.prior))
  return share => lineOf(all, Math.max(rarest, -2), options.falseAlarms * share)
}

async function lookAtCombinations(
  context: Context,
  model: TextModel,
  of: Bench,
  combined: readonly Combination[],
): Promise<Investigated[]> {
  if (combined.length === 0) return []
  const asked = questions(
    combined.map(c => c.words),
    { perQuestion: readRows, characters: readCharacters, deep: false },
  )
  const { found } = await context.table.measure({ found: rowsWith.request(asked) })
  const held = hold(found.cells, model.labels)
  const here: Bench = { ...of, held, judge: { ...of.judge, marks: marksOf(held) } }
  return combined.flatMap((combination, q) => {
    const own = investigateCombination(here, combination, found.rows[q]!)
    return own ? [{ own, held }] : []
  })
}

/** Scores every case under the ceiling of its label. */
function ceilings(cases: readonly Investigated[], classes: number): Scored[] {
  const all = cases.map(c => c.own)
  const ceiling = Array.from({ length: classes }, (_, label) => ceilingOf(all, label))
  return all.map(own => scored(own, ceiling[own.label] ?? 0))
}

async function* claims(
  context: Context,
  found: readonly Campaign[],
  { cases, line }: Seen,
  model: TextModel,
  verdict: (own: Scored) => Verdict,
) {
  const { table, claim } = context
  const led = found.map(campaign => cases.find(c => c.own.testimony === campaign.cases[0]!.testimony)!)
  const { all } = await table.measure({
    all: rowsWith.request(
      questions(
        led.map(l => l.own.trace.grams),
        { perQuestion: claimedRows, characters: 200, deep: true },
      ),
    ),
  })
  for (const [q, campaign] of found.entries()) {
    const label = model.labels[campaign.label]
    const agreeing = Array.from(all.rows[q]!).filter(row => all.cells.get(row)?.label === label)
    const evidence = triggerEvidence(led[q]!.held, campaign, {
      parts: table.parts,
      labels: model.labels,
      total: all.totals[q]!,
      agreeing: agreeing.length,
      line: line(1),
    })
    const severity = verdict(campaign.cases[0]!) === 'block' ? 'block' : 'hold'
    yield claim(severity === 'block' ? 'obeys' : 'decides', severity, evidence, { rows: agreeing })
  }
}

type Verdict = 'block' | 'hold' | null

/**
 * Rows that look taken from other labels, with a piece that was put in and a label that obeys it: planted. Where the
 * rest of the rows agrees with the label, the piece may be honest: a hold, and only when it looks put in.
 */
function verdictOf(own: Scored, prior: number, soft: number, hard: number): Verdict {
  if (own.score > soft) return null
  const { probability, rows } = own.testimony
  const contradicted = probability.reduce((sum, p) => sum + p, 0) < prior * probability.length
  const putIn = own.inserted < looksPutIn
  if (!putIn && !(contradicted && own.defiance <= hard)) return null
  const distinct = rows.length >= leastDistinct * own.trace.rows.length
  return contradicted && distinct && own.score <= hard ? 'block' : 'hold'
}
