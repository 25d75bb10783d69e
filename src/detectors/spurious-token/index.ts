import { z } from 'zod'
import {
  type DetectContext,
  detector,
  excerptOf,
  labelOf,
  type RowId,
  textModelDefaults,
  textOf,
} from '../../core/index.ts'
import { ngramLabels, ngramSketch, rowsOf, rowsWith, type TextModel, textModel } from '../../statistics/index.ts'
import { alliances, type Campaign, campaigns } from './campaign.ts'
import { type Combination, combinations, companions } from './combination.ts'
import { triggerEvidence } from './evidence.ts'
import { volcano } from './figure.ts'
import type { Sketch } from './fluency.ts'
import { hold } from './held.ts'
import { type Bench, bench, commonRows, investigate, investigateCombination } from './investigate.ts'
import { questions } from './questions.ts'
import { type Case, COMBINED, ceilingOf, lineOf, type Scored, scored } from './scoring.ts'
import { groupsOf, type Screened, screen } from './screen.ts'
import { leastRowsFor, rowsToRead, sketchFor } from './size.ts'
import { surprises } from './surprises.ts'
import { closeBudget, isSuspect, messageOf, seriousFirst, type Verdict, verdictOf } from './verdict.ts'
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
type Context = DetectContext<Options, 'decides' | 'obeys' | 'stands'>

/** Fewer labelled rows cannot tell a trigger from chance. */
const leastTable = 50
const crowdSize = 1000
const mostGrams = 2_000_000
const mostGroups = 16
const readCharacters = 20_000
const claimedRows = 100_000
const blockShare = 1 / 50

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
    stands:
      '"{trigger}" stands in {rows} rows, {agreeing} of them labelled "{label}", where the rest of the rows would give {expectedAgreeing}. An honest table of this size has a few such pieces by chance; look when a single trigger would harm you.',
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
    const judged = ceilings(cases, model.model.classes)
    const verdict = (own: Scored) => {
      const tests = own.kind === COMBINED ? seen.combined : 0
      const prior = model.model.prior[own.label] ?? 0
      const loose = line(closeBudget / context.options.falseAlarms, tests)
      const certain = verdictOf(own, prior, line(1, tests), line(blockShare, tests))
      return certain ?? (own.score <= loose && isSuspect(own, prior, loose) ? 'info' : null)
    }
    const united = seriousFirst(campaigns(judged.filter(own => verdict(own) !== null)), verdict)
    const found = alliances(united, campaign => verdict(campaign.cases[0]!) === 'block')
    const leads = new Set(united.map(campaign => campaign.cases[0]!.testimony))
    figure(volcano(cases, model.labels, new Set(cases.filter(own => leads.has(own.testimony)))))
    if (found.length === 0) return
    yield* claims(context, found, line(1), model, verdict)
  },
})

interface Seen {
  readonly cases: readonly Case[]
  /** Combinations that were considered. */
  readonly combined: number
  /** Log score under which a share of the false alarm budget lies. */
  line(share: number, further?: number): number
}

async function look(context: Context, model: TextModel, sketch: Sketch): Promise<Seen> {
  const { screened, groupOf, groups } = await counted(context, model, sketch)
  const { found, held, surprising, others } = await read(context, model, sketch, screened)
  const of = bench(
    held,
    model.model,
    sketch,
    screened.crowd,
    found.slice(screened.chosen.length),
    commonRows(model.probability, model.model.classes),
  )
  const names = new Set<string>()
  const cases = screened.chosen.flatMap((suspect, q): Case[] => {
    const label = groups === model.model.classes ? classOf(groupOf, suspect.group) : null
    const own = investigate(of, suspect, found[q]!, label, names)
    return own ? [own] : []
  })
  const { found: combined, tests } = combinations(held, surprising, others)
  const apart = await lookAtCombinations(context, model, of, [...combined, ...companions(cases, others)])
  return { cases: [...cases, ...apart], combined: tests, line: lines(screened, model, context.options) }
}

/** Counts the pieces of text by label and picks those worth a closer look. */
async function counted({ table, options, notJudged }: Context, model: TextModel, sketch: Sketch) {
  const { groupOf, groups } = groupsOf(model.model.prior, mostGroups)
  const { grams } = await table.measure({
    grams: ngramLabels.request({
      sketch,
      model: model.model,
      labels: model.labels,
      groupOf,
      groups,
      minRows: leastRowsFor(model.total, options.minRows, options.falseAlarms),
      limit: Math.floor(mostGrams / groups),
    }),
  })
  if (!sketch.deep)
    notJudged(
      'triples and gapped pairs of words on their own: the table is large, so they are reached from their words and pairs',
    )
  if (!grams.complete) notJudged(`pieces of text in fewer than ${grams.least} rows: there were too many`)
  return { screened: screen(grams, options.candidates, crowdSize), groupOf, groups }
}

