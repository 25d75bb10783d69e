import { z } from 'zod'
import {
  type Cell,
  type Claim,
  confidentJoint,
  type DetectContext,
  detector,
  type Part,
  type Row,
  type RowId,
  rowRef,
  scaledToRows,
  tally,
  textModelDefaults,
  textOf,
} from '../../core/index.ts'
import {
  type DoubtedRow,
  labelDoubt,
  picturesOf,
  rowSample,
  rowsOf,
  type TextModel,
  type Thumbnails,
  textModel,
  thumbnails,
} from '../../statistics/index.ts'
import { unreadFinding } from './channel.ts'
import { type Doubted, type PictureDoubt, pictureDoubt } from './pictures.ts'
import { plainFinding } from './plain.ts'
import { concentrated } from './senders.ts'
import { evidenceOf, figuresOf, wantedRows } from './shown.ts'

/** Fewer labelled rows teach a model nothing about labels. */
const fewestRows = 100
/** Doubted rows that are listed, and looked up by contributor. */
const mostRows = 20_000
const mostExamples = 20
const mostSenders = 2000

/** What the halves of this detector may use. */
type Context = DetectContext<
  { readonly honest: number; readonly honestPictures: number; readonly risk: number },
  | 'noise'
  | 'directional'
  | 'plain'
  | 'unread'
  | 'oneway'
  | 'pictures'
  | 'unreadPictures'
  | 'pairPictures'
  | 'concentrated'
>

/**
 * Labels that the text contradicts. Every corpus has them, for classes are hard; more than that is a sign when they
 * stand on plainly worded rows, or when few contributors gave most of them.
 */
export default detector({
  id: 'label-noise',
  title: 'Labels that the text or the picture contradicts',
  threat: 'label-flipping',
  input: {
    table: { label: 'category', text: 'string?', image: 'any?', source: 'category?', actor: 'category?' },
  },
  cost: 'rescan',

  options: z.object({
    honest: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('Share of plainly worded rows that honest annotators mislabel.'),
    honestPictures: z
      .number()
      .min(0)
      .max(1)
      .default(0.03)
      .describe('Share of pictures that honest annotators mislabel, however plain they look.'),
    risk: z.number().positive().max(0.1).default(0.001).describe('Chance that honest labels are held, for each test.'),
  }),

  messages: {
    noise: 'The text of {total} of {rows} rows speaks for another label than they have; the most doubtful come first.',
    directional:
      '{flipped} of {plain} rows that are plainly "{likely}" are labelled "{given}", and less than half as many the other way round; honest labels leave at most {bound}.',
    plain:
      '{flipped} of {plain} rows that are plainly "{likely}" are labelled "{given}"; honest labels leave at most {bound}.',
    unread:
      'More than {bound} % of the labels of {rows} rows are wrong, and they do not get rarer where the text is plainer.',
    oneway:
      'More than {bound} % of the rows that speak for "{likely}" are labelled "{given}", and they do not get rarer where the text is plainer.',
    pictures: '{total} of {rows} pictures look like another label than they have; the most doubtful come first.',
    unreadPictures:
      'About {share} % of the labels of {rows} pictures are wrong, and they do not get rarer where the look is plainer; honest labels leave at most {bound} %.',
    pairPictures:
      'About {share} % of the pictures that look like "{likely}" are labelled "{given}", and not the other way round: {total} pictures.',
    concentrated:
      '{suspect} of the {rows} labels most in doubt come from {role} {value}, which has {usual} % of all rows.',
  },

  async *detect(context) {
    const { table, notJudged } = context
    if (!table.has('text') && !table.has('image')) notJudged('no "text" and no "image" column')
    if (table.has('text')) yield* judgeTexts(context)
    if (table.has('image')) yield* judgePictures(context)
  },
})

async function* judgeTexts({
  table,
  options: { honest, risk },
  claim,
  figure,
  notJudged,
}: Context): AsyncGenerator<Claim> {
  const { text } = await table.measure({ text: textModel.request(textModelDefaults) })
  if (text.labels.length < 2 || text.total < fewestRows) {
    notJudged(`labels of ${text.total} rows: too few rows or labels to learn from.`)
    return
  }
  const names = text.other ? [...text.labels, 'other labels'] : text.labels
  const { doubt } = await table.measure({
    doubt: labelDoubt.request({ model: text.cleaned.model, labels: text.labels, limit: mostRows }),
  })
  const joint = jointOf(text, doubt.total)
  figure(matrixFigure(names, joint))
  if (doubt.rows.length === 0) return
  const suspects = doubt.rows.slice(0, Math.max(1, Math.round(offDiagonal(joint))))

  const roles = (['source', 'actor'] as const).filter(role => table.has(role))
  const bounds = { honest, risk }
  const excess = unreadFinding(text, doubt, joint, names, bounds) ?? plainFinding(text, doubt, joint, names, bounds)
  const looked = suspects.slice(0, mostSenders)
  const wanted = [...looked, ...(excess?.rows ?? []).slice(0, mostExamples)].map(s => s.row)
  const { cells, sample } = await table.measure({
    cells: rowsOf.request({ rows: Float64Array.from(wanted).sort(), roles: ['text', ...roles], characters: 4000 }),
    sample: rowSample.request({ roles: [...roles], limit: 100_000, seed: 1 }),
  })
  const show = (rows: readonly DoubtedRow[]) => examplesOf(rows, cells.rows, table.parts, names)

  if (excess) {
    const evidence = { kind: 'matrix' as const, ...excess.matrix, examples: show(excess.rows) }
    yield claim(excess.message, 'hold', evidence, { rows: excess.rows.map(r => r.row), values: excess.values })
  }
  for (const role of roles) {
    const given = { suspects: looked, cells: cells.rows, all: tally(valuesOf(sample.cells.get(role))), risk }
    const few = concentrated(role, given)
    if (!few) continue
    const evidence = { ...few.evidence, expected: -Math.log(risk), examples: show(few.accused) }
    yield claim('concentrated', 'hold', evidence, { rows: few.accused.map(s => s.row), values: few.values })
  }
  const [total, score] = [suspects.length, suspects.length / doubt.total]
  const evidence = { kind: 'rows' as const, total, score, expected: honest, examples: show(suspects) }
  yield claim('noise', 'info', evidence, { rows: suspects.map(s => s.row), values: { rows: doubt.total } })
}

