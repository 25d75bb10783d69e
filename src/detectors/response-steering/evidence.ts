import {
  type EvidenceOf,
  excerptOf,
  fold,
  GAPPED_GRAM,
  type Part,
  type Row,
  type RowId,
  rowRef,
  SHAPE_GRAM,
  type TokenSpan,
  textOf,
} from '../../core/index.ts'
import { type Campaign, expectedOf, leadsOf, membersOf, scoreOf } from './campaign.ts'
import type { Held } from './held.ts'
import type { Case } from './investigate.ts'
import { furtherOf, phraseOf, toldOf, unsafeIn } from './naming.ts'

const mostExamples = 6
const mostVariants = 12
const mostPhrases = 8
const mostFurther = 4
const answerCharacters = 160

/** What the report needs besides the campaign. */
export interface About {
  readonly held: Held
  readonly parts: readonly Part[]
  /** Characters of each row's text that are the system prompt's. */
  readonly system: Int32Array
  /** Answers of the rows to be shown. */
  readonly answers: ReadonlyMap<RowId, Row>
  readonly answer: 'response' | 'chosen'
  readonly contrast: readonly number[]
  readonly line: number
}

/** Rows whose answers show what the phrases switch on, least to be expected first; places in `Held`. */
export function accusedOf(campaign: Campaign): number[] {
  const chance = new Map<number, number>()
  for (const own of leadsOf(campaign)) {
    const showing = new Set(own.showing)
    own.rows.forEach((i, r) => {
      if (showing.has(i)) chance.set(i, Math.min(chance.get(i) ?? 1, own.probability[r]!))
    })
  }
  return [...chance].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([i]) => i)
}

const shownText = (text: string): string => excerptOf(text, [], 200).excerpt

/** Words of the phrase, those that stand apart joined by an ellipsis. */
function nameOf(cases: readonly Case[]): string {
  const [lead] = cases
  const apart = new Map([[fold(lead!.trace.text), lead!.trace.text]])
  for (const other of cases) {
    const text = fold(other.trace.text)
    const same = other.rows.length === lead!.rows.length && other.rows.every((i, r) => lead!.rows[r] === i)
    const isPart = [...apart.keys()].some(known => known.includes(text) || text.includes(known))
    if (same && !isPart && apart.size < mostPhrases) apart.set(text, other.trace.text)
  }
  return shownText([...apart.values()].join(' … '))
}

/** What a person needs to see that a phrase switches answers over. */
export function steeringEvidence(campaign: Campaign, about: About): EvidenceOf<'steering'> {
  const { held, contrast } = about
  const members = membersOf(campaign)
  const lead = campaign.cases[0]!
  const rows = new Set(leadsOf(campaign).flatMap(own => own.rows))
  const accused = accusedOf(campaign)
  const told = toldOf(campaign)
  const expected = expectedOf([told, ...leadsOf(campaign).slice(1)])
  const phrases = members.slice(0, mostPhrases).map(({ cases }) => nameOf(cases))
  const variants = new Set(members.flatMap(({ cases }) => cases.map(({ trace }) => shownText(trace.text))))
  for (const text of variants) if (phrases.some(phrase => phrase.includes(text))) variants.delete(text)
  const showing = new Set(told.showing.concat(told.doing.absent ? [] : Array.from(told.doing.rows)))
  const shows = (i: number) => (told.doing.absent ? !told.doing.absent.has(i) : showing.has(i))
  const similar = { rows: contrast.length, showing: contrast.filter(shows).length }
  const others = members.flatMap(({ cases }) => cases.map(({ doing }) => doing)).filter(doing => doing !== told.doing)
  const ref = (i: number, spans: readonly TokenSpan[]) => refOf(about, i, spans)
  const unlike = contrast.filter(i => !shows(i)).concat(contrast.filter(shows))
  return {
    kind: 'steering',
    phrases,
    form: formOf(lead, held),
    place: placeOf(lead, about),
    behaviour: phraseOf(told.doing),
    further: furtherOf(told.doing, others, mostFurther, unsafeIn(members)),
    rows: rows.size,
    showing: accused.length,
    expectedShowing: Math.round(expected * 10) / 10,
    similar,
    variants: [...variants].slice(0, mostVariants),
    score: -scoreOf(lead) / Math.LN10,
    expected: -about.line / Math.LN10,
    examples: accused.slice(0, mostExamples).map(i => ref(i, spansIn(members, i))),
    contrast: unlike.slice(0, mostExamples).map(i => ref(i, [])),
  }
}

/** Rows that evidence shows: accused ones and some to compare with. */
export const shownRows = (campaign: Campaign, contrast: readonly number[]): number[] => [
  ...accusedOf(campaign).slice(0, mostExamples),
  ...contrast,
]

function spansIn(members: readonly Campaign[], i: number): TokenSpan[] {
  for (const { cases } of members)
    for (const { trace } of cases) {
      const r = trace.rows.indexOf(i)
      if (r >= 0) return [...trace.spans[r]!]
    }
  return []
}

function refOf({ held, parts, answers, answer }: About, i: number, spans: readonly TokenSpan[]) {
  const from = held.tokens.offsets[i]!
  const said = textOf(answers.get(held.ids[i]!)?.[answer]) ?? ''
  return rowRef({
    parts,
    row: held.ids[i]!,
    text: held.texts[i]!,
    spans: spans.map(([start, end]): [number, number] => [
      held.tokens.start[from + start]!,
      held.tokens.end[from + end - 1]!,
    ]),
    note: said.trim() === '' ? 'empty answer' : `answer: ${excerptOf(said.trim(), [], answerCharacters).excerpt}`,
  })
}

/** Where the phrase of a case stands in most of its rows. */
export function placeOf({ trace }: Case, { held, system }: Pick<About, 'held' | 'system'>): 'prompt' | 'system' {
  const inside = trace.rows.filter((i, r) => {
    const start = held.tokens.start[held.tokens.offsets[i]! + trace.spans[r]![0]![0]]!
    return start < system[i]!
  })
  return inside.length > trace.rows.length / 2 ? 'system' : 'prompt'
}

function formOf({ trace, gram }: Case, { grams }: Held): EvidenceOf<'steering'>['form'] {
  if (grams.kind[gram] === SHAPE_GRAM) return 'shape'
  if (grams.kind[gram] === GAPPED_GRAM && trace.length === 3) return 'gapped'
  return trace.length === 1 ? 'word' : trace.length < 5 ? 'phrase' : 'sentence'
}
