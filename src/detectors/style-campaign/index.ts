import { z } from 'zod'
import { detector, labelOf, rowRef, textModelDefaults, textOf } from '../../core/index.ts'
import { rowSample, textModel } from '../../statistics/index.ts'
import { decidingOpenings, type Opening } from './openings.ts'
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
    const classOf = new Map(text.labels.map((label, c) => [label, c]))
    const texts = (sample.cells.get('text') ?? []).map(textOf)
    const classes = (sample.cells.get('label') ?? []).map((cell, i) => {
      const label = labelOf(cell)
      return label === null || texts[i] === null
        ? -1
        : (classOf.get(label.slice(0, 200)) ?? (text.other ? text.labels.length : -1))
    })
    const { openings, opened } = decidingOpenings(text, { rows: sample.rows, texts, classes }, fewest, risk)
    for (let label = 0; label < text.labels.length; label++) {
      const own = openings.filter(o => o.label === label)
      const [best] = own
      if (!best) continue
      const rows = opened.filter(o => o.opening.label === label)
      const examples = rows.slice(0, mostExamples).map(({ row, index, opening }) =>
        rowRef({
          parts: table.parts,
          row,
          text: texts[index],
          spans: spanOf(texts[index]!, opening),
          label: text.labels[label]!,
          score: -opening.logChance,
        }),
      )
      yield claim(
        'opening',
        'hold',
        { kind: 'rows', total: rows.length, score: -best.logChance, expected: -Math.log(risk), examples },
        {
          rows: rows.map(r => r.row),
          values: {
            label: text.labels[label]!,
            openings: own.length,
            template: best.words,
            agreeing: best.agreeing,
            rows: best.rows,
            predicted: Math.round(best.expected),
          },
        },
      )
      const ranking = rankedByForm({ rows: sample.rows, texts, classes }, label)
      yield claim(
        'ranked',
        'info',
        { kind: 'rows', total: ranking.length, score: -best.logChance, expected: -Math.log(risk), examples: [] },
        { rows: ranking, values: { label: text.labels[label]! } },
      )
    }
    if (!sample.complete) notJudged(`openings of rows beyond a sample of ${sample.rows.length} of ${sample.total}.`)
  },
})

function spanOf(text: string, { words }: Opening): [number, number][] {
  const start = text.search(/\S/)
  return start < 0 ? [] : [[start, start + words.length]]
}
