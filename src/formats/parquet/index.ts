import type { FileMetaData } from 'hyparquet'
import {
  batchStride,
  type Cell,
  format,
  type Limits,
  type ReadRequest,
  type RecordBatch,
  type RecordFile,
  type Source,
} from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import { cellOf } from '../cells.ts'
import { classLabels } from '../class-labels.ts'
import { compressorsWithin } from './compressors.ts'
import { rewrite } from './rewrite.ts'
import { unsaidColumns, withText } from './text.ts'

/** A row group is decoded whole: more rows in one is no file that honest writers make. */
const mostGroupRows = 50_000_000
/** Expanded bytes of one column of a row group. */
const mostChunkBytes = 2 ** 31

const magic = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes) === 'PAR1'

/** Apache Parquet, read by hyparquet: JavaScript alone, so that a hostile file cannot crash the process. */
export default format({
  id: 'parquet',
  title: 'Parquet',
  extensions: ['.parquet'],
  access: 'random',
  sniff: head => (magic(head.subarray(0, 4)) ? 3 : 0),
  open: openParquet,
})

interface Group {
  readonly first: number
  readonly rows: number
  readonly bytes: ReadonlyMap<string, number>
}

async function openParquet(source: Source, limits: Limits): Promise<RecordFile> {
  const { parquetMetadataAsync, parquetRead } = await import('hyparquet')
  const compressors = await compressorsWithin(mostChunkBytes)
  const file = {
    byteLength: source.size,
    slice: async (start: number, end = source.size) => {
      const bytes = await source.read(start, Math.min(end, source.size))
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    },
  }
  const tail = await source.read(Math.max(0, source.size - 4), source.size)
  if (!magic(tail)) throw new Broken('truncated', 'the Parquet footer is missing: the file was cut off')
  const metadata = await parquetMetadataAsync(file).catch(damaged)
  const columns = columnsOf(metadata).slice(0, limits.columns)
  const groups = groupsOf(metadata)
  const unsaid = unsaidColumns(metadata.schema)

  async function column(group: Group, name: string): Promise<Cell[]> {
    const rowEnd = group.first + group.rows
    const found: Cell[] = new Array(group.rows).fill(null)
    let values = 0
    await parquetRead({
      file,
      metadata,
      compressors,
      columns: [name],
      utf8: false,
      rowStart: group.first,
      rowEnd,
      onChunk: ({ columnData, rowStart }) => {
        const end = Math.min(columnData.length, rowEnd - rowStart)
        for (let i = Math.max(0, group.first - rowStart); i < end; i++) {
          found[rowStart + i - group.first] = cellOf(columnData[i])
          values++
        }
      },
    })
    if (values !== group.rows) throw new Broken('damaged', 'it has too few values')
    return unsaid.has(name) ? withText(found) : found
  }

  async function* records({ columns: wanted = columns, take = () => true, rowsPerBatch = 4096 }: ReadRequest) {
    for (const [g, group] of groups.entries()) {
      const pieces = Math.max(1, Math.ceil(group.rows / rowsPerBatch))
      const taken = Array.from({ length: pieces }, (_, p) => take(g + p * batchStride))
      if (!taken.includes(true)) continue
      const read = await readGroup(group, wanted, column)
      for (let p = 0; p < pieces; p++) if (taken[p]) yield piece(g, p, group, read, rowsPerBatch)
    }
    if (groups.length === 0 && take(0))
      yield piece(0, 0, { first: 0, rows: 0, bytes: new Map() }, { cells: new Map() }, rowsPerBatch)
  }
  const rows = groups.reduce((sum, group) => sum + group.rows, 0)
  const classes = classLabels(metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value)
  return { columns, classes, records, without: (drop, path) => rewrite(source, rows, drop, path) }
}

/** The cells of a row group by column; what is wrong when some could not be read. */
interface Read {
  readonly cells: ReadonlyMap<string, Cell[]>
  readonly trouble?: { readonly kind: string; readonly message: string }
}

async function readGroup(
  group: Group,
  wanted: readonly string[],
  column: (group: Group, name: string) => Promise<Cell[]>,
): Promise<Read> {
  const cells = new Map<string, Cell[]>()
  const troubles: { name: string; kind: string; why: string }[] = []
  for (const name of wanted) {
    try {
      if ((group.bytes.get(name) ?? 0) > mostChunkBytes)
        throw new Broken('too-large', 'it is larger than can be read at once')
      cells.set(name, await column(group, name))
    } catch (reason) {
      const [kind, why] =
        reason instanceof Broken ? [reason.kind, reason.message] : ['damaged', 'its bytes are not valid']
      troubles.push({ name, kind, why })
    }
  }
  const first = troubles[0]
  if (!first) return { cells }
  const others = troubles.length === 1 ? '' : ` and ${troubles.length - 1} more`
  const range = `${group.first}–${group.first + group.rows - 1}`
  const message = `Column "${first.name.slice(0, 60)}"${others} of records ${range} cannot be read: ${first.why}.`
  return { cells, trouble: { kind: first.kind, message } }
}

function piece(g: number, p: number, group: Group, { cells, trouble }: Read, rowsPerBatch: number): RecordBatch {
  const start = p * rowsPerBatch
  const rows = Math.min(rowsPerBatch, group.rows - start)
  const size = cells.size === 0 ? 0 : rows
  const records = Float64Array.from({ length: size }, (_, k) => group.first + start + k)
  const columns = new Map([...cells].map(([name, all]) => [name, all.slice(start, start + size)]))
  // Each record lacks a column, so each is lost: what can be read of it is judged all the same.
  const defects = trouble && rows > 0 ? [{ ...trouble, record: group.first + start, records: rows, lost: true }] : []
  return { index: g + p * batchStride, size, records, columns, defects }
}

/** Names of the top columns; a group's children belong to it. */
function columnsOf({ schema }: FileMetaData): string[] {
  const names: string[] = []
  let inside = 0
  for (const [i, element] of schema.entries()) {
    if (i === 0) continue
    if (inside === 0) names.push(String(element.name))
    else inside--
    inside += element.num_children ?? 0
  }
  return names
}

function groupsOf({ row_groups }: FileMetaData): Group[] {
  let first = 0
  return row_groups.map(group => {
    const rows = Number(group.num_rows)
    if (!(rows >= 0 && rows <= mostGroupRows)) throw new Broken('damaged', `a row group claims ${group.num_rows} rows`)
    const bytes = new Map<string, number>()
    for (const { meta_data: data } of group.columns) {
      const name = data?.path_in_schema[0]
      if (data && name !== undefined) bytes.set(name, (bytes.get(name) ?? 0) + Number(data.total_uncompressed_size))
    }
    first += rows
    return { first: first - rows, rows, bytes }
  })
}

function damaged(): never {
  throw new Broken('damaged', 'the Parquet footer is not valid')
}
