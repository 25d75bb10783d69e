import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBAppender, DuckDBConnection, JS } from '@duckdb/node-api'
import { cellsOf, Fault, type Plain, type Role, type Table, textOf } from '../../core/index.ts'
import { lowerCase, lowerOf } from './classes.ts'
import type { SqlClient, SqlRow } from './client.ts'
import { duckdbDialect } from './duckdb-dialect.ts'

export interface DuckdbLimits {
  readonly threads: number
  readonly memoryMegabytes: number
}

/** The database is loaded when it is wanted: opening it costs more than a small scan. */
async function binding(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api')
  } catch (reason) {
    throw new Fault('engine-absent', 'DuckDB is not installed.', 'npm install @duckdb/node-api', { cause: reason })
  }
}

/**
 * DuckDB over a temporary file, shut off from everything else: no extensions, no files, no network, and the settings
 * locked before the first row of foreign data comes in.
 */
export async function duckdbClient({ threads, memoryMegabytes }: DuckdbLimits): Promise<SqlClient> {
  const { DuckDBInstance } = await binding()
  const folder = await mkdtemp(join(tmpdir(), 'bezoar-sql-'))
  const instance = await DuckDBInstance.create(join(folder, 'rows.duckdb'), {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
    temp_directory: folder,
    max_temp_directory_size: '64GB',
    preserve_insertion_order: 'false',
  })
  const connection = await instance.connect()
  await connection.run('SET enable_external_access = false')
  await connection.run('SET lock_configuration = true')
  const dialect = duckdbDialect(await unlike(connection))
  let relations = 0
  return {
    dialect,
    async load(table, roles, onRows) {
      const relation = `rows_${++relations}`
      await fill(connection, relation, table, roles, onRows)
      return { relation, rowId: 'row_id', column: columnOf }
    },
    run: sql => rowsOf(connection, sql),
    async close() {
      connection.closeSync()
      instance.closeSync()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Characters that this DuckDB lower-cases in another way than the tokeniser. */
async function unlike(connection: DuckDBConnection): Promise<string[]> {
  const known = new Map<string, string>()
  // Half characters are no characters; CASE keeps them from `chr`, wherever the planner puts a filter.
  const code = 'CASE WHEN i BETWEEN 55296 AND 57343 THEN 128 ELSE i END'
  const characters = `SELECT chr((${code})::INTEGER) AS c FROM range(128, 1114112) AS t(i)`
  for await (const { c, l } of rowsOf(connection, `SELECT c, lower(c) AS l FROM (${characters}) WHERE lower(c) <> c`))
    known.set(String(c), String(l))
  for (const c of lowerCase().from) if (c > '\x7f' && !known.has(c)) known.set(c, c)
  return [...known].flatMap(([c, l]) => (l === lowerOf(c) ? [] : [c]))
}

const columnOf = (role: Role): string => `"${role}"`

/** More rows are written to the database at once: a chunk of the appender. */
const rowsPerFlush = 65_536

async function fill(
  connection: DuckDBConnection,
  relation: string,
  table: Table,
  roles: readonly Role[],
  onRows: (rows: number) => void,
): Promise<void> {
  const columns = roles.map(role => `, ${columnOf(role)} VARCHAR`).join('')
  await connection.run(`CREATE TABLE ${relation} (row_id DOUBLE${columns})`)
  const appender = await connection.createAppender(relation)
  let rows = 0
  for await (const batch of table.batches()) {
    const cells = roles.map(role => cellsOf(batch, role))
    for (let i = 0; i < batch.size; i++) {
      appender.appendDouble(batch.rows[i]!)
      for (const column of cells) append(appender, textOf(column[i]))
      appender.endRow()
      if (++rows % rowsPerFlush === 0) appender.flushSync()
    }
    onRows(rows)
  }
  appender.closeSync()
}

function append(appender: DuckDBAppender, text: string | null): void {
  if (text === null) appender.appendNull()
  else appender.appendVarchar(text)
}

async function* rowsOf(connection: DuckDBConnection, sql: string): AsyncGenerator<SqlRow> {
  const result = await connection.stream(sql)
  for await (const rows of result.yieldRowObjectJs()) for (const row of rows) yield plainRow(row)
}

const plainRow = (row: Readonly<Record<string, JS>>): SqlRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))

/** Counts come as big integers; none of ours is beyond 2^53. */
function plain(value: JS): Plain {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plain)
  return value as Plain
}
