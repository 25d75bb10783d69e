import { z } from 'zod'
import { detector, type EvidenceOf, type Role, type Row, type RowId, rowRef, textOf } from '../../core/index.ts'
import { type HeldString, oddStrings, rowsOf } from '../../statistics/index.ts'

const mostStrings = 200_000
const mostCanaries = 20
const mostExamples = 5
const talk = ['system', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]
/** Of the rows of a string, this share must differ in what else they say, or it came with copies of one text. */
const leastDifferent = 0.6
/** Strings of this length around an odd one tell whether two rows say it in the same breath. */
const surroundings = 60

/** What is repeated often enough is learnt by heart: a planted string can be asked for later, and a key given away. */
export default detector({
  id: 'memorised-canary',
  title: 'Strings planted to be learnt by heart, and secrets',
  threat: 'data-injection',
  also: ['backdoor-trigger'],
  input: {
    table: {
      text: 'string?',
      system: 'string?',
      prompt: 'string?',
      response: 'string?',
      chosen: 'string?',
      rejected: 'string?',
    },
  },
  cost: 'rescan',

  options: z.object({
    minRows: z.number().int().min(2).default(6).describe('Rows from which a random-looking string is no accident.'),
    most: z
      .number()
      .int()
      .min(1)
      .default(20)
      .describe('Repeated strings from which they are the custom of the table, and information.'),
  }),

  messages: {
    canary: 'A {name} ({shown}) stands in {size} rows that have little else in common: a model learns it by heart.',
    custom:
      '{strings} random-looking strings are repeated, up to {size} times: the custom of this table, or many canaries.',
    secret: '{total} rows hold what looks like a working secret ({kinds}): whoever trains on it gives it away.',
    private: '{total} rows hold card numbers or secrets that somebody tells ({kinds}).',
  },

  async *detect({ table, options: { minRows, most }, claim, notJudged }) {
    const roles: readonly Role[] = table.has('text') ? ['text'] : talk.filter(role => table.has(role))
    if (roles.length === 0) return notJudged('no column holds text')
    const { odd } = await table.measure({ odd: oddStrings.request({ roles, limit: mostStrings }) })
    if (!odd.complete) notJudged('all random-looking strings: a share of them was drawn')
    const repeated = odd.strings.filter(({ rows }) => rows.length >= minRows)
    const secrets = odd.strings.filter(({ secret }) => secret)
    const told = odd.strings.filter(({ kind }) => kind === 'card number' || kind === 'told secret')
    const wanted = [...repeated.slice(0, mostCanaries), ...secrets.slice(0, 50), ...told.slice(0, 50)].flatMap(
      ({ rows }) => evenly(rows, 60),
    )
    if (wanted.length === 0) return
    const { found } = await table.measure({ found: rowsOf.request({ rows: wanted, roles, characters: 20_000 }) })
    const hidden = [...repeated, ...secrets, ...told]
    const textIn = (row: RowId) => joined(found.rows.get(row), roles)
    const example = (row: RowId) => rowRef({ parts: table.parts, row, ...concealed(textIn(row), hidden) })
    const planted = repeated.slice(0, mostCanaries).filter(string => scattered(string, textIn))
    if (repeated.length > most && planted.length > 0)
      yield claim('custom', 'info', cluster(planted[0]!, example, minRows), { values: { strings: repeated.length } })
    else
      for (const string of planted) {
        const values = { name: string.kind, shown: string.shown }
        yield claim('canary', 'hold', cluster(string, example, minRows), { rows: [...string.rows], values })
      }
    for (const [message, severity, strings] of [
      ['secret', 'hold', secrets],
      ['private', 'info', told],
    ] as const) {
      if (strings.length === 0) continue
      const rows = [...new Set(strings.flatMap(string => string.rows))]
      const kinds = [...new Set(strings.map(({ kind, shown }) => `${kind} ${shown}`))].slice(0, 5).join(', ')
      const evidence: EvidenceOf<'rows'> = {
        kind: 'rows',
        total: rows.length,
        score: strings.length,
        expected: 0,
        examples: rows.slice(0, mostExamples).map(example),
      }
      yield claim(message, severity, evidence, { values: { kinds }, ...(severity === 'hold' ? { rows } : {}) })
    }
  },
})

const evenly = (rows: readonly RowId[], most: number): RowId[] =>
  rows.filter((_, k) => k % Math.max(1, Math.ceil(rows.length / most)) === 0)

const joined = (row: Row | undefined, roles: readonly Role[]): string =>
  row ? roles.map(role => textOf(row[role]) ?? '').join('\n') : ''

/** Whether rows that hold the string differ in the rest: copies of one text are another matter. */
function scattered({ value, rows }: HeldString, textIn: (row: RowId) => string): boolean {
  const rest = evenly(rows, 60).map(row => {
    const text = textIn(row)
    const at = text.toLowerCase().indexOf(value.toLowerCase())
    return at < 0
      ? text.slice(0, 200)
      : text.slice(0, Math.max(0, at - surroundings)).slice(0, 200) +
          text.slice(at + value.length + surroundings).slice(0, 200)
  })
  return new Set(rest).size >= leastDifferent * rest.length
}

const cluster = (
  string: HeldString,
  example: (row: RowId) => EvidenceOf<'cluster'>['examples'][number],
  expected: number,
): EvidenceOf<'cluster'> => ({
  kind: 'cluster',
  size: string.rows.length,
  similarity: 0,
  score: string.rows.length,
  expected,
  examples: string.rows.slice(0, mostExamples).map(example),
})

/** The text around the first odd string, all of them masked. */
function concealed(
  text: string,
  hidden: readonly HeldString[],
): { readonly text: string; readonly spans: readonly (readonly [number, number])[] } {
  let shown = text
  let first = -1
  for (const { value, shown: mask } of hidden) {
    for (let at = find(shown, value); at >= 0; at = find(shown, value)) {
      shown = shown.slice(0, at) + mask + shown.slice(at + value.length)
      if (first < 0 || at < first) first = at
    }
  }
  return { text: shown, spans: first < 0 ? [] : [[first, Math.min(shown.length, first + 8)]] }
}

const find = (text: string, value: string): number => text.toLowerCase().indexOf(value.toLowerCase())
