import type { Reopen } from '../../core/index.ts'

/** What a worker is told at its start. */
export interface Start {
  readonly reopen: Reopen
  /** This worker's number and how many there are: it takes the batches whose index leaves its number. */
  readonly worker: number
  readonly workers: number
}

/** One pass. The statistic is named; the worker finds it in its own catalogue. */
export interface Ask {
  readonly questions: readonly { readonly statistic: string; readonly options: unknown; readonly prior: unknown }[]
}

/** What a worker says: rows done so far, the states at the end, or why it could not. */
export type Said =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'done'; readonly rows: number; readonly states: readonly unknown[] }
  | { readonly kind: 'failed'; readonly message: string; readonly code?: string; readonly remedy?: string }
