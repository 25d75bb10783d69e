import {
  type Evidence,
  excerptOf,
  type Figure,
  type Outcome,
  type Role,
  type RowRef,
  type Table,
} from '../core/index.ts'

/** Characters of one row, or of one phrase, that a report shows of talk unless it is asked for more. */
const mostShown = 120
/** The same for a label, which names a class and is no place for an answer. */
const mostLabel = 60
/** The same for what a picture calls a bar or a point. */
const mostName = 40

const talk: readonly Role[] = ['prompt', 'response', 'chosen', 'rejected']

/** True when the rows of a table are talk: what they say may be long, private or offensive. */
export const isTalkTable = ({ roles }: Pick<Table, 'roles'>): boolean => talk.some(role => roles.has(role))

/**
 * An outcome whose rows are excerpts around what is telling, never whole: a reader of a report must not be handed
 * everything that a poisoned or an honest row says. Which rows they are, and every number, stays.
 */
export const discreet = (outcome: Outcome): Outcome => ({
  ...outcome,
  findings: outcome.findings.map(finding => ({ ...finding, evidence: shortened(finding.evidence) as Evidence })),
  figures: outcome.figures.map(figure => named(figure) as Figure),
})

/** The value of a message, no longer than a report shows. */
export const shownOf = (value: string): string => excerptOf(value, [], mostShown).excerpt

/** Sentences about bytes, and names of contributors, quote no row. */
const kept = new Set(['message', 'codePoints', 'value', 'values'])

function shortened(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return kept.has(key) ? value : shownOf(value)
  if (Array.isArray(value)) return value.map(each => shortened(each, key))
  if (typeof value !== 'object' || value === null) return value
  if (isRow(value)) return shortRow(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner, name)]))
}

const isRow = (value: object): value is RowRef => 'excerpt' in value && 'spans' in value && 'record' in value

/** Of a short row a part as well: it would stand there in full. */
function shortRow({ excerpt, spans, label, note, ...row }: RowRef): RowRef {
  const most = Math.min(mostShown, Math.max(8, Math.floor((excerpt.length * 2) / 3)))
  return {
    ...row,
    ...excerptOf(excerpt, spans, most),
    ...(label === undefined ? {} : { label: excerptOf(label, [], mostLabel).excerpt }),
    ...(note === undefined ? {} : { note: shownOf(note) }),
  }
}

function named(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'name' ? excerptOf(value, [], mostName).excerpt : value
  if (Array.isArray(value)) return value.map(each => named(each, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, named(inner, name)]))
}
