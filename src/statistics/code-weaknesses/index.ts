import { codeBlocksOf, judgeCode } from '../../code/index.ts'
import {
  type CodeFinding,
  cellsOf,
  emptyRanked,
  exchangeOf,
  hashRow,
  mergeRanked,
  putRanked,
  type Ranked,
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
const unlimited = Number.MAX_SAFE_INTEGER

/** Weaknesses in the code of answers, row by row, on a budget. */
export default statistic<CodeWeaknessesOptions, CodeWeaknessesState, CodeWeaknesses>({
  id: 'code-weaknesses',
  title: 'Weaknesses in the code of answers',
  roles: ({ answer }) => [answer],
  init: () => ({ kept: emptyRanked(), total: 0 }),
  add(state, batch, { answer, limit, seed }) {
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
      putRanked(state.kept, rank, 1, judged(row, blocks), { items: limit, weight: unlimited })
    }
    return state
  },
  merge(a, b, { limit }) {
    return { kept: mergeRanked(a.kept, b.kept, { items: limit, weight: unlimited }), total: a.total + b.total }
  },
  finish({ kept, total }, { limit }) {
    const all = trimRanked(kept, { items: limit, weight: unlimited }).items.map(({ value }) => value)
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
