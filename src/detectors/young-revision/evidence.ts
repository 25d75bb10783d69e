import {
  type EvidenceOf,
  labelOf,
  type MeasuredTable,
  type Row,
  type RowId,
  type RowRef,
  rowRef,
  textOf,
} from '../../core/index.ts'
import type { Busy } from './accounts.ts'
import type { Burst, History } from './history.ts'
import type { Refrain } from './inserted.ts'
import type { Span, Stand } from './pages.ts'

/** What evidence is made from. */
export interface About {
  readonly table: MeasuredTable
  readonly span: Span
  readonly cells: ReadonlyMap<RowId, Row>
  readonly risk: number
  readonly pages: number
  readonly hold: number
}

export const about = (facts: About): About => facts

/** Evidence, rows and values of one claim. */
type Told = [
  evidence: EvidenceOf<'group'>,
  more: { readonly rows: readonly RowId[]; readonly values: Readonly<Record<string, string | number>> },
]

const mostExamples = 8

/** `2024-01-31 05:00` */
const momentOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

/** Share, with an empty whole as none. */
export const judgedShare = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const hoursOf = (ms: number): string => {
  const hours = ms / 3_600_000
  return hours === 1 ? 'hour' : `${Number(hours.toFixed(1))} hours`
}

/** Shown as `Page: text`, or the page alone. */
function examplesOf(stands: readonly Stand[], { table, cells }: About, phrase = ''): RowRef[] {
  const known = stands.filter(stand => cells.has(stand.row))
  return (known.length > 0 ? known : stands).slice(0, mostExamples).map(stand => {
    const cell = cells.get(stand.row)
    const page = labelOf(cell?.item) ?? 'a page'
    const body = textOf(cell?.text)
    const text = body === null ? page : `${page}: ${body}`
    const at = phrase === '' ? -1 : text.indexOf(phrase)
    const note = [labelOf(cell?.actor), momentOf(stand.time)].filter(Boolean).join(', ')
    return rowRef({
      parts: table.parts,
      row: stand.row,
      text: excerptAround(text, at),
      ...(at < 0 ? {} : { spans: [spanIn(excerptAround(text, at), phrase)] }),
      note,
    })
  })
}

/** Long articles would hide what was gained. */
const excerptAround = (text: string, at: number): string => (at < 200 ? text : `…${text.slice(at - 150)}`)
const spanIn = (text: string, phrase: string): [number, number] => {
  const at = text.indexOf(phrase)
  return [at, at + phrase.length]
}

const rowsIn = (stands: readonly Stand[]): RowId[] => stands.map(stand => stand.row)
const tenths = (logChance: number): number => Number((-logChance / Math.LN10).toFixed(2))

interface Shown {
  readonly role: string
  readonly value: string
  readonly rows: number
  readonly suspect: number
  readonly expectedSuspect: number
  readonly score: number
  readonly expected: number
}

const told = (
  stands: readonly Stand[],
  facts: About,
  shown: Shown,
  values: Readonly<Record<string, string | number>>,
  phrase?: string,
): Told => [
  { kind: 'group', ...shown, examples: examplesOf(stands, facts, phrase) },
  { rows: rowsIn(stands), values: { moment: momentOf(facts.span.at), hold: facts.hold, ...values } },
]

const lastHours = ({ at }: Span, ms: number): string => `${momentOf(at - ms)} to ${momentOf(at)}`

export const freshEvidence = ({ fresh, usualFresh }: History, facts: About): Told =>
  told(
    fresh,
    facts,
    {
      role: 'time',
      value: lastHours(facts.span, facts.span.holdMs),
      rows: facts.pages,
      suspect: fresh.length,
      expectedSuspect: usualFresh ?? 0,
      score: judgedShare(fresh.length, facts.pages),
      expected: judgedShare(usualFresh ?? 0, facts.pages),
    },
    {},
  )

const said = {
  accounts: 'accounts left a fresh edit',
  newcomers: 'accounts first seen then left a fresh edit',
  pages: 'pages got a fresh edit from an account first seen then',
}

export const burstEvidence = ({ kind, ms, found, expected, most, logChance, stands }: Burst, facts: About): Told =>
  told(
    stands,
    facts,
    {
      role: 'time',
      value: lastHours(facts.span, ms),
      rows: stands.length,
      suspect: found,
      expectedSuspect: Number(expected.toFixed(1)),
      score: tenths(logChance),
      expected: tenths(Math.log(facts.risk)),
    },
    { hours: hoursOf(ms), most, who: said[kind] },
  )

export function accountEvidence({ stands, isNew, usual, logChance }: Busy, facts: About): Told {
  const name = stands.map(s => labelOf(facts.cells.get(s.row)?.actor)).find(actor => actor != null)
  return told(
    stands,
    facts,
    {
      role: 'actor',
      value: name ?? 'an account',
      rows: stands.length,
      suspect: stands.length,
      expectedSuspect: usual,
      score: tenths(logChance),
      expected: tenths(Math.log(facts.risk)),
    },
    { who: isNew ? 'The new account' : 'The account' },
  )
}

export function refrainEvidence({ stands, phrase }: Refrain, facts: About): Told {
  const accounts = new Set(stands.map(s => s.actor)).size
  return told(
    stands,
    facts,
    {
      role: 'text',
      value: phrase,
      rows: facts.pages,
      suspect: stands.length,
      expectedSuspect: 0,
      score: stands.length,
      expected: 4,
    },
    { phrase, accounts: accounts === 1 ? 'one account' : `${accounts} accounts` },
    phrase,
  )
}

export const undoneEvidence = ({ stands, most, test }: History['undone'], facts: About): Told =>
  told(
    stands,
    facts,
    {
      role: 'time',
      value: momentOf(facts.span.at),
      rows: facts.pages,
      suspect: stands.length,
      expectedSuspect: test?.expected ?? 0,
      score: tenths(test?.logChance ?? 0),
      expected: tenths(Math.log(facts.risk)),
    },
    { most },
  )
