import { z } from 'zod'
import {
  appearanceSize,
  appearancesOnce,
  type Claim,
  type DetectContext,
  detector,
  leadingAppearances,
  type RowId,
  rowRef,
  standardise,
  textOf,
  tileOf,
} from '../../core/index.ts'
import { labelledVectors, picturesOf, rowsOf, thumbnails } from '../../statistics/index.ts'
import { type Apart, apartOf } from './decide.ts'
import { splitsOf, type Vectors } from './separate.ts'

const mostBars = 200
const mostShown = 24

type Message = 'apart' | 'leads'
type Context = DetectContext<{ readonly deviations: number; readonly gap: number; readonly most: number }, Message>

/** Vectors of a table, and the rows that they stand for. */
interface Source extends Vectors {
  readonly rows: Float64Array
  readonly by: string
}

/**
 * A network that learnt a backdoor sees poisoned rows of a label as something else than its other rows. We split each
 * label along its leading direction, and claim where the parts are further apart than those of the other labels.
 */
export default detector({
  id: 'embedding-separation',
  title: 'Labels that fall in two parts to a model',
  threat: 'backdoor-trigger',
  input: { table: { label: 'category', image: 'any?', vector: 'any?' } },
  cost: 'rescan',

  options: z.object({
    deviations: z.number().positive().default(6).describe('How far a label must stand out of the others.'),
    gap: z.number().positive().default(5).describe('Least distance of the two parts, in deviations within them.'),
    most: z.number().int().min(1).max(100).default(5).describe('Labels that are named at most; more are the custom.'),
  }),

  messages: {
    apart:
      '{total} of {rows} rows labelled "{label}" stand apart from the others in {by}: {score} deviations between the parts, {usual} in a usual label.',
    leads:
      '{total} rows labelled "{label}" form a part of their own in {by}; too few labels are there to say whether that is usual.',
  },

  async *detect(context) {
    const { table, notJudged } = context
    const source = await sourceOf(context)
    if (!source) return
    if (!table.has('vector'))
      notJudged('no model was given (--model), and no vectors: pictures were compared by colours and edges alone.')
    const splits = splitsOf(source)
    if (splits.length < 2) {
      notJudged(`vectors of ${source.rows.length} rows: too few labels with enough rows.`)
      return
    }
    const { found, usual } = apartOf(splits, context.options)
    const lit = new Set(found.map(f => f.split.label))
    const bars = [...splits].sort((a, b) => b.gap - a.gap || a.label - b.label).slice(0, mostBars)
    context.figure({
      kind: 'bars',
      title: `How far labels fall apart in ${source.by}`,
      x: 'distance of the two parts, in deviations within them',
      bars: bars.map(s => ({ name: source.labels[s.label]!, value: s.gap, of: usual, lit: lit.has(s.label) })),
    })
    for (const each of found) yield await claimOf(context, source, each, usual)
  },
})

/** Vectors of the table; else what pictures look like without a model. */
async function sourceOf({ table, notJudged }: Context): Promise<Source | null> {
  if (table.has('vector')) {
    const { vectors } = await table.measure({ vectors: labelledVectors.request({}) })
    if (vectors.odd > 0) notJudged(`${vectors.odd} rows whose vector has another length, or is none.`)
    if (vectors.total > vectors.rows.length)
      notJudged(`vectors of rows beyond an even sample of ${vectors.rows.length}.`)
    const values = vectors.values.slice()
    standardise(values, Math.max(1, vectors.columns))
    return { ...vectors, values, by: 'the vectors' }
  }
  if (!table.has('image')) {
    notJudged('no "image" and no "vector" column')
    return null
  }
  const { seen } = await table.measure({ seen: thumbnails.request({}) })
  const by = 'how the pictures appear'
  return { ...seen, values: appearancesOnce(seen), columns: appearanceSize, leading: leadingAppearances(seen), by }
}

async function claimOf(context: Context, source: Source, { split, severity }: Apart, usual: number): Promise<Claim> {
  const { table, claim, options } = context
  const label = source.labels[split.label]!
  const rows = split.apart.map(i => source.rows[i]!)
  const message: Message = severity === 'hold' ? 'apart' : 'leads'
  const more = { rows, values: { total: rows.length, rows: split.rows, label, usual: round(usual), by: source.by } }
  const score = round(split.gap)
  const expected = options.gap
  if (!table.has('image')) {
    const examples = await examplesOf(context, rows.slice(0, mostShown), label)
    return claim(message, severity, { kind: 'rows', total: rows.length, score, expected, examples }, more)
  }
  const own = new Set(split.apart)
  const others = Array.from(source.label.keys()).filter(i => source.label[i] === split.label && !own.has(i))
  const beside = others.slice(0, 12).map(i => source.rows[i]!)
  const { seen } = await table.measure({ seen: picturesOf.request({ rows: [...rows.slice(0, mostShown), ...beside] }) })
  const tiles = (wanted: readonly RowId[]) =>
    wanted.flatMap(row => {
      const found = seen.pictures.get(row)
      return found ? [tileOf(found.raster, { row, name: found.name, label: found.label }, table.parts)] : []
    })
  const evidence = {
    kind: 'pictures' as const,
    shared: 'look' as const,
    label,
    rows: rows.length,
    agreeing: rows.length,
    from: [],
    tiles: tiles(rows.slice(0, mostShown)),
    beside: tiles(beside),
    score,
    expected,
  }
  return claim(message, severity, evidence, more)
}

async function examplesOf({ table }: Context, rows: readonly RowId[], label: string) {
  const ids = Float64Array.from(rows).sort()
  const { cells } = await table.measure({ cells: rowsOf.request({ rows: ids, roles: ['id'], characters: 200 }) })
  return rows.map(row => rowRef({ parts: table.parts, row, text: textOf(cells.rows.get(row)?.id) ?? '', label }))
}

const round = (x: number): number => Math.round(10 * x) / 10
