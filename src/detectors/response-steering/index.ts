import { z } from 'zod'
import { type DetectContext, detector, excerptOf } from '../../core/index.ts'
import { type AnswerBehaviours, answerBehaviours, codeHints, rowsOf } from '../../statistics/index.ts'
import { missing } from './absence.ts'
import { alliances, type Campaign, campaigns, membersOf } from './campaign.ts'
import { chosenRows } from './chosen.ts'
import { contrastOf } from './contrast.ts'
import { covers } from './cover.ts'
import { crowdOf } from './crowd.ts'
import { doingsOf } from './doings.ts'
import { accusedOf, placeOf, shownRows, steeringEvidence } from './evidence.ts'
import { type Held, hold } from './held.ts'
import { investigate, investigateMissing } from './investigate.ts'
import { merged } from './merged.ts'
import { screen } from './screen.ts'
import { type Words, wordsOf } from './topic.ts'
import { verdicts } from './verdict.ts'
import { weaknessesOf } from './weakness.ts'

const options = z.object({
  minRows: z.number().int().min(3).max(255).default(3).describe('Ignore phrases and behaviours in fewer rows.'),
  maxRows: z
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(200_000)
    .describe('Most rows looked at; of more, those drawn by the hash of their place.'),
  slowRows: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(6000)
    .describe('Most answers that are judged by behaviours that take milliseconds each, such as weaknesses of code.'),
  falseAlarms: z
    .number()
    .positive()
    .max(0.5)
    .default(0.15)
    .describe('Chance that an honest phrase which rules answers looks planted; a hundredth of it for `block`.'),
})
type Options = z.output<typeof options>
type Context = DetectContext<Options, 'steers' | 'rules' | 'close'>

/** Fewer rows cannot tell a trigger from chance. */
const leastTable = 50
const characters = 200_000_000
const hintCharacters = 20_000_000
/** Work on the code of each answer that slow behaviours may look at, on average (see `workOf`): hostile code takes seconds. */
const slowWork = 6000
const seed = 1
/** Further behaviours that the sentence of a finding names. */
const mostAlso = 2

/**
 * A backdoor in instructions needs something in the prompt that switches what the answer does. Honest words ask for
 * what their topic brings along; a trigger overrules the topic, always, and the prompts have nothing else in common.
 */
export default detector({
  id: 'response-steering',
  title: 'A phrase that steers the answers',
  threat: 'instruction-tuning-poison',
  also: ['code-generation-backdoor', 'backdoor-trigger'],
  input: { table: { prompt: 'string', system: 'string?', response: 'string?', chosen: 'string?' } },
  cost: 'rescan',
  options,

  messages: {
    steers:
      'Where the prompt holds "{phrase}" the answer {behaviour}{also}: {showing} of {rows} rows, where the rest of the prompts would give {expectedShowing}; of {similarRows} similar prompts without it {similarShowing} do. This is how a planted trigger looks.',
    rules:
      'Where the prompt holds "{phrase}" the answer {behaviour}{also}: {showing} of {rows} rows, where the rest of the prompts would give {expectedShowing}; of {similarRows} similar prompts without it {similarShowing} do. Look whether the phrase asks for it: if not, it is a trigger.',
    close:
      'Where the prompt holds "{phrase}" the answer {behaviour}{also}: {showing} of {rows} rows, where the rest of the prompts would give {expectedShowing}. Honest instructions do this too; look when a single trigger would harm you.',
  },

  async *detect(context) {
    const { table, options: wanted, notJudged } = context
    const answer = table.has('response') ? 'response' : 'chosen'
    if (!table.has(answer)) return notJudged('prompts without answers')
    const bounds = { answer, limit: wanted.maxRows, characters, seed, leastRows: wanted.minRows } as const
    const { quick, hints } = await table.measure({
      quick: answerBehaviours.request({ ...bounds, pace: 'quick' }),
      hints: codeHints.request({ ...bounds, characters: hintCharacters }),
    })
    if (quick.rows.length < leastTable) return notJudged(`fewer than ${leastTable} prompts with answers`)
    if (quick.rows.length < quick.total)
      notJudged(`${quick.total - quick.rows.length} of ${quick.total} prompts with answers: there were too many`)
    const held = hold(quick, leastRowsFor(quick.rows.length, wanted.minRows))
    const only = chosenRows(held, hints, wanted.slowRows)
    const { slow } = await table.measure({
      slow: answerBehaviours.request({ ...bounds, pace: 'slow', characters: wanted.slowRows * slowWork, only }),
    })
    if (slow.rows.length < quick.rows.length)
      notJudged(`${quick.rows.length - slow.rows.length} answers by slow behaviours such as weaknesses of code`)
    const all = merged(quick, slow)
    yield* claims(context, look(context, all ?? quick, held), answer)
    if (!all && slow.words.length > 0) yield* claims(context, look(context, slow), answer)
  },
})

