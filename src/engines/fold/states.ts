import type { Batch, RowId, Table } from '../../core/index.ts'
import type { Question } from '../plan.ts'

/** The states of some questions over the rows seen so far. */
export class States {
  readonly questions: readonly Question[]
  states: unknown[]
  rows: number
  /** Rows whose pictures are decoded: none when null, all when absent. */
  private readonly wanted: ((row: RowId) => boolean) | null | undefined

  /** @param begun states that another thread has folded, with their rows */
  constructor(questions: readonly Question[], begun?: { readonly states: readonly unknown[]; readonly rows: number }) {
    this.questions = questions
    this.rows = begun?.rows ?? 0
    this.wanted = wantedBy(questions)
    this.states = begun
      ? [...begun.states]
      : questions.map(({ statistic, options, prior }) => statistic.init(options, prior))
  }

  /** Adds a batch of the table, with its pictures when a question looks at them. */
  async take(batch: Batch, table: Table): Promise<void> {
    const looks = this.wanted !== null && table.pictures
    this.add(looks ? { ...batch, pictures: await table.pictures!(batch, this.wanted ?? undefined) } : batch)
  }

  add(batch: Batch): void {
    this.rows += batch.size
    this.questions.forEach(({ statistic, options }, i) => {
      this.states[i] = statistic.add(this.states[i], batch, options)
    })
  }

  merge(states: readonly unknown[], rows: number): void {
    this.rows += rows
    this.questions.forEach(({ statistic, options }, i) => {
      this.states[i] = statistic.merge(this.states[i], states[i], options)
    })
  }

  finish(): unknown[] {
    return this.questions.map(({ statistic, options }, i) => {
      const answer = statistic.finish(this.states[i], options)
      // A state may be as large as the table's bounds allow: let it go before the next one is finished.
      this.states[i] = undefined
      return answer
    })
  }
}

function wantedBy(questions: readonly Question[]): ((row: RowId) => boolean) | null | undefined {
  const looking = questions.filter(({ statistic }) => statistic.looks)
  if (looking.length === 0) return null
  const tests = looking.flatMap(({ statistic, options }) => statistic.looksAt?.(options) ?? [])
  return tests.length < looking.length ? undefined : row => tests.some(test => test(row))
}
