import { z } from 'zod'
import { detector, labelOf, rowRef, textOf } from '../../core/index.ts'
import { rowSample } from '../../statistics/index.ts'
import { isolationOf } from './neighbours.ts'
import { robustScores, surpriseOf } from './surprise.ts'

/** Rows that are looked at, drawn by hash of the row id, and candidates that are compared with their peers. */
const sampleRows = 100_000
const mostCandidates = 300
const mostExamples = 20
const fewestRows = 100

/** Rows that are written unlike the others of their class: another language, code, noise, or an injected document. */
export default detector({
  id: 'outlier-text',
  title: 'Rows unlike their class',
  threat: 'data-injection',
  input: { table: { text: 'string', label: 'category?' } },
  cost: 'scan',

  options: z.object({
    surprise: z
      .number()
      .positive()
      .default(6)
      .describe('Least robust standard errors of surprise a character above the class.'),
    isolation: z
      .number()
      .min(0)
      .default(1)
      .describe('Least distance to the nearest row of the class, in distances usual there.'),
  }),

  messages: {
    unlike:
      '{total} rows are written unlike their class (up to {score} standard errors more surprising); look at the first ones.',
  },

  async *detect({ table, options: { surprise, isolation }, claim, notJudged }) {
    const roles = table.has('label') ? (['text', 'label'] as const) : (['text'] as const)
    const { sample } = await table.measure({ sample: rowSample.request({ roles, limit: sampleRows, seed: 1 }) })
    const texts = (sample.cells.get('text') ?? []).map(textOf)
    if (texts.length < fewestRows) {
      notJudged(`style of ${texts.length} rows: too few to know what is usual.`)
      return
    }
    const names = (sample.cells.get('label') ?? texts.map(() => '')).map(cell => labelOf(cell) ?? '')
    const numbers = new Map([...new Set(names)].map((name, c) => [name, c]))
    const classes = names.map(name => numbers.get(name)!)
    const scores = robustScores(surpriseOf(texts), classes)
    const candidates = [...scores.keys()].filter(i => scores[i]! >= surprise)
    candidates.sort((a, b) => scores[b]! - scores[a]! || a - b)
    const looked = candidates.slice(0, mostCandidates)
    const alone = isolationOf(texts, classes, looked)
    const found = looked.filter((_, k) => alone[k]! >= isolation)
    if (!sample.complete) notJudged(`style of rows beyond a sample of ${sample.rows.length} of ${sample.total}.`)
    const [first] = found
    if (first === undefined) return
    const examples = found.slice(0, mostExamples).map(i =>
      rowRef({
        parts: table.parts,
        row: sample.rows[i]!,
        text: texts[i],
        label: names[i] || null,
        score: scores[i]!,
      }),
    )
    yield claim(
      'unlike',
      'info',
      { kind: 'rows', total: found.length, score: scores[first]!, expected: surprise, examples },
      { rows: found.map(i => sample.rows[i]!) },
    )
  },
})
