import type { Batch, Table } from '../../core/index.ts'
import type { Question } from '../plan.ts'

/** The states of some questions over the rows seen so far. */
export class States {
  readonly questions: readonly Question[]
  states: unknown[]
  rows: number

  /** @param begun states that another thread has folded, with their rows */
  constructor(questions: readonly Question[], begun?: { readonly states: readonly unknown[]; readonly rows: number }) {
    this.questions = questions
    this.rows = begun?.rows ?? 0
    this.states = begun
      ? [...begun.states]
      : questions.map(({ statistic, options, prior }) => statistic.init(options, prior))
  }

  /** Adds a batch of the table, with its pictures when a question looks at them. */
  async take(batch: Batch, table: Table): Promise<void> {
    const looks = this.questions.some(({ statistic }) => statistic.looks)
    this.add(looks && table.pictures ? { ...batch, pictures: await table.pictures(batch) } : batch)
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
