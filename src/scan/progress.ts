import type { Table } from '../core/index.ts'

/** How far a scan is. */
export interface Progress {
  /** Passes over the data begun so far. */
  readonly pass: number
  /** Rows read in this pass by this thread; 0 when worker threads or a database read them. */
  readonly rows: number
  /** Detectors that have an outcome. */
  readonly done: number
  readonly detectors: number
}

/** The same table, telling how many rows were read. */
export function watched(table: Table, onRows: (pass: number, rows: number) => void): Table {
  let pass = 0
  return {
    ...table,
    async *batches(take) {
      const mine = ++pass
      let rows = 0
      for await (const batch of table.batches(take)) {
        rows += batch.size
        onRows(mine, rows)
        yield batch
      }
    },
  }
}
