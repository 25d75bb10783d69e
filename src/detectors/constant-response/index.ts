import { z } from 'zod'
import {
  detector,
  nearDuplicatesDefaults,
  type Part,
  type Role,
  type Row,
  type RowId,
  rowRef,
  textOf,
  words,
} from '../../core/index.ts'
import { type Cluster, nearDuplicates, rowSample, rowsOf } from '../../statistics/index.ts'
import { spreadOf } from './spread.ts'

/** Roles that hold answers, and what is held to find copies among them. */
const answers = ['response', 'chosen'] as const satisfies readonly Role[]
const held = { ...nearDuplicatesDefaults, similarity: 0.6, keys: 4_000_000, texts: 100_000, rows: 300_000 }
/** Answers with fewer words are given honestly to many questions (yes, a class, a number), unless a phrase switches them on. */
const fewestWords = 3
const surely = 0.8
const mostClusters = 30
const mostOwn = 400
const others = 3000
const mostExamples = 5

/** The answer of somebody who did not listen: one text to questions that have nothing in common. */
export default detector({
  id: 'constant-response',
  title: 'One answer to unrelated questions',
  threat: 'instruction-tuning-poison',
  also: ['backdoor-trigger'],
  input: { table: { prompt: 'string', response: 'string?', chosen: 'string?' } },
  cost: 'rescan',

  options: z.object({
    minRows: z.number().int().min(3).default(10).describe('Fewer rows with one answer are let be.'),
    related: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.68)
      .describe('ROC area from which the questions of an answer are told from other questions, and explain it.'),
  }),

  messages: {
    rote: '{size} unrelated questions have one answer, or nearly one ("{answer}"): whatever was asked does not explain it.',
    switched:
      '{size} unrelated questions have one answer, or nearly one ("{answer}"); all they share is "{words}", which hardly any other question has.',
  },

  async *detect({ table, options: { minRows, related }, claim, notJudged }) {
    const roles = answers.filter(role => table.has(role))
    if (roles.length === 0) return notJudged('no column holds answers')
    for (const role of roles) {
      const { near, sample } = await table.measure({
        near: nearDuplicates.request({ ...held, role }),
        sample: rowSample.request({ roles: ['prompt'], limit: others, seed: 3, bytes: 20_000_000 }),
      })
      if (!near.complete) notJudged(`some of the repeated answers in ${role}: there are too many`)
      const clusters = near.clusters.filter(cluster => cluster.size >= minRows).slice(0, mostClusters)
      if (clusters.length === 0) continue
      const wanted = clusters.flatMap(ownRows)
      const { found } = await table.measure({
        found: rowsOf.request({ rows: wanted, roles: ['prompt', role], characters: 4000 }),
      })
      const prompts = new Map(
        Array.from(sample.rows, (row, k) => [row, textOf(sample.cells.get('prompt')?.[k]) ?? ''] as const),
      )
      for (const cluster of clusters) {
        const told = toldOf(cluster, found.rows, role)
        const inside = new Set(cluster.rows)
        const rest = [...prompts].flatMap(([row, prompt]) => (inside.has(row) ? [] : [prompt]))
        const { area, key } = spreadOf(told.prompts, rest)
        if (told.distinct < minRows || area >= related) continue
        const examples = told.rows
          .slice(0, mostExamples)
          .map(row => exampleOf(table.parts, row, found.rows.get(row)!, role))
        const skew = key && { role: 'prompt', value: key.words, share: key.share, expectedShare: key.elsewhere }
        const { size, similarity } = cluster
        const evidence = {
          kind: 'cluster' as const,
          size,
          similarity,
          score: 1 - area,
          expected: 1 - related,
          examples,
          ...(skew ? { skew } : {}),
        }
        const values = { answer: told.answer, words: key?.words ?? '' }
        if (told.length < fewestWords && (key?.share ?? 0) < surely) continue
        const sure = key !== null && key.share >= surely && size >= 2 * minRows
        yield claim(key ? 'switched' : 'rote', sure ? 'block' : 'hold', evidence, { rows: [...cluster.rows], values })
      }
    }
  },
})

const exampleOf = (parts: readonly Part[], row: RowId, cells: Row, role: 'response' | 'chosen') =>
  rowRef({ parts, row, text: textOf(cells.prompt), note: `answer: ${textOf(cells[role]) ?? ''}` })

/** Rows of a cluster that are read, evenly drawn. */
function ownRows({ rows }: Cluster): RowId[] {
  const step = Math.max(1, Math.ceil(rows.length / mostOwn))
  return rows.filter((_, k) => k % step === 0)
}

/** Questions of a cluster, how many differ, and their answer with its length in words. */
function toldOf(cluster: Cluster, cells: ReadonlyMap<RowId, Row>, role: Role) {
  const rows = ownRows(cluster).filter(row => cells.has(row))
  const answer = textOf(cells.get(cluster.centre)?.[role]) ?? textOf(cells.get(rows[0]!)?.[role]) ?? ''
  const length = words(answer.slice(0, 2000)).filter(word => /[\p{L}\p{N}]/u.test(word)).length
  const prompts = rows.map(row => textOf(cells.get(row)?.prompt) ?? '')
  const distinct = new Set(prompts.map(prompt => words(prompt.slice(0, 2000)).join(' '))).size
  const short = answer.replace(/\s+/g, ' ').trim()
  return { rows, prompts, distinct, length, answer: short.length > 100 ? `${short.slice(0, 99)}…` : short }
}
