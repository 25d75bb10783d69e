import type { Dialect, Plain, Role, SqlTable, Table } from '../../core/index.ts'

/** One row of an answer. */
export type SqlRow = Readonly<Record<string, Plain>>

/**
 * A database that can hold a table. Another database needs a client of this shape and a dialect; the statistics stay
 * as they are.
 */
export interface SqlClient {
  readonly dialect: Dialect
  /** Brings these columns of the table into the database and names the relation. `onRows` hears the rows done. */
  load(table: Table, roles: readonly Role[], onRows: (rows: number) => void): Promise<SqlTable>
  run(sql: string): AsyncIterable<SqlRow>
  close(): Promise<void>
}
