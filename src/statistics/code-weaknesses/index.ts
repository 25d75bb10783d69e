import { codeBlocksOf, judgeCode, workOf } from '../../code/index.ts'
import {
  type CodeFinding,
  cellsOf,
  emptyRanked,
  exchangeOf,
  hashRow,
  mergeRanked,
  putRanked,
  type Ranked,
  type RankedBounds,
  type RowId,
  statistic,
  textOf,
  trimRanked,
} from '../../core/index.ts'

export interface CodeWeaknessesOptions {
  /** Whose code is judged: the only answer, or the better of two. */
  readonly answer: 'response' | 'chosen'
  /** Most answers with code that are judged; beyond, those whose ids hash lowest. */
  readonly limit: number
  /** Most work that judging them may be, see `workOf`: hostile code takes long. */
  readonly work: number
  readonly seed: number
}

/** What the code of an answer is like. */
export interface JudgedAnswer {
  readonly row: RowId
  readonly findings: readonly CodeFinding[]
  /** Why some of its code was not judged. */
  readonly unjudged: readonly string[]
}

export interface CodeWeaknesses {
  /** Judged answers with a finding, or with code that could not be judged, in the order of the rows. */
  readonly answers: readonly JudgedAnswer[]
  readonly judged: number
  /** Answers with code. */
  readonly total: number
}

export interface CodeWeaknessesState {
  kept: Ranked<JudgedAnswer>
  total: number
}

/** Findings kept of one answer: a report shows no more. */
const mostFindings = 8
const boundsOf = ({ limit, work }: CodeWeaknessesOptions): RankedBounds => ({ items: limit, weight: work })

/** Weaknesses in the code of answers, row by row, on a budget. */
export default statistic<CodeWeaknessesOptions, CodeWeaknessesState, CodeWeaknesses>({
  id: 'code-weaknesses',
  title: 'Weaknesses in the code of answers',
  roles: ({ answer }) => [answer],
  init: () => ({ kept: emptyRanked(), total: 0 }),
  add(state, batch, options) {
    const { answer, seed } = options
    const bounds = boundsOf(options)
    const cells = cellsOf(batch, answer)
    for (let i = 0; i < batch.size; i++) {
      const text = textOf(cells[i])
      if (text === null) continue
      const blocks = codeBlocksOf(exchangeOf(null, null, text).response)
      if (blocks.length === 0) continue
      state.total++
      const row = batch.rows[i]!
      const rank = hashRow(row, seed) >>> 0
      if (rank >= state.kept.limit) continue
      putRanked(state.kept, rank, workOf(blocks), judged(row, blocks), bounds)
    }
    return state
  },
  merge(a, b, options) {
    return { kept: mergeRanked(a.kept, b.kept, boundsOf(options)), total: a.total + b.total }
  },
  finish({ kept, total }, options) {
    const all = trimRanked(kept, boundsOf(options)).items.map(({ value }) => value)
    const answers = all.filter(({ findings, unjudged }) => findings.length + unjudged.length > 0)
    answers.sort((a, b) => a.row - b.row)
    return { answers, judged: all.length, total }
  },
})

function judged(row: RowId, blocks: ReturnType<typeof codeBlocksOf>): JudgedAnswer {
  const findings: CodeFinding[] = []
  const unjudged = new Set<string>()
  for (const { language, code } of blocks) {
    if (language === null) {
      unjudged.add('a language without rules')
      continue
    }
    const judgement = judgeCode(code, language)
    if (judgement.reason !== undefined) unjudged.add(judgement.reason)
    findings.push(...judgement.findings)
  }
  return { row, findings: findings.slice(0, mostFindings), unjudged: [...unjudged].sort() }
}
