import { fewSenders, type Row, type RowId, textOf } from '../../core/index.ts'
import type { DoubtedRow } from '../../statistics/index.ts'

/** Least share of the doubted labels, and least multiple of the usual share, that is worth a person's look. */
const leastShare = 0.5
const leastMultiple = 3

export interface Given {
  readonly suspects: readonly DoubtedRow[]
  readonly cells: ReadonlyMap<RowId, Row>
  /** Rows of each contributor in a sample of the table. */
  readonly all: ReadonlyMap<string, number>
  readonly risk: number
}

/** Whether few contributors gave most of the doubted labels. */
export function concentrated(role: 'source' | 'actor', { suspects, cells, all, risk }: Given) {
  const own = suspects.flatMap(suspect => {
    const value = textOf(cells.get(suspect.row)?.[role])
    return value ? [{ value, suspect }] : []
  })
  const few = fewSenders(
    own.map(o => o.value),
    all,
  )
  if (!few || few.logChance > Math.log(risk)) return null
  if (few.share < leastShare || few.share < leastMultiple * few.expectedShare) return null
  const accused = own.filter(o => few.values.includes(o.value)).map(o => o.suspect)
  const evidence = {
    kind: 'group' as const,
    role,
    value: few.values.map(v => `"${v}"`).join(', '),
    rows: own.length,
    suspect: accused.length,
    expectedSuspect: few.expectedShare * own.length,
    score: -few.logChance,
  }
  return { accused, evidence, values: { usual: 100 * few.expectedShare } }
}