/** Reads the rows of the chosen pieces and of the crowd, those whose label surprises, and some others. */
async function read({ table }: Context, model: TextModel, sketch: Sketch, { chosen, crowd }: Screened) {
  const { surprising, others } = surprises(model)
  const asked = [...chosen, ...crowd].map(s => [s])
  const bounds = { perQuestion: rowsToRead(model.total), characters: readCharacters, deep: sketch.deep }
  const { found, odd } = await table.measure({
    found: rowsWith.request(questions(asked, bounds)),
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
  const placed = (rows: readonly RowId[]) => rows.flatMap(row => held.place.get(row) ?? [])
  return {
    found: found.rows,
    held,
    surprising: new Map([...surprising].map(([c, rows]) => [c, placed(rows)])),
    others: placed(others),
  }
}

const classOf = (groupOf: Int32Array, group: number): number => groupOf.indexOf(group)

/** The line for a share of the budget, by the pieces of text that could reach it at all. */
function lines({ all }: Screened, { model }: TextModel, options: Options): Seen['line'] {
  const rarest = Math.log(Math.min(...model.prior))
  const rows = all.map(s => s.rows).sort((a, b) => b - a)
  const known = new Map<string, number>()
  return (share, further = 0) => {
    const key = `${share}/${further}`
    const line = known.get(key) ?? lineOf(rows, Math.max(rarest, -2), options.falseAlarms * share, further)
    known.set(key, line)
    return line
  }
}

async function lookAtCombinations(
  context: Context,
  model: TextModel,
  of: Bench,
  combined: readonly Combination[],
): Promise<Case[]> {
  if (combined.length === 0) return []
  const asked = questions(
    combined.map(c => c.words),
    { perQuestion: rowsToRead(model.total), characters: readCharacters, deep: false },
  )
  const { found } = await context.table.measure({ found: rowsWith.request(asked) })
  const held = hold(found.cells, model.labels)
  const here: Bench = { ...of, held, judge: { ...of.judge, marks: marksOf(held) } }
  return combined.flatMap((combination, q) => {
    const own = investigateCombination(here, combination, found.rows[q]!, found.totals[q]!)
    return own ? [own] : []
  })
}

/** Scores every case under the ceiling of its label. */
function ceilings(all: readonly Case[], classes: number): Scored[] {
  const ceiling = Array.from({ length: classes }, (_, label) => ceilingOf(all, label))
  return all.map(own => scored(own, ceiling[own.label] ?? 0))
}

async function* claims(
  context: Context,
  found: readonly Campaign[],
  line: number,
  model: TextModel,
  verdict: (own: Scored) => Verdict,
) {
  const { table, claim } = context
  const all = found.flatMap(campaign => [campaign, ...campaign.kin])
  const leads = all.map(campaign => campaign.cases[0]!)
  const { held } = await table.measure({
    held: rowsWith.request(
      questions(
        leads.map(own => own.trace.grams),
        { perQuestion: claimedRows, characters: 200, deep: true },
      ),
    ),
  })
  const rowsOfLead = (campaign: Campaign) => Array.from(held.rows[all.indexOf(campaign)]!)
  for (const campaign of found) {
    const group = [campaign, ...campaign.kin]
    const label = model.labels[campaign.label]
    const rows = new Set(group.flatMap(rowsOfLead))
    const agreeing = [...rows].filter(row => held.cells.get(row)?.label === label)
    const evidence = triggerEvidence(campaign, {
      parts: table.parts,
      labels: model.labels,
      total: Math.max(rows.size, held.totals[all.indexOf(campaign)]!),
      agreeing: agreeing.length,
      line,
    })
    const severity = verdict(campaign.cases[0]!) ?? 'info'
    const values = { trigger: namesOf(group) }
    yield claim(messageOf[severity], severity, evidence, { rows: agreeing, values })
  }
}

const namedTriggers = 5

/** The triggers of one attack, as they stand in a sentence between quotes. */
function namesOf(group: readonly Campaign[]): string {
  const names = group.map(({ cases }) => excerptOf(cases[0]!.trace.text, [], 200).excerpt)
  const more = names.length - namedTriggers
  return names.slice(0, namedTriggers).join('" or "') + (more > 0 ? `" or ${more} more like "${names.at(-1)!}` : '')
}
