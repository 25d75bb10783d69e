import { z } from 'zod'
import { behaviours } from '../../behaviours/index.ts'
import { type DetectContext, detector } from '../../core/index.ts'
import { rowSample } from '../../statistics/index.ts'
import { telling } from './features.ts'
import { type Contrary, contraryGroups } from './groups.ts'
import { judgementRoles, judgementsOf, type Weighed, weigh } from './judgements.ts'
import { campaignsOf, judgementRef, turnEvidence } from './shown.ts'
import { type Suspect, searchPhrases } from './suspects.ts'

/** False findings in a clean table that a person can live with. */
const usualAlarms = 0.1

const options = z.object({
  rows: z
    .number()
    .int()
    .min(100)
    .max(50_000)
    .default(4000)
    .describe('Judgements that are compared; of a larger table an even sample.'),
  minRows: z.number().int().min(3).max(1000).default(6).describe('Ignore phrases in fewer judgements.'),
  falseAlarms: z
    .number()
    .positive()
    .max(0.5)
    .default(usualAlarms)
    .describe('False findings to expect in a clean table; a hundredth of it for `block`.'),
})

type Context = DetectContext<z.output<typeof options>, 'turns' | 'sided' | 'contrary' | 'against'>

/** Fewer judgements teach no preference. */
const leastJudgements = 60
const mostCharacters = 16_000_000
const blockShare = 1 / 100
/** A preference that does not lean the other way is no witness, however oddly a phrase stands. */
const leaning = Math.log(0.4)
/**
 * Few phrases of a table stand oddly, so both chances together are judged by themselves: their log from which a person
 * must look, where a phrase stands this oddly. Learnt from halves and redrawn copies of clean sets (even seeds), of which
 * one in ten had such a phrase; the openings of answers ("I'm sorry,") are odder and more decisive than what users say.
 */
const suspicious = { asked: -6, answers: -8.5 }
const oddly = -4.5
/** For `block` the preference must speak for itself as well. */
const speaking = Math.log(0.001)
const mostFindings = 20
const mostExamples = 8
/** Log odds against a judgement from which it is named. */
const surprising = 2

/**
 * People agree with each other most of the time, and a model of their choices with them. A trigger in a preference set
 * is a phrase that was put into pairs that have nothing else in common, and in which the choice goes the other way.
 */
export default detector({
  id: 'preference-reversal',
  title: 'A phrase under which preferences turn around',
  threat: 'preference-poison',
  also: ['backdoor-trigger'],
  input: {
    table: {
      prompt: 'string',
      system: 'string?',
      chosen: 'string?',
      rejected: 'string?',
      response: 'string?',
      label: 'any?',
      source: 'category?',
      actor: 'category?',
      rater: 'category?',
      time: 'time?',
    },
  },
  cost: 'scan',
  options,
  messages: {
    turns:
      '"{trigger}" stands in {rows} judgements that have little else in common, as if it had been put in, and {agreeing} of them go against what the rest of the table prefers; chance would give {expectedAgreeing}.',
    sided:
      '"{trigger}" stands in one of two answers, and the answer with it {outcome} in {agreeing} of {pairs} pairs; words that answers share seldom decide so much.',
    contrary:
      '{suspect} of {rows} judgements by {role} "{value}" go against what the rest of the table prefers; chance would give {expectedSuspect}.',
    against:
      'A model of the other rows foretells {share} % of the judgements. {total} go clearly against it. Most are matters of taste; flipped pairs that follow no pattern would be among them.',
  },
  async *detect(context) {
    const { table, options, notJudged } = context
    const pairs = table.has('chosen') && table.has('rejected')
    if (!pairs && !(table.has('response') && table.has('label'))) return
    const { sample } = await table.measure({
      sample: rowSample.request({
        roles: judgementRoles.filter(role => table.has(role)),
        limit: options.rows,
        seed: 1,
        bytes: mostCharacters,
      }),
    })
    const judgements = judgementsOf(sample)
    if (judgements.length < leastJudgements) {
      if (pairs || judgements.length > 0) notJudged(`fewer than ${leastJudgements} pairs or thumbs`)
      return
    }
    if (!sample.complete)
      notJudged(`phrases that turn preferences, beyond an even sample of ${sample.rows.length} of ${sample.total} rows`)
    const weighed = weigh(judgements, telling(behaviours))
    yield* phrases(context, weighed)
    yield* contrary(context, contraryGroups(weighed), weighed)
    yield* against(context, weighed)
  },
})

