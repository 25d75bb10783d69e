import {
  type Batch,
  type Cell,
  cellsOf,
  highKey,
  labelOf,
  lowKey,
  type Plain,
  textOf,
  timeOf,
} from '../../core/index.ts'

/** One opinion of one rater about one thing. */
export interface Vote {
  readonly rater: string
  /** Name of what is rated, 53 bits; ratings of one thing have one name wherever they stand. */
  readonly item: number
  readonly value: string
  /** Milliseconds since 1970; NaN when unknown. */
  readonly time: number
  /** What kind of thing it is: the source of the row, or the name of a measure; empty when unknown. */
  readonly kind: string
  readonly gold: boolean
}

/** Longer names of raters, values and kinds are cut: they are names. */
const mostName = 120
/** Raters of one row and depth of their cell that are read. */
const mostRaters = 1000
const mostDepth = 3

const named = (text: string): string => (text.length > mostName ? text.slice(0, mostName) : text)

/** A 53-bit name of some texts in this order. */
export function nameOf(parts: readonly string[]): number {
  const joined = parts.join('\u0001')
  return (highKey(joined) >>> 0) * 2097152 + (lowKey(joined) >>> 11)
}

/** The votes of row `i` of a batch. */
export function votesOf(batch: Batch, i: number, gold: string): Vote[] {
  const cell = (role: Parameters<typeof cellsOf>[1]): Cell | undefined => cellsOf(batch, role)[i]
  const source = labelOf(cell('source')) ?? ''
  const curated = [labelOf(cell('split')), source, labelOf(cell('rater'))].some(
    name => name?.trim().toLowerCase() === gold.toLowerCase(),
  )
  const about = { time: timeOf(cell('time')) ?? NaN, kind: named(source), gold: curated }
  const pair = pairOf(cell('chosen'), cell('rejected'))
  const item = itemOf(cell, pair) ?? batch.rows[i]!
  const ratings = cell('ratings')
  if (ratings != null && typeof ratings !== 'string') return nested(ratings as Plain, item, about)
  const rater = labelOf(cell('rater')) ?? labelOf(cell('actor'))
  const value = pair ? pair.won : labelOf(cell('label'))
  return rater === null || value === null ? [] : [{ ...about, rater: named(rater), item, value: named(value) }]
}

interface Pair {
  readonly answers: readonly string[]
  /** Which of the two answers was chosen, by an order that does not depend on who chose. */
  readonly won: string
}

function pairOf(chosen: Cell | undefined, rejected: Cell | undefined): Pair | null {
  const [better, worse] = [textOf(chosen), textOf(rejected)]
  if (better === null || worse === null || better === worse) return null
  return better < worse ? { answers: [better, worse], won: 'first' } : { answers: [worse, better], won: 'second' }
}

function itemOf(cell: (role: Parameters<typeof cellsOf>[1]) => Cell | undefined, pair: Pair | null): number | null {
  const item = labelOf(cell('item'))
  const answer = textOf(cell('response'))
  const rated = pair ? pair.answers : answer === null ? [] : [answer]
  if (item !== null) return nameOf([item, ...rated])
  const asked = textOf(cell('prompt'))
  if (asked !== null || rated.length > 0) return nameOf([asked ?? '', ...rated])
  const text = textOf(cell('text')) ?? textOf(cell('url')) ?? labelOf(cell('id'))
  return text === null ? null : nameOf([text])
}

type Known = Pick<Vote, 'time' | 'kind' | 'gold'>
const isObject = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueKeys = ['value', 'score', 'rating', 'label', 'vote', 'choice']
const raterKeys = ['rater', 'rater_id', 'annotator', 'annotator_id', 'worker', 'worker_id', 'user', 'user_id', 'actor']
const timeKeys = ['time', 'timestamp', 'created_at', 'date']
const under = (cell: { readonly [key: string]: Plain }, keys: readonly string[]): Plain | undefined =>
  keys.map(key => cell[key]).find(value => value != null)

/**
 * Scores by rater in one cell: `{ann: 4}`, `{ann: {value: 4, timestamp: …}}`, measures of such objects, lists of
 * `{rater, score}`, and lists of scores whose places are the raters.
 */
function nested(cell: Plain, item: number, about: Known, depth = 0): Vote[] {
  const votes: Vote[] = []
  const entries: [string, Plain][] = Array.isArray(cell)
    ? cell.map((value, k) => [isObject(value) ? (textOf(under(value, raterKeys)) ?? `${k + 1}`) : `${k + 1}`, value])
    : isObject(cell)
      ? Object.entries(cell)
      : []
  for (const [name, value] of entries.slice(0, mostRaters)) {
    const told = isObject(value) ? under(value, valueKeys) : value
    if (told !== undefined && !isObject(told) && !Array.isArray(told)) {
      const label = labelOf(told)
      const time = isObject(value) ? (timeOf(under(value, timeKeys)) ?? about.time) : about.time
      if (label !== null) votes.push({ ...about, rater: named(name), item, value: named(label), time })
    } else if (isObject(value) && depth < mostDepth) {
      const measure = nameOf([String(item), name])
      votes.push(...nested(value, measure, { ...about, kind: named(name) }, depth + 1))
    }
  }
  return votes.slice(0, mostRaters)
}