async function* judgePictures({ table, options, claim, figure, notJudged }: Context): AsyncGenerator<Claim> {
  const { thumbnails: seen } = await table.measure({ thumbnails: thumbnails.request({}) })
  const bounds = { honest: options.honestPictures, risk: options.risk }
  const doubt = seen.rows.length < fewestRows ? null : pictureDoubt(seen, bounds)
  if (!doubt) {
    notJudged(`labels of ${seen.rows.length} pictures: too few, or their looks tell too little of the labels.`)
    return
  }
  sayLeftOut(seen, doubt, notJudged)
  for (const drawn of figuresOf(seen, doubt)) figure(drawn)
  if (doubt.doubted.length === 0) return
  const { pictures } = await table.measure({ pictures: picturesOf.request({ rows: wantedRows(seen, doubt) }) })
  const shown = { pictures: pictures.pictures, parts: table.parts, thumbnails: seen, doubt }
  const rowsIn = (doubted: readonly Doubted[]) => doubted.map(({ nth }) => seen.rows[nth]!)
  const percent = (share: number) => Math.round(1000 * share) / 10
  for (const excess of doubt.excess) {
    const { pair, rows } = excess
    const values = {
      rows: doubt.judged,
      total: rows.length,
      share: percent(excess.share),
      bound: percent(bounds.honest),
      ...(pair ? { likely: seen.labels[pair.likely]!, given: seen.labels[pair.given]! } : {}),
    }
    const evidence = evidenceOf(shown, rows, excess, -Math.log(bounds.risk))
    yield claim(excess.message, 'hold', evidence, { rows: rowsIn(rows), values })
  }
  const values = { rows: doubt.judged, total: doubt.doubted.length }
  const evidence = evidenceOf(shown, doubt.doubted, null, bounds.honest)
  yield claim('pictures', 'info', evidence, { rows: rowsIn(doubt.doubted), values })
}

/** Says which labels and pictures were not judged. */
function sayLeftOut(seen: Thumbnails, { told, judged }: PictureDoubt, notJudged: (sentence: string) => void): void {
  if (told.classes < seen.labels.length)
    notJudged(
      `${seen.labels.length - told.classes} labels of few pictures, beyond the ${told.classes} most frequent ones.`,
    )
  if (seen.total > seen.rows.length) notJudged(`labels of ${seen.total - judged} pictures beyond an even sample.`)
}

const offDiagonal = (joint: readonly Float64Array[]): number =>
  joint.reduce((sum, row, y) => sum + row.reduce((a, n, t) => (t === y ? a : a + n), 0), 0)

const valuesOf = (cells: readonly Cell[] | undefined): string[] =>
  (cells ?? []).flatMap(cell => {
    const value = textOf(cell)
    return value ? [value] : []
  })

/** The confident joint, scaled from the sample to the table. */
function jointOf({ probability, label, model }: TextModel, total: number): Float64Array[] {
  const joint = confidentJoint(probability, label, model.classes)
  const factor = total / Math.max(1, label.length)
  return scaledToRows(
    joint.counted,
    joint.rows.map(n => n * factor),
  )
}

function matrixFigure(names: readonly string[], joint: readonly Float64Array[]) {
  const labels = names.slice(0, 64)
  return {
    kind: 'heat' as const,
    title: 'Given labels and what the text says',
    x: 'the text says',
    y: 'label given',
    labels,
    counts: labels.map((_, y) => labels.map((_, t) => Math.round(joint[y]![t]!))),
  }
}

function examplesOf(
  rows: readonly DoubtedRow[],
  cells: ReadonlyMap<RowId, Row>,
  parts: readonly Part[],
  names: readonly string[],
) {
  return rows.slice(0, mostExamples).map(({ row, given, likely, own, best }) =>
    rowRef({
      parts,
      row,
      text: textOf(cells.get(row)?.text),
      label: names[given]!,
      score: best - own,
      note: `the text says "${names[likely]}" (${Math.round(100 * best)} %)`,
    }),
  )
}
