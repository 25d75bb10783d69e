import type { AnswersOf, AnyRequest, Table } from '../../core/index.ts'
import { answerAll, type Catalogue, type Question } from '../plan.ts'

/** Answers requests about one table. */
export interface Engine {
  readonly id: string
  measure<R extends Readonly<Record<string, AnyRequest>>>(requests: R): Promise<AnswersOf<R>>
  /** Rows seen by the last pass. */
  readonly rows: number
  close(): Promise<void>
}

/** The meaning of every statistic: a fold over the batches of a table. */
export function foldEngine(table: Table, catalogue: Catalogue): Engine {
  let rows = 0
  async function pass(questions: readonly Question[]): Promise<Map<Question, unknown>> {
    const states = new Map(questions.map(q => [q, q.statistic.init(q.options, q.prior) as unknown]))
    rows = 0
    for await (const batch of table.batches()) {
      rows += batch.size
      for (const q of questions) states.set(q, q.statistic.add(states.get(q), batch, q.options))
    }
    return new Map(questions.map(q => [q, q.statistic.finish(states.get(q), q.options) as unknown]))
  }
  return {
    id: 'fold',
    measure: requests => answerAll(requests, catalogue, pass),
    get rows() {
      return rows
    },
    close: async () => {},
  }
}
