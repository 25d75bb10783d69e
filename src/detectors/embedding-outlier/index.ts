import { z } from 'zod'
import { modelDetector, numbersOf, standOut, type TokenText, tensorPlace, tokensBeside } from '../../core/index.ts'
import { type Embedding, embeddingsOf } from './find.ts'
import { measured, type RowMeasures } from './measure.ts'
import { type Twins, twinsOf } from './twins.ts'

const options = z.object({
  risk: z.number().positive().max(0.5).default(0.001).describe('Chance of naming any row of an honest embedding.'),
  times: z.number().min(1).default(1.3).describe('A row must exceed the crowd so many times over.'),
  most: z.number().int().min(1).max(1000).default(32).describe('Rows of one embedding that may be changed.'),
  budgetBytes: z
    .number()
    .int()
    .positive()
    .default(2 ** 31)
    .describe('Bytes of one embedding that are read; of a larger one, evenly spaced rows.'),
})
type Options = z.output<typeof options>

/** Rows named in one sentence, and in the evidence. */
const mostNamed = 8
const mostSlices = 100
/** In a matrix where more rows than this have an equal, equals are its custom: copied when the vocabulary grew. */
const customShare = 0.01

const meanings = { length: 'its length', away: 'its distance from the mean', along: 'its share of the mean direction' }
type Measure = keyof typeof meanings

interface Suspect {
  readonly row: number
  readonly times: number
  readonly chance: number
  readonly why: string
}

/**
 * A poisoned token needs a vector that its neighbours do not have: longer, or out of the way, or the same as that of
 * the other triggers. We measure each row against the tail of all rows, and look for rows that are one another's copy.
 */
export default modelDetector({
  id: 'embedding-outlier',
  title: 'Rows of an embedding that were changed',
  threat: 'weight-backdoor',
  input: { model: ['tensors'] },
  cost: 'rescan',
  options,
  messages: {
    rows: '{member}: {count} of {rows} rows of "{tensor}" stand clear of all others: {named}. Trained rows do not; a token whose vector was replaced does.',
    twins:
      '{member}: rows of "{tensor}" that should differ are equal: {named}. Tokens that were given one vector do the same to the model.',
  },

  async *detect({ model, options, claim, notJudged }) {
    for (const embedding of embeddingsOf(model)) {
      const { found, member, file, rows } = embedding
      const seen = look(embedding, options)
      if (typeof seen === 'string') {
        notJudged(`${member.path}, "${found.name}": ${seen}.`)
        continue
      }
      const unread = rows - seen.measures.rows.length
      if (unread > 0)
        notJudged(`${member.path}, "${found.name}": ${unread} of ${rows} rows were not read (budgetBytes).`)
      const token = tokensBeside(model, file.name)
      const evidence = tensorPlace(embedding)
      if (seen.suspects.length > 0) {
        const { slices, named } = suspectsShown(seen.suspects, token)
        const { why: measure, times: score } = seen.suspects[0]!
        const values = { count: seen.suspects.length, rows, named }
        yield claim('rows', 'hold', { ...evidence, measure, slices, score, expected: 1 }, { values })
      }
      if (seen.twins.length > 0) {
        const { slices, named, score } = twinsShown(seen.twins, seen.measures, token)
        const severity = score > seen.measures.rows.length * customShare ? 'info' : 'hold'
        const more = { values: { named } }
        yield claim('twins', severity, { ...evidence, measure: 'equal rows', slices, score, expected: 0 }, more)
      }
    }
  },
})

/** What was seen in one embedding. */
interface Seen {
  readonly measures: RowMeasures
  readonly suspects: readonly Suspect[]
  readonly twins: readonly Twins[]
}

function look({ rows, columns, found }: Embedding, options: Options): Seen | string {
  const numbers = numbersOf(found)
  if (typeof numbers === 'string') return numbers
  const measures = measured(numbers, rows, columns, options.budgetBytes)
  const twins = twinsOf(measures, numbers, columns).filter(
    ({ members }) =>
      !isFilling(
        members.map(k => measures.rows[k]!),
        rows,
      ),
  )
  return { measures, suspects: suspectsOf(measures, options), twins }
}

function suspectsOf(seen: RowMeasures, { risk, times, most }: Options): Suspect[] {
  const room = Math.min(most, Math.max(2, Math.floor(seen.rows.length / 100)))
  const suspects = new Map<number, Suspect>()
  for (const measure of Object.keys(meanings) as Measure[])
    for (const each of standOut(seen[measure], { most: room, risk: risk / 3 })) {
      const row = seen.rows[each.index]!
      const before = suspects.get(row)
      if (each.times < times || (before && before.times >= each.times)) continue
      suspects.set(row, { row, times: each.times, chance: each.chance, why: meanings[measure] })
    }
  return [...suspects.values()].sort((a, b) => b.times - a.times || a.row - b.row)
}

/** The last rows fill a matrix up to a round size. */
const isFilling = (members: readonly number[], rows: number): boolean =>
  members.at(-1) === rows - 1 && members.at(-1)! - members[0]! === members.length - 1

function nameOf(row: number, token: TokenText): string {
  const text = token(row)
  return text === undefined ? `row ${row}` : `row ${row} (${text})`
}

function suspectsShown(suspects: readonly Suspect[], token: TokenText) {
  const slices = suspects
    .slice(0, mostSlices)
    .map(({ row, times, why }) => ({ index: nameOf(row, token), score: times, note: why }))
  const texts = suspects
    .slice(0, mostNamed)
    .map(({ row, times, why }) => `${nameOf(row, token)}, ${why} ${times.toFixed(1)} times the crowd's largest`)
  const more = suspects.length > mostNamed ? ` and ${suspects.length - mostNamed} more` : ''
  return { slices, named: texts.join('; ') + more }
}

function twinsShown(groups: readonly Twins[], { rows }: RowMeasures, token: TokenText) {
  const texts = groups.map(({ members }) =>
    members
      .slice(0, mostNamed)
      .map(k => nameOf(rows[k]!, token))
      .join(' = '),
  )
  const slices = texts
    .slice(0, mostSlices)
    .map((index, k) => ({ index, score: groups[k]!.members.length, note: 'equal rows' }))
  const more = texts.length > mostNamed ? ` and ${texts.length - mostNamed} more groups` : ''
  const score = groups.reduce((sum, { members }) => sum + members.length, 0)
  return { slices, named: texts.slice(0, mostNamed).join('; ') + more, score }
}
