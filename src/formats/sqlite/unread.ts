import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { RecordDefect, Source } from '../../core/index.ts'
import type { TableEntry } from './schema.ts'

/** What the database holds and this reader does not read, each with its remedy: rows that nobody judges. */
export async function unreadParts(source: Source, tables: readonly TableEntry[]): Promise<RecordDefect[]> {
  const lost = (kind: string, message: string): RecordDefect => ({ record: 0, kind, message, lost: true })
  const log = source.path === undefined ? 0 : await bytesOf(`${source.path}-wal`)
  return [
    ...(log > 0 ? [lost('unread-log', logText(source))] : []),
    ...tables
      .filter(table => !table.hasRowIds && table.hasText)
      .map(({ name }) => lost('unread-table', tableText(name))),
  ]
}

/** Why a table without row ids is not read, and what to do. */
export function tableText(name: string): string {
  const quoted = `"${name.slice(0, 60).replaceAll('"', '""')}"`
  return `Table ${quoted} is WITHOUT ROWID and was not read; CREATE TABLE readable AS SELECT * FROM ${quoted} makes a copy that can be.`
}

const logText = (source: Source): string =>
  `Changes that are still in ${basename(source.path ?? source.name).slice(-80)}-wal were not read; PRAGMA wal_checkpoint(TRUNCATE) puts them into the database.`

const bytesOf = (path: string): Promise<number> =>
  stat(path).then(
    found => found.size,
    () => 0,
  )
