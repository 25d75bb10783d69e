import type { Cell, RecordBatch, RecordDefect } from '../core/index.ts'
import type { Block } from './blocks.ts'
import { textsOf } from './decode.ts'
import { jsonFault } from './json-fault.ts'

/** The one column of records that are bare values. */
const bare = 'value'

/** Column names of some JSON records: the union of the keys; `value` for bare values; `column1`… for arrays. */
export function columnsOf(records: readonly unknown[]): string[] {
  const names = new Set<string>()
  for (const record of records)
    if (Array.isArray(record)) for (const i of record.keys()) names.add(`column${i + 1}`)
    else if (typeof record === 'object' && record !== null) for (const key of Object.keys(record)) names.add(key)
    else names.add(bare)
  return [...names]
}

/** How to read one column of a parsed record. Own properties alone: a key may be called `constructor`. */
function reader(name: string): (record: unknown) => Cell {
  const nth = /^column(\d+)$/.exec(name)
  const inherited = name in Object.prototype
  return record => {
    if (typeof record !== 'object' || record === null) return name === bare ? (record as Cell) : null
    if (Array.isArray(record)) return nth ? ((record[Number(nth[1]) - 1] ?? null) as Cell) : null
    if (inherited && !Object.hasOwn(record, name)) return null
    return ((record as Record<string, Cell>)[name] ?? null) as Cell
  }
}

/** True when values nest deeper than `depth`. Iterative, so that hostile nesting cannot exhaust the stack. */
export function deeper(value: Cell, depth: number): boolean {
  let level: unknown[] = [value]
  for (let d = 0; level.length > 0; d++) {
    if (d > depth) return true
    level = level.flatMap(v => (typeof v === 'object' && v !== null ? Object.values(v) : []))
  }
  return false
}

/** Makes a record of a JSON text that is not one by itself. */
export type Wrap = (parse: (json: string) => unknown, json: string) => unknown

/** How records that are JSON texts become cells. */
export interface Reading {
  /** Columns that are wanted. */
  readonly columns: readonly string[]
  /** Columns that the first records have: a record with another one is told. */
  readonly known: readonly string[]
  readonly depth: number
  readonly wrap?: Wrap | undefined
}

/** Names of columns in one message. */
const mostNamed = 5

/** The columns of a record that nobody knows, as a sentence; null when there is none. */
function lateIn(record: unknown, known: ReadonlySet<string>): string | null {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return null
  const late: string[] = []
  for (const key in record) if (!known.has(key) && Object.hasOwn(record, key)) late.push(key)
  if (late.length === 0) return null
  const named = late.slice(0, mostNamed).map(name => `"${name.slice(0, 60)}"`)
  const more = late.length > mostNamed ? ` and ${late.length - mostNamed} more` : ''
  return `The first records have no column ${named.join(', ')}${more}; it was not read.`
}

/** Parses a block whose records are JSON texts. */
export function objectBatch(block: Block, { columns, known, depth, wrap }: Reading): RecordBatch {
  const defects: RecordDefect[] = [...block.defects]
  const text = textsOf(block, defects)
  const read = columns.map(reader)
  const told = new Set([...known, ...columns])
  const cells: Cell[][] = columns.map(() => [])
  const records = new Float64Array(block.size)
  let size = 0
  for (let k = 0; k < block.size; k++) {
    const json = text(k)
    let value: unknown
    try {
      value = wrap ? wrap(JSON.parse, json) : JSON.parse(json)
    } catch {
      const fault = jsonFault(wrap ? `{${json}}` : json)
      const at = { record: block.records[k]!, ...placeIn(json, fault.offset, block.lines[k]!), lost: true }
      defects.push({ ...at, kind: 'bad-json', message: fault.message })
      continue
    }
    records[size++] = block.records[k]!
    const late = lateIn(value, told)
    if (late !== null)
      defects.push({
        record: block.records[k]!,
        line: block.lines[k]!,
        kind: 'late-column',
        message: late,
        lost: false,
      })
    for (let c = 0; c < columns.length; c++) {
      let cell = read[c]!(value)
      if (typeof cell === 'object' && cell !== null && deeper(cell, depth)) {
        cell = null
        const message = `Column "${columns[c]}" nests deeper than the limit of ${depth} and was left empty.`
        defects.push({ record: block.records[k]!, line: block.lines[k]!, kind: 'too-deep', message, lost: false })
      }
      cells[c]!.push(cell)
    }
  }
  return {
    index: block.index,
    size,
    records: records.subarray(0, size),
    columns: new Map(columns.map((name, c) => [name, cells[c]!])),
    defects,
  }
}

/** Line and column of an offset in a text that begins on `line`. */
function placeIn(text: string, offset: number, line: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  return { line: line + lines.length - 1, column: lines.at(-1)!.length + 1 }
}
