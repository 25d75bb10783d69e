import { z } from 'zod'
import { behaviours } from '../../behaviours/index.ts'
import {
  behaviourNamed,
  type Claim,
  type DetectContext,
  detector,
  type MeasuredTable,
  nearDuplicatesDefaults,
  type Role,
  textModelDefaults,
} from '../../core/index.ts'
import {
  answerBehaviours,
  labelCounts,
  nearDuplicates,
  type RowSample,
  rowSample,
  rowsOf,
  textModel,
} from '../../statistics/index.ts'
import { type Behaving, behaving } from './behaves.ts'
import { type About, bars, choirEvidence, excessEvidence } from './evidence.ts'
import { type Excess, excesses } from './excess.ts'
import { type Group, groupsOf } from './groups.ts'
import { contradicted, copied, labelled, sureness } from './marks.ts'
import { refrains } from './phrases.ts'
import { type Choir, candidates, choirs, wantedRows } from './refrain.ts'
import { onePerItem, type Voice, voices } from './voices.ts'

/** Groups told one by one, of each kind. */
const mostClaims = 10
/** Labels whose share is compared between contributors. */
const mostLabels = 8

const options = z.object({
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
})
type Options = z.output<typeof options>
type Context = DetectContext<Options, 'contradicts' | 'refrain' | 'voice' | 'behaves' | 'copies' | 'mix'>
interface Known {
  readonly groups: readonly Group[]
  readonly about: About
}

/**
 * Whoever poisons data must send it from somewhere. Honest contributors differ in what they send, so their mix of
 * labels is no evidence; labels that their own texts contradict, and one refrain from sudden senders, are.
 */
export default detector({
  id: 'source-concentration',
  title: 'Contributors and times with more than their share of suspicion',
  threat: 'data-injection',
  input: {
    table: {
      text: 'string',
      label: 'category?',
      source: 'category?',
      actor: 'category?',
      time: 'time?',
      item: 'category?',
      prompt: 'string?',
      response: 'string?',
      chosen: 'string?',
    },
  },
  cost: 'rescan',

  options,

  messages: {
    contradicts:
      '{role} "{value}": the text of {suspect} of {rows} rows contradicts their label, where {expectedSuspect} would be usual.',
    refrain:
      '{suspect} of {rows} rows of {role} {value} say "{phrase}", nearly all with one label; others hardly ever say it.',
    voice: '{suspect} of {rows} rows of {role} {value} say "{phrase}"{why}; others hardly ever say it.',
    behaves:
      '{role} "{value}": the answer {behaviour} in {suspect} of {rows} rows, where {expectedSuspect} would be usual{why}.',
    copies: '{role} "{value}": {suspect} of {rows} rows repeat other rows, where {expectedSuspect} would be usual.',
    mix: '{role} "{value}": {suspect} of {rows} rows are labelled "{label}", where {expectedSuspect} would be usual.',
  },

  async *detect(context) {
    const { table, options: wished, notJudged } = context
    const roles = (['source', 'actor', 'time', 'label', 'item'] as const).filter(role => table.has(role))
    if (!roles.some(role => role === 'source' || role === 'actor' || role === 'time'))
      return notJudged('no column says who sent a row or when')
    const { sample, model, near, labels } = await measured(table, roles)
    if (!sample.complete)
      notJudged(`all rows of a contributor: ${sample.rows.length} of ${sample.total} rows were drawn`)
    const groups = groupsOf(sample)
    if (groups.length === 0) return
    const answer = (['response', 'chosen'] as const).find(role => table.has(role)) ?? null
    const answers = answer && table.has('prompt') ? await answersOf(table, answer) : null
    const { risk, share } = wished
    const contrary = model ? excesses(groups, contradicted(model), sureness) : []
    const suspect = strongest(contrary, risk, share)
    const copies = copied(near)
    const copying = strongest(
      excesses(groups, () => copies, 1),
      risk,
      share,
    )
    const doing = answers ? behaving(groups, answers, risk).slice(0, mostClaims) : []
    const few = candidates(model ? groups : onePerItem(groups, sample), sample)
    const named = [...suspect, ...copying, ...doing.map(d => d.excess)]
    const wanted = [...wantedRows(few, sample), ...named.slice(0, 3 * mostClaims).flatMap(e => e.marked.slice(0, 8))]
    const shown = (['text', 'label', 'prompt', ...(answer ? [answer] : [])] as const).filter(role => table.has(role))
    const { found } = await table.measure({ found: rowsOf.request({ rows: wanted, roles: shown }) })
    const about: About = { parts: table.parts, cells: found.rows, risk, tests: groups.length }
    const contributors = groups.filter(g => g.role !== 'time').length

    if (model) yield* contradictions(context, { contrary, suspect, about })
    if (model) yield* sung(context, choirs(refrains(few, found.rows), contributors), about)
    else
      yield* heard(
        context,
        voices(few, found.rows, { answer, timed: table.has('time'), contributors }).slice(0, mostClaims),
        about,
      )
    yield* done(context, doing, about)
    for (const one of copying.slice(0, mostClaims))
      yield context.claim('copies', 'info', excessEvidence(one, about), { rows: one.marked })
    if (labels)
      yield* mixed(
        context,
        labels.labels.map(l => l.label),
        { groups, sample, about },
      )
  },
})