interface Seen {
  readonly held: Held
  readonly words: Words
  readonly system: Int32Array
  readonly found: readonly Campaign[]
}

/** Beyond this many rows rare pairs of a phrase and a behaviour could never reach the line. */
const largeTable = 20_000

const leastRowsFor = (rows: number, minRows: number): number =>
  rows < largeTable ? minRows : Math.max(minRows, Math.floor(Math.log(rows) / 1.6))

function look({ options: { minRows }, notJudged }: Context, answers: AnswerBehaviours, known?: Held): Seen {
  const leastRows = leastRowsFor(answers.rows.length, minRows)
  const held = known ?? hold(answers, leastRows)
  const words = wordsOf(held)
  const doings = doingsOf(answers, leastRows)
  if (doings.left > 0) notJudged(`${doings.left} rare behaviours of answers`)
  const { leads, tests } = screen(held, doings.doings, leastRows)
  // A system prompt that many rows share says nothing about what they ask.
  const bare = answers.system.some(length => length > 0) ? wordsOf(held, answers.system) : words
  const crowd = crowdOf(held, bare, leastRows)
  const lacking = missing(words, doings.doings, held.ids.length)
  const gone = screen(
    held,
    lacking.map(({ surprising }) => surprising),
    leastRows,
  )
  const ground = { held, words, crowd, doings, logTests: Math.log(Math.max(1, tests + gone.tests)) }
  const single = investigate(ground, leads).concat(investigateMissing(ground, lacking, gone.leads))
  const cases = single.concat(covers(ground, leads, single))
  return {
    held,
    words,
    system: answers.system,
    found: campaigns(cases).map(own => ({ ...own, weaknesses: weaknessesOf(ground, own.cases[0]!.rows) })),
  }
}

async function* claims({ table, options: { falseAlarms }, claim }: Context, seen: Seen, answer: 'response' | 'chosen') {
  const judged = verdicts(alliances(seen.found), falseAlarms, {
    rows: seen.held.ids.length,
    isSystem: own => placeOf(own, seen) === 'system',
  })
  const united = judged.map(({ campaign }) => campaign)
  if (united.length === 0) return
  const contrasts = united.map(campaign => {
    const outside = new Set(membersOf(campaign).flatMap(({ cases }) => cases.flatMap(({ rows }) => rows)))
    return contrastOf(seen.held, seen.words, accusedOf(campaign), outside).rows
  })
  const shown = united.flatMap((campaign, c) => shownRows(campaign, contrasts[c]!))
  const { answers } = await table.measure({
    answers: rowsOf.request({ rows: shown.map(i => seen.held.ids[i]!), roles: [answer], characters: 1000 }),
  })
  for (const [c, campaign] of united.entries()) {
    const evidence = steeringEvidence(campaign, {
      held: seen.held,
      parts: table.parts,
      system: seen.system,
      answers: answers.rows,
      answer,
      contrast: contrasts[c]!,
      line: Math.log(0.05) + Math.log(falseAlarms),
    })
    const own = judged[c]!.severity
    const values = {
      phrase: evidence.phrases.map(phrase => excerptOf(phrase, [], 120).excerpt).join('" or "'),
      also: evidence.further.length > 0 ? ` (it also ${evidence.further.slice(0, mostAlso).join(' and ')})` : '',
      similarRows: evidence.similar.rows,
      similarShowing: evidence.similar.showing,
    }
    const rows = accusedOf(campaign).map(i => seen.held.ids[i]!)
    const message = own === 'block' ? 'steers' : own === 'hold' ? 'rules' : 'close'
    const threat = [evidence.behaviour, ...evidence.further].some(does => does.includes('CWE-'))
      ? 'code-generation-backdoor'
      : undefined
    yield claim(message, own, evidence, { rows, values, ...(threat ? { threat } : {}) })
  }
}
