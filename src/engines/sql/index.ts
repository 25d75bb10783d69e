import type { Role, SqlTable, Table } from '../../core/index.ts'
import type { Engine, EngineOptions } from '../engine.ts'
import { foldEngine } from '../fold/index.ts'
import { type Catalogue, planner, type Question } from '../plan.ts'
import type { SqlClient } from './client.ts'

/** Columns that the SQL forms we know of ask for: loaded together, so that one load serves all. */
const usual: readonly Role[] = ['text', 'label', 'source', 'actor', 'time']

/**
 * Answers by SQL what has an SQL form, and folds the rest. The rows are brought into the database when the first
 * such question comes. The answers equal those of the fold.
 */
export function sqlEngine(table: Table, client: SqlClient, catalogue: Catalogue, options: EngineOptions = {}): Engine {
  const fold = foldEngine(table, catalogue, options)
  let loaded: { readonly at: SqlTable; readonly roles: ReadonlySet<Role>; readonly rows: number } | null = null
  let rows = 0
  let passes = 0

  async function relation(questions: readonly Question[]): Promise<SqlTable> {
    const asked = questions.flatMap(({ statistic, options }) => [...statistic.roles(options)])
    const wanted = new Set<Role>([...usual.filter(role => table.roles.has(role)), ...asked])
    if (loaded && asked.every(role => loaded!.roles.has(role))) return loaded.at
    let seen = 0
    const at = await client.load(table, [...wanted], done => {
      seen = done
      options.signal?.throwIfAborted()
      options.onRows?.(done, passes)
    })
    loaded = { at, roles: wanted, rows: seen }
    return at
  }

  async function queried(question: Question, from: SqlTable): Promise<unknown> {
    const { statistic, options: own, prior } = question
    options.signal?.throwIfAborted()
    const sql = statistic.sql!.select(client.dialect, from, own)!
    return statistic.finish(await statistic.sql!.state(client.run(sql), own, prior), own)
  }

  async function pass(questions: readonly Question[]): Promise<unknown[]> {
    passes++
    const able = questions.filter(q => hasForm(q, client))
    const answers = new Map<Question, unknown>()
    if (able.length > 0) {
      const from = await relation(able)
      for (const question of able) answers.set(question, await queried(question, from))
      rows = loaded!.rows
    }
    const rest = questions.filter(q => !answers.has(q))
    const folded = await fold.answer(rest)
    if (rest.length > 0) rows = fold.rows
    rest.forEach((question, i) => void answers.set(question, folded[i]))
    return questions.map(question => answers.get(question))
  }

  const plan = planner(catalogue, pass)
  return {
    id: `sql (${client.dialect.id})`,
    measure: plan.measure,
    get rows() {
      return rows
    },
    async close() {
      plan.forget()
      await Promise.all([fold.close(), client.close()])
    },
  }
}

const nowhere: SqlTable = { relation: 'rows', rowId: 'row_id', column: role => role }

function hasForm({ statistic, options }: Question, { dialect }: SqlClient): boolean {
  return statistic.sql !== undefined && statistic.sql.select(dialect, nowhere, options) !== null
}