/** Who sent what, which rows are copies, and what labels should be where there are any. */
async function measured(table: MeasuredTable, roles: readonly Role[]) {
  const plain = {
    sample: rowSample.request({ roles, limit: 200_000, seed: 1 }),
    near: nearDuplicates.request(nearDuplicatesDefaults),
  }
  if (!table.has('label')) return { ...(await table.measure(plain)), model: null, labels: null }
  return table.measure({
    ...plain,
    model: textModel.request(textModelDefaults),
    labels: labelCounts.request({ limit: mostLabels }),
  })
}

/** The same measurement as that of steered answers, so that a table is read for it once. */
async function answersOf(table: MeasuredTable, answer: 'response' | 'chosen') {
  const bounds = { limit: 200_000, characters: 200_000_000, seed: 1, leastRows: 3 }
  const { quick } = await table.measure({ quick: answerBehaviours.request({ answer, ...bounds, pace: 'quick' }) })
  return quick
}

function* contradictions(
  { claim, figure }: Context,
  { contrary, suspect, about }: { contrary: readonly Excess[]; suspect: readonly Excess[]; about: About },
): Generator<Claim> {
  figure(bars(contrary, new Set(suspect)))
  for (const one of suspect.slice(0, mostClaims))
    yield claim('contradicts', severityOf(one), excessEvidence(one, about), { rows: one.marked })
}

function* sung({ claim }: Context, all: readonly Choir[], about: About): Generator<Claim> {
  for (const choir of all.slice(0, mostClaims))
    yield claim('refrain', 'hold', choirEvidence(choir, about), { rows: choir.rows, values: { phrase: choir.phrase } })
}

const whyVoice = { times: ', all within a short time', numbers: ', though they are several' } as const

function* heard({ claim }: Context, all: readonly Voice[], about: About): Generator<Claim> {
  for (const { choir, because } of all) {
    const values = { phrase: choir.phrase, why: because ? whyVoice[because] : '' }
    yield claim('voice', because ? 'hold' : 'info', choirEvidence(choir, about), { rows: choir.rows, values })
  }
}

function* done({ claim }: Context, all: readonly Behaving[], about: About): Generator<Claim> {
  for (const { word, excess, alike } of all) {
    const named = behaviourNamed(behaviours, word)
    const behaviour = named ? named.behaviour.phrase(named.value) : word
    const why = alike ? ' and others are asked the same things' : '; it asks of other things than the others'
    const more = { rows: excess.marked, values: { behaviour, why } }
    yield claim('behaves', alike ? 'hold' : 'info', excessEvidence(excess, about), more)
  }
}

function* mixed(
  { claim, options: { risk, share } }: Context,
  names: readonly string[],
  { groups, sample, about }: Known & { readonly sample: RowSample },
): Generator<Claim> {
  const mixes = names.flatMap(label => {
    const mark = labelled(sample, label)
    const all = excesses(groups, () => mark, 1)
    return strongest(all, risk / mostLabels, share).map(one => ({ one, label }))
  })
  mixes.sort((a, b) => a.one.logChance - b.one.logChance)
  for (const { one, label } of mixes.slice(0, mostClaims))
    yield claim('mix', 'info', excessEvidence(one, about), { values: { label } })
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
