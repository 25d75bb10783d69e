import { countValue, emptyCounts, type SqlForm, valueKey } from '../../core/index.ts'
import type { LabelCountsState } from './index.ts'

/** Groups by label in the database; the bound on distinct labels is applied as the groups arrive. */
export const labelCountsSql = (most: number): SqlForm<{ limit: number }, LabelCountsState> => ({
  select: (dialect, from) =>
    `SELECT label, count(*) AS n FROM (SELECT ${dialect.label(from.column('label'))} AS label FROM ${from.relation}) GROUP BY label`,
  async state(rows) {
    const state: LabelCountsState = { rows: 0, missing: 0, counts: emptyCounts() }
    for await (const row of rows) {
      const n = Number(row.n)
      if (row.label === null) state.missing += n
      else {
        state.rows += n
        countValue(state.counts, valueKey(String(row.label)), n, most)
      }
    }
    return state
  },
})
