import { type Role, type SqlForm, valueKey } from '../../core/index.ts'

/**
 * Rows by value of a column and label: the database groups, the state is built as if the rows came one by one. Windows
 * of time have no SQL form: databases read dates in their own ways.
 */
export function byValueAndLabel<Options extends { readonly role: Role; readonly window?: string }, State, Prior>(
  begin: (options: Options, prior: Prior) => State,
  count: (state: State, value: string | null, label: string | null, rows: number, options: Options) => void,
): SqlForm<Options, State, Prior> {
  return {
    select(dialect, from, { role, window }) {
      if (window) return null
      const [value, label] = [dialect.label(from.column(role)), dialect.label(from.column('label'))]
      const cells = `SELECT ${value} AS value, ${label} AS label FROM ${from.relation}`
      return `SELECT value, label, count(*) AS n FROM (${cells}) AS cells GROUP BY value, label`
    },
    async state(rows, options, prior) {
      const state = begin(options, prior)
      for await (const row of rows) {
        const value = row.value === null ? null : valueKey(String(row.value))
        count(state, value, row.label === null ? null : valueKey(String(row.label)), Number(row.n), options)
      }
      return state
    },
  }
}
