import type { Evidence, EvidenceOf, RowRef } from '../core/index.ts'
import { counted, numberText, percentText } from './lines.ts'

/** One line of evidence: a name and what was measured. `quoted` values are text from the data. */
export interface Fact {
  readonly name: string
  readonly value: string
  readonly quoted?: readonly string[]
}

/** Rows that show a finding, under a heading. */
export interface Exhibit {
  readonly title: string
  readonly rows: readonly RowRef[]
}

type Facts = { readonly [K in Evidence['kind']]: (evidence: EvidenceOf<K>) => readonly Fact[] }

const forms = {
  word: 'word',
  phrase: 'phrase',
  gapped: 'words with gaps',
  shape: 'shape of a word',
  sentence: 'sentence',
  none: 'no phrase in common',
}

const sharedNames: Readonly<Record<EvidenceOf<'pictures'>['shared'], string>> = {
  patch: 'a patch',
  overlay: 'a faint overlay',
  wave: 'a wave',
  look: 'how they look to a model',
  copy: 'the picture itself',
  payload: 'something hidden in the file',
  nothing: 'nothing but being odd',
}

/** Further behaviours of one phrase that are listed. */
const mostFurther = 4

const groupNames: Readonly<Record<string, string>> = { time: 'Time', url: 'Domain', observed: 'Content' }

const scored = ({ score, expected }: { score: number; expected: number }): Fact => ({
  name: 'Score',
  value: `${numberText(score)}, expected ${numberText(expected)} or less`,
})

