import type { AnswersOf, AnyRequest } from '../core/index.ts'

/** Answers requests about one table. */
export interface Engine {
  readonly id: string
  /** May be called again while it runs: calls are answered one after the other. */
  measure<R extends Readonly<Record<string, AnyRequest>>>(requests: R): Promise<AnswersOf<R>>
  /** Rows seen by the last pass. */
  readonly rows: number
  /** Ends threads and removes temporary files. */
  close(): Promise<void>
}

/** How an engine works; none of it changes an answer. */
export interface EngineOptions {
  /** Worker threads; the number of processors, at most 8, when absent. 1 works in this thread alone. */
  readonly threads?: number | undefined
  /** Tables of fewer bytes are read in this thread: starting threads costs a quarter of a second. */
  readonly threadsFromBytes?: number | undefined
  /** Stops the work: `measure` rejects. */
  readonly signal?: AbortSignal | undefined
  /** Hears how many rows of the current pass are done; `pass` counts from 1. */
  readonly onRows?: ((rows: number, pass: number) => void) | undefined
}
