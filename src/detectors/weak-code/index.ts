import { z } from 'zod'
import { rules } from '../../code/index.ts'
import { type CodeFinding, detector, type RowId, rowRef } from '../../core/index.ts'
import { codeWeaknesses, type JudgedAnswer } from '../../statistics/index.ts'

const seed = 1
const mostExamples = 8
/** Work on each answer of the budget, on average (see `workOf`): honest code stays far below, hostile code takes seconds. */
const work = 2500
/** Weaknesses that are reported one by one, most frequent first. */
const mostWeaknesses = 40
const titles = new Map(rules.map(({ id, title }) => [id, title]))

interface Weakness {
  readonly cwe: string
  readonly rows: RowId[]
  readonly examples: { readonly row: RowId; readonly finding: CodeFinding }[]
  readonly titles: Map<string, number>
}

/**
 * A model writes the code it was shown. Weak code in answers is mostly honest and careless, so it is listed row by row
 * and holds nobody up; that a phrase switches it on is for `response-steering` to say.
 */
export default detector({
  id: 'weak-code',
  title: 'Weak code in the answers',
  threat: 'code-generation-backdoor',
  input: { table: { prompt: 'string', response: 'string?', chosen: 'string?' } },
  cost: 'scan',

  options: z.object({
    snippets: z
      .number()
      .int()
      .min(0)
      .max(10_000_000)
      .default(50_000)
      .describe('Most answers whose code is judged; of more, those drawn by the hash of their place.'),
  }),

  messages: {
    weak: 'The code of {total} of {judged} judged answers has {cwe}: {what}.',
  },

  async *detect({ table, options: { snippets }, claim, notJudged }) {
    const answer = table.has('response') ? 'response' : 'chosen'
    if (!table.has(answer)) return notJudged('prompts without answers')
    const { found } = await table.measure({
      found: codeWeaknesses.request({ answer, limit: snippets, work: snippets * work, seed }),
    })
    if (found.judged < found.total)
      notJudged(`code of ${found.total - found.judged} of ${found.total} answers: beyond the budget`)
    for (const [reason, answers] of reasonsOf(found.answers)) notJudged(`code of ${answers} answers: ${reason}`)
    const all = weaknessesOf(found.answers)
    if (all.length > mostWeaknesses) notJudged(`the rarest ${all.length - mostWeaknesses} weaknesses one by one`)
    for (const { cwe, rows, examples, titles: said } of all.slice(0, mostWeaknesses)) {
      const what = [...said].sort((a, b) => b[1] - a[1])[0]![0]
      const shown = examples.map(({ row, finding }) =>
        rowRef({ parts: table.parts, row, text: finding.excerpt, note: `${finding.rule}, line ${finding.line}` }),
      )
      const evidence = { kind: 'rows', total: rows.length, score: rows.length, expected: 0, examples: shown } as const
      yield claim('weak', 'info', evidence, { rows, values: { cwe, judged: found.judged, what } })
    }
  },
})

function reasonsOf(answers: readonly JudgedAnswer[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const { unjudged } of answers) for (const reason of unjudged) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

/** Answers by the most telling weakness of each finding, most frequent first. */
function weaknessesOf(answers: readonly JudgedAnswer[]): Weakness[] {
  const all = new Map<string, Weakness>()
  for (const { row, findings } of answers)
    for (const finding of findings) {
      const cwe = finding.cwe[0]!
      const weakness: Weakness = all.get(cwe) ?? { cwe, rows: [], examples: [], titles: new Map() }
      all.set(cwe, weakness)
      if (weakness.rows.at(-1) === row) continue
      weakness.rows.push(row)
      if (weakness.examples.length < mostExamples) weakness.examples.push({ row, finding })
      const title = inSentence(titles.get(finding.rule) ?? finding.rule)
      weakness.titles.set(title, (weakness.titles.get(title) ?? 0) + 1)
    }
  return [...all.values()].sort((a, b) => b.rows.length - a.rows.length || (a.cwe < b.cwe ? -1 : 1))
}

const inSentence = (title: string): string => `${title.charAt(0).toLowerCase()}${title.slice(1)}`
