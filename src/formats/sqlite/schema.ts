import { Broken } from '../../sources/index.ts'
import { leavesOf, type Pages } from './pages.ts'
import { payloadOf, valuesOf } from './record.ts'

/** A table of a database. */
export interface TableEntry {
  readonly name: string
  readonly root: number
  readonly columns: readonly string[]
  /** Place of the column that is another name for the row id, or -1. */
  readonly rowIdColumn: number
  readonly hasText: boolean
  /** False for WITHOUT ROWID: such a table is kept as an index, which is not read. */
  readonly hasRowIds: boolean
}

const mostSchemaBytes = 1 << 20
const mostTables = 10_000

/** The tables of a database, without SQLite's own and those that a virtual table keeps for itself. */
export async function tablesOf(pages: Pages): Promise<TableEntry[]> {
  const tables: TableEntry[] = []
  const virtual: string[] = []
  for await (const { page, cells, trouble } of leavesOf(pages, 1)) {
    if (trouble) throw new Broken('damaged', trouble)
    for (const cell of cells) {
      const [payload] = await payloadOf(pages, page, cell, mostSchemaBytes)
      const [type, name, , root, sql] = valuesOf(payload, pages.encoding)
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || typeof sql !== 'string') continue
      if (name.startsWith('sqlite_')) continue
      if (/^create\s+virtual\b/i.test(sql)) virtual.push(`${name}_`)
      const hasRowIds = !/without\s+rowid\s*(,\s*strict\s*)?$/i.test(sql.trim())
      const parsed = columnsIn(sql)
      if (parsed && tables.length < mostTables) tables.push({ name, root, hasRowIds, ...parsed })
    }
  }
  return tables.filter(table => table.hasRowIds || !virtual.some(own => table.name.startsWith(own)))
}

/** Columns of a CREATE TABLE statement. */
function columnsIn(sql: string): Pick<TableEntry, 'columns' | 'rowIdColumn' | 'hasText'> | undefined {
  const definitions = definitionsIn(sql)
  if (!definitions) return undefined
  const columns: string[] = []
  let rowIdColumn = -1
  let hasText = false
  for (const tokens of definitions) {
    const [first, ...rest] = tokens
    if (!first || /^(constraint|primary|unique|check|foreign)$/i.test(first)) {
      const key = /^\s*primary key \( ("?[^"(),]+"?) (?:asc )?\)/i.exec(tokens.join(' '))
      const place = key ? columns.findIndex(c => c.toLowerCase() === unquoted(key[1]!).toLowerCase()) : -1
      if (place >= 0 && /^integer$/i.test(definitions[place]?.[1] ?? '')) rowIdColumn = place
      continue
    }
    const type = rest.join(' ')
    if (/^integer\b.*\bprimary key\b(?! desc)/i.test(type)) rowIdColumn = columns.length
    if (/^(\S*char|text|clob|string)|^$/i.test(type)) hasText = true
    columns.push(unquoted(first))
  }
  return { columns, rowIdColumn, hasText }
}

const unquoted = (token: string): string => {
  const found = /^(["'`[])([\s\S]*)["'`\]]$/.exec(token)
  return found ? found[2]!.replaceAll(found[1]! + found[1]!, found[1]!) : token
}

/** The tokens of each definition between the outer brackets. */
function definitionsIn(sql: string): string[][] | undefined {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|[(),]|[^\s(),"'`[]+/g
  const found: string[][] = []
  let depth = 0
  for (const [text] of sql.matchAll(token)) {
    if (text.startsWith('--') || text.startsWith('/*')) continue
    if (text === '(' && ++depth === 1) found.push([])
    else if (text === ')' && --depth === 0) return found
    else if (text === ',' && depth === 1) found.push([])
    else if (depth > 0) found.at(-1)!.push(text)
  }
  return undefined
}
