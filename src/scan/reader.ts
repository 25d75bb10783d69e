import { dirname } from 'node:path'
import {
  type Batch,
  batchStride,
  type Cell,
  type Column,
  cellsOf,
  type Defect,
  Fault,
  type Limits,
  type Plain,
  partOf,
  type RecordBatch,
  type RecordFile,
  type Role,
  type RowId,
  rowId,
  type Source,
  type Table,
} from '../core/index.ts'
import { formats } from '../formats/index.ts'
import { Broken, expanded, fileSource, picturesOf } from '../sources/index.ts'
import { folderFile } from './pictures/folder-file.ts'
import { nameIn } from './pictures/indexes.ts'
import { joinedFile, namedLabels } from './pictures/pairs.ts'
import { byShape, type Shape } from './shapes/index.ts'
import type { PartSpec, TableSpec } from './spec.ts'

/**
 * Opens the table that plain data describes: what a worker thread does.
 * @public
 */
export async function open(spec: Plain): Promise<Table> {
  return tableOf(spec as unknown as TableSpec)
}

/** The table that a spec describes. */
export function tableOf(spec: TableSpec): Table {
  const roles = new Set<Role>(spec.columns.flatMap((c: Column) => (c.role ? [c.role] : [])))
  return {
    kind: 'table',
    name: spec.name,
    parts: spec.parts.map(({ name, sizeBytes, format, split, sha256 }) => ({
      name,
      sizeBytes,
      format,
      ...(split ? { split } : {}),
      ...(sha256 ? { sha256 } : {}),
    })),
    columns: spec.columns,
    roles,
    sizeBytes: spec.sizeBytes,
    batches: take => batchesOf(spec, [...roles], take),
    ...(roles.has('image') ? { pictures: (batch, wanted) => picturesIn(spec, batch, wanted) } : {}),
    reopen: { module: import.meta.url, spec: spec as unknown as Plain },
  }
}

/** Decodes the pictures of a batch; names of files are relative to the file that names them, or to a root. */
function picturesIn(
  spec: TableSpec,
  batch: Batch,
  wanted: (row: RowId) => boolean = () => true,
): ReturnType<typeof picturesOf> {
  const placed = (i: number): PartSpec => spec.parts[partOf(batch.rows[i]!)]!
  const cells = cellsOf(batch, 'image').map((cell, i) => {
    if (!wanted(batch.rows[i]!)) return null
    const paths = placed(i).naming?.paths
    const name = paths ? nameIn(cell) : null
    return name !== null && Object.hasOwn(paths!, name) ? paths![name]! : cell
  })
  return picturesOf(cells, i => ({ folder: folderOf(placed(i)) }))
}

/** Folder that names of files in a part are relative to. */
const folderOf = ({ pictures, naming, home }: PartSpec): string => pictures?.root ?? naming?.root ?? dirname(home)

/** The pictures of a batch are held decoded together: 3 MiB each at most. */
const picturesPerBatch = 32

async function* batchesOf(
  spec: TableSpec,
  roles: readonly Role[],
  take: (index: number) => boolean = () => true,
): AsyncGenerator<Batch> {
  let base = 0
  const rowsPerBatch = spec.rowsPerBatch ?? (roles.includes('image') ? picturesPerBatch : null)
  for (const [ordinal, part] of spec.parts.entries()) {
    let count = 0
    const request = {
      columns: [...new Set([...Object.values(part.roles), ...namesOf(part.shape)])],
      take: (index: number) => {
        count = Math.max(count, (index % batchStride) + 1)
        return take(base + index)
      },
      ...(rowsPerBatch === null ? {} : { rowsPerBatch }),
    }
    for await (const batch of recordsOf(part, spec.limits, request)) yield batchOf(batch, base, ordinal, part, roles)
    base += count
  }
}

/** All columns that a shape reads. */
const namesOf = (shape: Shape | null): readonly string[] =>
  shape ? [...Object.values(shape.columns).flat(), ...(shape.better?.by ?? [])] : []

type Request = Parameters<RecordFile['records']>[0] & { take(index: number): boolean }

/** The batches of one part. A file that cannot be opened any more is a batch with one defect. */
async function* recordsOf(part: PartSpec, limits: Limits, request: Request): AsyncGenerator<RecordBatch> {
  let opened: RecordFile
  try {
    opened = await openPart(part, limits)
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    if (request.take(0)) yield brokenBatch(reason)
    return
  }
  yield* opened.records(request)
}

/** A batch without rows that says why there are none. */
function brokenBatch({ kind, message }: Broken): RecordBatch {
  const defects = [{ record: 0, kind, message: `The file cannot be read: ${message}.`, lost: true }]
  return { index: 0, size: 0, records: new Float64Array(0), columns: new Map(), defects }
}

/** Opens the file of a part. Throws `Broken` when its bytes are not what they should be. */
export async function openPart(
  part: Pick<PartSpec, 'path' | 'name' | 'codec' | 'entry' | 'format' | 'member' | 'pictures' | 'labels'>,
  limits: Limits,
): Promise<RecordFile> {
  if (part.pictures) return folderFile(part.pictures)
  const format = formats.find(f => f.id === part.format)
  if (!format) throw new Fault('unknown-format', `${part.name}: no format "${part.format}".`)
  const file = await format.open(await bytesOf(part, limits), limits, part.member ?? undefined)
  return part.labels ? joinedFile(file, await openPart(part.labels, limits)) : file
}

/** The bytes of a part, expanded. */
export async function bytesOf(
  part: Pick<PartSpec, 'path' | 'name' | 'codec' | 'entry'>,
  limits: Limits,
): Promise<Source> {
  const stored = await fileSource(part.path, part.name)
  return part.codec ? expanded(stored, part.codec, limits.expandedBytes, part.entry ?? undefined) : stored
}

function batchOf(batch: RecordBatch, base: number, ordinal: number, part: PartSpec, roles: readonly Role[]): Batch {
  const rows = new Float64Array(batch.size)
  for (let k = 0; k < batch.size; k++) rows[k] = rowId(ordinal, batch.records[k]!)
  const columns = new Map<Role, readonly Cell[]>()
  const shape = part.shape ? byShape(batch, part.shape) : null
  for (const role of roles) {
    const derived = part.roles[role] === undefined ? shape?.columns.get(role) : undefined
    if (derived) {
      columns.set(role, derived)
      continue
    }
    const own = part.roles[role]
    const constant = own === undefined && role === 'split' ? part.split : null
    const cells = (own !== undefined && batch.columns.get(own)) || new Array<Cell>(batch.size).fill(constant)
    columns.set(role, role === 'label' && part.classes ? namedLabels(cells, part.classes) : cells)
  }
  const defects: Defect[] = [...batch.defects, ...(shape?.defects ?? [])].map(({ record, ...rest }) => ({
    row: rowId(ordinal, record),
    ...rest,
  }))
  if (batch.index === 0) defects.unshift(...part.remarks.map(remark => ({ row: rowId(ordinal, 0), ...remark })))
  return { index: base + batch.index, size: batch.size, rows, columns, defects }
}
