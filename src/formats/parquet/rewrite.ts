import { dirname } from 'node:path'
import { Fault, type Source } from '../../core/index.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * Writes a Parquet file without some of its records, by DuckDB, which keeps column types. The database may touch the
 * two folders it needs and nothing else: no extensions, no network, settings locked.
 */
export async function rewrite(
  source: Source,
  rows: number,
  drop: (record: number) => boolean,
  path: string,
): Promise<void> {
  if (!source.path) throw new Fault('bad-option', `${source.name}: Parquet can only be rewritten from a file.`)
  const { DuckDBInstance } = await import('@duckdb/node-api').catch(cause => {
    throw new Fault('engine-absent', 'DuckDB is not installed.', 'npm install @duckdb/node-api', { cause })
  })
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    await connection.run(`SET allowed_directories = [${[source.path, path].map(p => quoted(dirname(p))).join(', ')}]`)
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
    await connection.run('CREATE TABLE dropped (record BIGINT)')
    const appender = await connection.createAppender('dropped')
    for (let record = 0; record < rows; record++)
      if (drop(record)) {
        appender.appendBigInt(BigInt(record))
        appender.endRow()
      }
    appender.closeSync()
    const from = `read_parquet(${quoted(source.path)}, file_row_number = true)`
    const kept = `SELECT * EXCLUDE (file_row_number) FROM ${from} WHERE file_row_number NOT IN (SELECT record FROM dropped) ORDER BY file_row_number`
    await connection.run(`COPY (${kept}) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
