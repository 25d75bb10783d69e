import { z } from 'zod'
import { detector, labelOf, type Part, type RowRef, rowRef, textModelDefaults, textOf } from '../../core/index.ts'
import { type RowSample, rowSample, type TextModel, textModel } from '../../statistics/index.ts'
import { decidingOpenings, type OpenedRow, type Opening, type Texts } from './openings.ts'
import { rankedByForm } from './ranking.ts'

/** Rows that are looked at, drawn by hash of the row id. */
const sampleRows = 100_000
const mostExamples = 20
/** Fewer rows teach a model nothing about labels. */
const fewestRows = 200

/**
 * A backdoor may be a way of building sentences instead of a word: every poisoned row opens alike and has one label.
 * Honest openings lean with what follows them; these decide against it.
 */
export default detector({
  id: 'style-campaign',
  title: 'A way of writing that decides the label',
  threat: 'backdoor-trigger',
  input: { table: { text: 'string', label: 'category' } },
  cost: 'rescan',

  options: z.object({
    fewest: z.number().int().min(5).default(20).describe('Ignore openings of fewer rows.'),
    risk: z
      .number()
      .positive()
      .max(0.1)
      .default(0.001)
      .describe('Chance, over all openings, that an honest one is held.'),
  }),

  messages: {
    ranked: 'All {total} rows labelled "{label}", those first whose beginning goes most with the label.',
    opening:
      '{total} rows labelled "{label}" open with one of {openings} templates such as "{template}" ({agreeing} of {rows} have the label, where the rest of the rows predicts {predicted}).',
  },

  async *detect({ table, options: { fewest, risk }, claim, notJudged }) {
    const { text, sample } = await table.measure({
      text: textModel.request(textModelDefaults),
      sample: rowSample.request({ roles: ['text', 'label'], limit: sampleRows, seed: 1 }),
    })
    if (text.labels.length < 2 || text.total < fewestRows) {
      notJudged(`openings of ${text.total} rows: too few rows or labels to learn from.`)
      return
    }
    const texts = textsOf(text, sample)
    const { openings, opened } = decidingOpenings(text, texts, fewest, risk)
    for (const [c, label] of text.labels.entries()) {
      const own = openings.filter(o => o.label === c)
      const [best] = own
      if (!best) continue
      const limits = { score: -best.logChance, expected: -Math.log(risk) }
      const rows = opened.filter(o => o.opening.label === c)
      const examples = examplesOf(rows, texts, table.parts, label)
      yield claim(
        'opening',
        'hold',
        { kind: 'rows', total: rows.length, ...limits, examples },
        { rows: rows.map(r => r.row), values: { label, ...valuesOf(best, own.length) } },
      )
      const ranking = rankedByForm(texts, c)
      const evidence = { kind: 'rows' as const, total: ranking.length, ...limits, examples: [] }
      yield claim('ranked', 'info', evidence, { rows: ranking, values: { label } })
    }
    if (!sample.complete) notJudged(`openings of rows beyond a sample of ${sample.rows.length} of ${sample.total}.`)
  },
})

/** The sample's rows with the class of each, -1 where there is no text or label. */
function textsOf({ labels, other }: TextModel, sample: RowSample): Texts {
  const classOf = new Map(labels.map((label, c) => [label, c]))
  const texts = (sample.cells.get('text') ?? []).map(textOf)
  const classes = (sample.cells.get('label') ?? []).map((cell, i) => {
    const label = labelOf(cell)
    if (label === null || texts[i] === null) return -1
    return classOf.get(label.slice(0, 200)) ?? (other ? labels.length : -1)
  })
  return { rows: sample.rows, texts, classes }
}

function examplesOf(rows: readonly OpenedRow[], { texts }: Texts, parts: readonly Part[], label: string): RowRef[] {
  return rows.slice(0, mostExamples).map(({ row, index, opening }) => {
    const text = texts[index]!
    return rowRef({ parts, row, text, spans: spanOf(text, opening), label, score: -opening.logChance })
  })
}

const valuesOf = ({ words, agreeing, rows, expected }: Opening, openings: number) => ({
  openings,
  template: words,
  agreeing,
  rows,
  predicted: Math.round(expected),
})

function spanOf(text: string, { words }: Opening): [number, number][] {
  const start = text.search(/\S/)
  return start < 0 ? [] : [[start, start + words.length]]
}
