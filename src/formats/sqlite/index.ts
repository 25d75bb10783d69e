import {
  type Cell,
  Fault,
  format,
  type Limits,
  type ReadRequest,
  type RecordBatch,
  type RecordDefect,
  type Source,
} from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import { leavesOf, openPages, type Pages } from './pages.ts'
import { payloadOf, valuesOf } from './record.ts'
import { type TableEntry, tablesOf } from './schema.ts'
import { tableText, unreadParts } from './unread.ts'

const signature = 'SQLite format 3\0'
/** Leaves looked at to tell which table is the largest. */
const sampleLeaves = 5000

/** An SQLite database, read page by page without SQLite: nothing in it can run, and no lock is taken. */
export default format({
  id: 'sqlite',
  title: 'SQLite',
  extensions: ['.sqlite', '.sqlite3', '.db'],
  access: 'random',
  sniff: head => (Buffer.from(head.subarray(0, 16)).toString('latin1') === signature ? 3 : 0),
  async open(source, limits, member) {
    const pages = await openPages(source)
    const tables = await tablesOf(pages)
    // A table that was named is all that was asked for.
    const unread = await unreadParts(source, member === undefined ? tables : [])
    const table = await chosen(pages, tables, member, source, unread)
    return {
      columns: table.columns.slice(0, limits.columns),
      records: request => recordsOf(pages, table, limits, request, unread),
    }
  },
})

/** The table asked for, else the one with most rows among those that have a text column. */
async function chosen(
  pages: Pages,
  all: readonly TableEntry[],
  member: string | undefined,
  source: Source,
  unread: readonly RecordDefect[],
): Promise<TableEntry> {
  const tables = all.filter(table => table.hasRowIds)
  if (member !== undefined) {
    const found = tables.find(table => table.name === member)
    if (all.some(table => table.name === member && !table.hasRowIds))
      throw new Fault('unknown-format', `${source.name}: ${tableText(member)}`)
    const names = tables.map(table => `"${table.name}"`).join(', ')
    if (!found)
      throw new Fault('no-such-column', `${source.name}: no table "${member}".`, `The tables are: ${names || 'none'}.`)
    return found
  }
  const able = tables.some(table => table.hasText) ? tables.filter(table => table.hasText) : tables
  let best: { table: TableEntry; rows: number } | undefined
  for (const table of able) {
    const rows = able.length === 1 ? 0 : await rowsIn(pages, table)
    if (!best || rows > best.rows) best = { table, rows }
  }
  const why = unread.map(part => ` (${part.message.replace(/\.$/, '')})`).slice(0, 3)
  if (!best) throw new Broken('no-table', `the database has no table with rows that can be read${why.join('')}`)
  return best.table
}

async function rowsIn(pages: Pages, table: TableEntry): Promise<number> {
  let rows = 0
  let leaves = 0
  for await (const { cells } of leavesOf(pages, table.root)) {
    rows += cells.length
    if (++leaves >= sampleLeaves) break
  }
  return rows
}

async function* recordsOf(
  pages: Pages,
  table: TableEntry,
  limits: Limits,
  { columns: wanted = table.columns, take = () => true, rowsPerBatch = 4096 }: ReadRequest,
  unread: readonly RecordDefect[],
): AsyncGenerator<RecordBatch> {
  const places = wanted.map(name => table.columns.indexOf(name))
  let index = 0
  let taken = take(0)
  let record = 0
  let draft = newDraft(wanted)
  draft.defects.push(...unread)
  for await (const { page, cells, trouble } of leavesOf(pages, table.root)) {
    if (trouble)
      draft.defects.push({
        record: record++,
        kind: 'damaged',
        message: `Records are missing here: ${trouble}.`,
        lost: true,
      })
    for (const cell of cells) {
      if (taken) await readCell(pages, page, cell, record, table, places, limits, draft)
      record++
      if (record % rowsPerBatch !== 0) continue
      if (taken) yield draft.batch(index)
      draft = newDraft(wanted)
      taken = take(++index)
    }
  }
  if (taken && (draft.size > 0 || draft.defects.length > 0 || index === 0)) yield draft.batch(index)
}

async function readCell(
  pages: Pages,
  page: Buffer,
  cell: number,
  record: number,
  table: TableEntry,
  places: readonly number[],
  limits: Limits,
  draft: ReturnType<typeof newDraft>,
): Promise<void> {
  try {
    if (cell === 0) throw new Broken('damaged', 'the page points outside itself')
    const [payload, rowId] = await payloadOf(pages, page, cell, limits.recordBytes)
    const values = valuesOf(payload, pages.encoding)
    if (table.rowIdColumn >= 0) values[table.rowIdColumn] ??= rowId
    draft.add(
      record,
      places.map(place => values[place] ?? null),
    )
  } catch (reason) {
    if (!(reason instanceof Broken || reason instanceof RangeError)) throw reason
    const [kind, why] =
      reason instanceof Broken ? [reason.kind, reason.message] : ['damaged', 'its bytes are not valid']
    draft.defects.push({ record, kind, message: `The record cannot be read: ${why}.`, lost: true })
  }
}

function newDraft(wanted: readonly string[]) {
  const cells: Cell[][] = wanted.map(() => [])
  const records: number[] = []
  const defects: RecordDefect[] = []
  return {
    defects,
    get size() {
      return records.length
    },
    add(record: number, values: readonly Cell[]) {
      records.push(record)
      for (const [i, value] of values.entries()) cells[i]!.push(value)
    },
    batch: (index: number): RecordBatch => ({
      index,
      size: records.length,
      records: Float64Array.from(records),
      columns: new Map(wanted.map((name, i) => [name, cells[i]!])),
      defects,
    }),
  }
}