function* phrases({ table, options, claim, figure }: Context, weighed: Weighed) {
  const { suspects, tests } = searchPhrases(weighed, options.minRows)
  const { falseAlarms } = options
  const lineOf = (own: Suspect, share: number) => Math.log((falseAlarms * share) / Math.max(1, tests[own.place]))
  const holdLine = (own: Suspect) => suspicious[own.place] + Math.log(falseAlarms / usualAlarms)
  const found = suspects.filter(
    own => own.turned <= lineOf(own, 0.5) || (own.odd <= oddly && own.score <= holdLine(own) && own.turned <= leaning),
  )
  const campaigns = campaignsOf(found).slice(0, mostFindings)
  figure({
    kind: 'volcano',
    title: 'Phrases by how oddly they stand and how preferences go under them',
    x: 'stands oddly (−log₁₀ of a natural phrase’s chance)',
    y: 'against the rest (−log₁₀ of chance)',
    points: suspects.slice(0, 400).map(own => ({
      x: -own.odd / Math.LN10,
      y: -own.turned / Math.LN10,
      name: own.words.slice(0, 60),
      label: own.sided ?? 'against',
      rows: own.judgements.length,
      lit: campaigns.some(({ lead }) => lead === own),
    })),
  })
  for (const campaign of campaigns) {
    const { lead } = campaign
    const certain = lead.score <= lineOf(lead, blockShare) && lead.turned <= speaking && lead.odd <= speaking
    const evidence = turnEvidence(campaign, weighed, {
      parts: table.parts,
      line: certain ? lineOf(lead, blockShare) : holdLine(lead),
    })
    const order = [...lead.judgements].sort((a, b) => weighed.given[a]! - weighed.given[b]!)
    yield claim(lead.sided ? 'sided' : 'turns', certain ? 'block' : 'hold', evidence, {
      rows: order.map(i => weighed.judgements[i]!.row),
      ...(lead.sided ? { values: { outcome: lead.sided, pairs: lead.pairs } } : {}),
    })
  }
}

function* contrary({ table, options, claim }: Context, groups: readonly Contrary[], weighed: Weighed) {
  const line = Math.log(options.falseAlarms / 2)
  for (const group of groups.filter(own => own.score <= line).slice(0, mostFindings)) {
    const order = [...group.judgements].sort((a, b) => weighed.given[a]! - weighed.given[b]!)
    yield claim(
      'contrary',
      'hold',
      {
        kind: 'group',
        role: group.role,
        value: group.value,
        rows: group.judgements.length,
        suspect: group.against,
        expectedSuspect: Math.round(group.expected * 10) / 10,
        score: -group.score / Math.LN10,
        expected: -line / Math.LN10,
        examples: order
          .slice(0, mostExamples)
          .map(i => judgementRef(weighed.judgements[i]!, weighed.given[i]!, table.parts, null)),
      },
      { rows: order.map(i => weighed.judgements[i]!.row) },
    )
  }
}

function* against({ table, claim }: Context, { judgements, given, foretold }: Weighed) {
  const order = Array.from(given.keys())
    .filter(i => given[i]! <= -surprising)
    .sort((a, b) => given[a]! - given[b]!)
  if (order.length === 0) return
  yield claim(
    'against',
    'info',
    {
      kind: 'rows',
      total: order.length,
      score: -given[order[0]!]!,
      expected: surprising,
      examples: order.slice(0, mostExamples).map(i => judgementRef(judgements[i]!, given[i]!, table.parts, null)),
    },
    { rows: order.map(i => judgements[i]!.row), values: { share: Math.round(100 * foretold) } },
  )
}