const facts: Facts = {
  act: e => [
    { name: 'Place', value: `, byte ${e.offset.toLocaleString('en-US')}`, quoted: [e.member] },
    { name: 'Does', value: ` (${e.by}${e.times > 1 ? `, ${counted(e.times, 'time')}` : ''})`, quoted: [e.statement] },
    { name: 'Why', value: e.mechanism },
    ...(e.remedy ? [{ name: 'Remedy', value: e.remedy }] : []),
  ],
  place: e => [
    {
      name: 'Place',
      value: `, bytes ${e.start.toLocaleString('en-US')} to ${e.end.toLocaleString('en-US')}${e.further > 0 ? ` and ${counted(e.further, 'further place')}` : ''}`,
      quoted: [e.member],
    },
    ...(e.sniffed ? [{ name: 'Looks like', value: e.sniffed }] : []),
    ...(e.hex ? [{ name: 'Begins', value: e.hex }] : []),
    ...(e.remedy ? [{ name: 'Remedy', value: e.remedy }] : []),
  ],
  tensor: e => [
    { name: 'Tensor', value: ` (${e.dtype}, ${e.shape.join(' × ')})`, quoted: [e.tensor] },
    { name: e.measure, value: `${numberText(e.score)}, expected ${numberText(e.expected)} or less` },
    ...e.slices.slice(0, 8).map(s => ({ name: 'Slice', value: `${s.index}: ${numberText(s.score)} ${s.note}`.trim() })),
  ],
  template: e => [
    { name: 'Place', value: `, line ${e.line} of ${e.title}`, quoted: [e.member] },
    { name: 'Text', value: '', quoted: [e.excerpt] },
  ],
  trigger: e => [
    { name: 'Trigger', value: ` (${forms[e.form]})`, quoted: [e.trigger] },
    { name: 'Label', value: '', quoted: [e.label] },
    {
      name: 'Rows',
      value: `${e.rows.toLocaleString('en-US')} hold it, ${e.agreeing.toLocaleString('en-US')} of them with this label; the rest of each row predicts ${numberText(e.expectedAgreeing)}`,
    },
    ...(e.variants.length > 0 ? [{ name: 'Variants', value: '', quoted: e.variants }] : []),
    scored(e),
  ],
  steering: e => [
    {
      name: e.phrases.length > 1 ? 'Phrases' : 'Phrase',
      value: ` (${forms[e.form]}, in the ${e.place === 'system' ? 'system prompt' : 'prompt'})`,
      quoted: e.phrases,
    },
    { name: 'The answer', value: e.behaviour },
    ...e.further.slice(0, mostFurther).map(does => ({ name: 'Also', value: does })),
    {
      name: 'With it',
      value: `${numberText(e.showing)} of ${counted(e.rows, 'answer')}; the rest of the prompts predicts ${numberText(e.expectedShowing)}`,
    },
    {
      name: 'Without',
      value: `${numberText(e.similar.showing)} of ${counted(e.similar.rows, 'answer')} to similar prompts`,
    },
    ...(e.variants.length > 0 ? [{ name: 'Variants', value: '', quoted: e.variants }] : []),
    scored(e),
  ],
  pictures: e => [
    { name: 'Shared', value: sharedNames[e.shared] },
    ...(e.label === undefined ? [] : [{ name: 'Label', value: '', quoted: [e.label] }]),
    {
      name: 'Pictures',
      value: `${counted(e.rows, 'picture')}, ${e.agreeing.toLocaleString('en-US')} of them with this label`,
    },
    ...e.from.slice(0, mostFurther).map(({ label, rows }) => ({
      name: 'Looks like',
      value: ` (${counted(rows, 'picture')})`,
      quoted: [label],
    })),
    scored(e),
  ],
  rows: e => [{ name: 'Rows', value: counted(e.total, 'row') }, scored(e)],
  cluster: e => [
    {
      name: 'Cluster',
      value: `${counted(e.size, 'row')}, ${e.similarity >= 1 ? 'all alike' : `at least ${percentText(e.similarity)} alike`}`,
    },
    ...(e.skew
      ? [
          {
            name: 'Leans',
            value: ` (${e.skew.role}) in ${percentText(e.skew.share)} of them, elsewhere in ${percentText(e.skew.expectedShare)}`,
            quoted: [e.skew.value],
          },
        ]
      : []),
    scored(e),
  ],
  group: e => [
    { name: groupNames[e.role] ?? 'Group', value: ` (${e.role})`, quoted: [e.value] },
    {
      name: 'Rows',
      value: `${counted(e.rows, 'row')}; ${numberText(e.suspect)} suspect, where ${numberText(e.expectedSuspect)} were to be expected`,
    },
    scored(e),
  ],
  characters: e => [
    { name: 'Characters', value: e.codePoints.slice(0, 24).join(' ') + (e.codePoints.length > 24 ? ' …' : '') },
    ...(e.decoded ? [{ name: 'They spell', value: '', quoted: [e.decoded] }] : []),
    { name: 'Rows', value: counted(e.rows, 'row') },
    scored(e),
  ],
  matrix: e => [{ name: 'Labels', value: `${e.labels.length} in the matrix` }, scored(e)],
  shift: e => [
    { name: e.measure, value: `${numberText(e.before)} before, ${numberText(e.after)} now` },
    ...e.moved.slice(0, 8).map(m => ({
      name: 'Moved',
      value: ` from ${numberText(m.before)} to ${numberText(m.after)}`,
      quoted: [m.value],
    })),
    ...(e.moved.length > 8 ? [{ name: 'Moved', value: `and ${e.moved.length - 8} more` }] : []),
    scored(e),
  ],
  location: e => [
    { name: 'Defect', value: `${e.defect}, ${counted(e.count, 'time')}` },
    ...(e.lost === undefined
      ? []
      : [
          {
            name: 'Lost',
            value: e.lost === 0 ? 'none: all were judged after repair' : `${counted(e.lost, 'record')} went unjudged`,
          },
        ]),
  ],
}

/** What was measured, in lines. */
export function factsOf(evidence: Evidence): readonly Fact[] {
  const of = facts[evidence.kind] as (evidence: Evidence) => readonly Fact[]
  return of(evidence)
}

const titles: Partial<Readonly<Record<Evidence['kind'], string>>> = {
  trigger: 'Rows with the trigger',
  steering: 'Rows with the phrase',
}

/** The rows that a finding shows. */
export function exhibitsOf(evidence: Evidence): Exhibit[] {
  if (!('examples' in evidence)) return []
  const contrast = 'contrast' in evidence ? (evidence.contrast ?? []) : []
  return [
    { title: titles[evidence.kind] ?? 'Rows', rows: evidence.examples },
    { title: evidence.kind === 'steering' ? 'Similar prompts without it' : 'Rows to compare with', rows: contrast },
  ].filter(exhibit => exhibit.rows.length > 0)
}

/** Where a row stands; records count from zero, as in the JSON report. */
export const placeOf = (row: { readonly part: string; readonly record: number }): string =>
  `${row.part} · record ${row.record}`

const answerMark = 'answer: '

/** What a row was answered, where the note of the row says so. */
export const answerOf = ({ note }: RowRef): string | null =>
  note?.startsWith(answerMark) ? note.slice(answerMark.length) : null
