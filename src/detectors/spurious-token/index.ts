import { z } from 'zod'
import { type DetectContext, detector, excerptOf, type GramSketch, textModelDefaults } from '../../core/index.ts'
import { ngramLabels, ngramSketch, type RowsWith, rowsOf, type TextModel, textModel } from '../../statistics/index.ts'
import { alliances, type Campaign, campaigns } from './campaign.ts'
import { type Combination, combinations, companions } from './combination.ts'
import { triggerEvidence } from './evidence.ts'
import { volcano } from './figure.ts'
import { hold, holdOdd } from './held.ts'
import { type Bench, bench, commonRows, investigate, investigateCombination } from './investigate.ts'
import { type Asked, type Group, rowsHolding } from './questions.ts'
import { type Case, COMBINED, ceilingOf, lineOf, type Scored, scored } from './scoring.ts'
import { groupsOf, type Screened, screen } from './screen.ts'
import { leastRowsFor, rowsToRead, sketchFor } from './size.ts'
import { surprises } from './surprises.ts'
import { closeBudget, gravityOf, isClose, messageOf, seriousFirst, type Verdict, verdictOf } from './verdict.ts'
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
    const { found, leads, verdict } = judge(context, model, seen)
    const shown = new Set(leads.map(own => own.testimony))
    figure(volcano(seen.cases, model.labels, new Set(seen.cases.filter(own => shown.has(own.testimony)))))
    if (found.length === 0) return
    yield* claims(context, found, seen, model, verdict)
  },
})

interface Seen {
  readonly cases: readonly Case[]
  /** Combinations that were considered. */
  readonly combined: number
  /** Log score under which a share of the false alarm budget lies. */
  line(share: number, further?: number): number
  /** Questions asked on the way, and their answers. */
  readonly asked: readonly Asked[]
}

/** Puts the cases together and says which are serious. */
function judge({ options }: Context, { model }: TextModel, { cases, line, combined }: Omit<Seen, 'asked'>) {
  const judged = ceilings(cases, model.classes)
  const verdict = (own: Scored) => {
    const tests = own.kind === COMBINED ? combined : 0
    const prior = model.prior[own.label] ?? 0
    const loose = line(closeBudget / options.falseAlarms, tests)
    const certain = verdictOf(own, prior, line(1, tests), line(blockShare, tests))
    return certain ?? (own.near <= loose && isClose(own, prior, loose) ? 'info' : null)
  }
  const pieces = judged.filter(own => verdict(own) !== null)
  const united = seriousFirst(
    campaigns(pieces, own => gravityOf(verdict(own))),
    verdict,
  )
  const found = alliances(united, campaign => verdict(campaign.cases[0]!) === 'block')
  return { found, leads: united.map(campaign => campaign.cases[0]!), verdict }
}

async function look(context: Context, model: TextModel, sketch: GramSketch): Promise<Seen> {
  const { screened, groupOf, groups, odd } = await counted(context, model, sketch)
  const line = lines(screened, model, context.options)
  const { found: first, tests } = combinations(odd.held, odd.surprising, odd.others)
  const { asked, met, held } = await read(context, model, sketch, screened, first, odd.cells)
  const { rows } = asked.found
  const of = bench(
    held,
    model.model,
    sketch,
    screened.crowd,
    rows.slice(screened.chosen.length),
    commonRows(model.probability, model.model.classes),
  )
  const names = new Set<string>()
  const cases = screened.chosen.flatMap((suspect, q): Case[] => {
    const label = groups === model.model.classes ? classOf(groupOf, suspect.group) : null
    const own = investigate(of, suspect, rows[q]!, label, names)
    return own ? [own] : []
  })
  const more = companions(
    cases,
    odd.ids.flatMap(row => held.place.get(row) ?? []),
  )
  const groupsAsked: Group[] = [{ lists: more.map(c => c.words), bounds: boundsFor(model, false) }]
  // When the table is read again, then also for the rows that claims will name: the leads seldom change after this.
  const { leads } = more.length > 0 ? judge(context, model, { cases, line, combined: tests }) : { leads: [] }
  groupsAsked.push(claimed(leads))
  const [later, early] = await rowsHolding(context.table, groupsAsked, [asked, met])
  const apart = combinationCases(of, model, [...first, ...more], [met, later!])
  return { cases: [...cases, ...apart], combined: tests, line, asked: [asked, met, later!, early!] }
}

/** Counts the pieces of text by label and picks those worth a closer look. */
async function counted({ table, options, notJudged }: Context, model: TextModel, sketch: GramSketch) {
  const { groupOf, groups } = groupsOf(model.model.prior, mostGroups)
  const { surprising, others } = surprises(model)
  const { grams, odd } = await table.measure({
    odd: rowsOf.request({
      rows: [...surprising.values()].flat().concat(others),
      roles: ['text', 'label'],
      characters: readCharacters,
    }),
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
  const screened = screen(grams, options.candidates, crowdSize)
  return { screened, groupOf, groups, odd: holdOdd(odd, model.labels, surprising, others) }
}

const boundsFor = (model: TextModel, deep: boolean) => ({
  perQuestion: rowsToRead(model.total),
  characters: readCharacters,
  deep,
})

/** Reads the rows of the chosen pieces and of the crowd, and those of some combinations. */
async function read(
  { table }: Context,
  model: TextModel,
  sketch: GramSketch,
  { chosen, crowd }: Screened,
  combined: readonly Combination[],
  odd: RowsWith['cells'],
) {
  const pieces = [...chosen, ...crowd].map(s => [s])
  const [asked, met] = await rowsHolding(
    table,
    [
      { lists: pieces, bounds: boundsFor(model, sketch.deep) },
      { lists: combined.map(c => c.words), bounds: boundsFor(model, false) },
    ],
    [],
  )
  return { asked: asked!, met: met!, held: hold(new Map([...asked!.found.cells, ...odd]), model.labels) }
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

function combinationCases(of: Bench, model: TextModel, combined: readonly Combination[], asked: readonly Asked[]) {
  if (combined.length === 0) return []
  const rows = asked.flatMap(({ found }) => found.rows)
  const totals = asked.flatMap(({ found }) => [...found.totals])
  const held = hold(new Map(asked.flatMap(({ found }) => [...found.cells])), model.labels)
  const here: Bench = { ...of, held, judge: { ...of.judge, marks: marksOf(held) } }
  return combined.flatMap((combination, q): Case[] => {
    const own = investigateCombination(here, combination, rows[q]!, totals[q]!)
    return own ? [own] : []
  })
}

/** Scores every case under the ceiling of its label. */
function ceilings(all: readonly Case[], classes: number): Scored[] {
  const ceiling = Array.from({ length: classes }, (_, label) => ceilingOf(all, label))
  return all.map(own => scored(own, ceiling[own.label] ?? 0))
}

/** All rows of the leading cases. */
const claimed = (leads: readonly Scored[]): Group => ({
  lists: leads.map(own => own.trace.grams),
  bounds: { perQuestion: claimedRows, characters: 200, deep: true },
})

async function* claims(
  context: Context,
  found: readonly Campaign[],
  { line, asked }: Seen,
  model: TextModel,
  verdict: (own: Scored) => Verdict,
) {
  const { table, claim } = context
  const all = found.flatMap(campaign => [campaign, ...campaign.kin])
  const leads = all.map(campaign => campaign.cases[0]!)
  const [answer] = await rowsHolding(table, [claimed(leads)], asked)
  const held = answer!.found
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
      line: line(1),
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
