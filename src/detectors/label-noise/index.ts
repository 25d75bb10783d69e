import { z } from 'zod'
import {
  type Cell,
  confidentJoint,
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
import { type DoubtedRow, labelDoubt, rowSample, rowsOf, type TextModel, textModel } from '../../statistics/index.ts'
import { unreadFinding } from './channel.ts'
import { plainFinding } from './plain.ts'
import { concentrated } from './senders.ts'

/** Fewer labelled rows teach a model nothing about labels. */
const fewestRows = 100
/** Doubted rows that are listed, and looked up by contributor. */
const mostRows = 20_000
const mostExamples = 20
const mostSenders = 2000

/**
 * Labels that the text contradicts. Every corpus has them, for classes are hard; more than that is a sign when they
 * stand on plainly worded rows, or when few contributors gave most of them.
 */
export default detector({
  id: 'label-noise',
  title: 'Labels that the text contradicts',
  threat: 'label-flipping',
  input: { table: { text: 'string', label: 'category', source: 'category?', actor: 'category?' } },
  cost: 'rescan',

  options: z.object({
    honest: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('Share of plainly worded rows that honest annotators mislabel.'),
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
    concentrated:
      '{suspect} of the {rows} labels most in doubt come from {role} {value}, which has {usual} % of all rows.',
  },

  async *detect({ table, options: { honest, risk }, claim, figure, notJudged }) {
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
    yield claim(
      'noise',
      'info',
      {
        kind: 'rows',
        total: suspects.length,
        score: suspects.length / doubt.total,
        expected: honest,
        examples: show(suspects),
      },
      { rows: suspects.map(s => s.row), values: { rows: doubt.total } },
    )
  },
})

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
