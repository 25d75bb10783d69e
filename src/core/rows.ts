import type { Row } from './attack.ts'
import { Picture, type Seen } from './picture/picture.ts'
import { isRaster } from './picture/raster.ts'
import { type Batch, type Cell, type Role, roles, rowId, type Table } from './table.ts'

/**
 * A table held in memory, for the lab, the kit and small inputs.
 * @param rowsPerBatch how to cut it; means nothing to the result.
 * @param pictures how to decode its pictures; only rasters are seen when absent.
 */
export function tableOfRows(
  name: string,
  rows: readonly Row[],
  rowsPerBatch = 4096,
  pictures: NonNullable<Table['pictures']> = rastersOf,
): Table {
  const present = roles.filter(role => rows.some(row => row[role] !== undefined))
  const sizeBytes = rows.reduce((sum, row) => sum + present.reduce((s, r) => s + sizeOf(row[r]), 0), 0)
  return {
    kind: 'table',
    name,
    parts: [{ name, sizeBytes, format: 'memory' }],
    columns: present.map(role => ({ name: role, role, because: 'flag' })),
    roles: new Set(present),
    sizeBytes,
    ...(present.includes('image') ? { pictures } : {}),
    async *batches(take) {
      for (let index = 0, first = 0; first < rows.length; index++, first += rowsPerBatch)
        if (!take || take(index))
          yield batchOf(rows, present, index, first, Math.min(rows.length, first + rowsPerBatch))
    },
  }
}

function batchOf(rows: readonly Row[], present: readonly Role[], index: number, first: number, end: number): Batch {
  const columns = new Map<Role, Cell[]>()
  for (const role of present) columns.set(role, [])
  for (let i = first; i < end; i++) for (const role of present) columns.get(role)!.push(rows[i]![role] ?? null)
  const ids = Float64Array.from({ length: end - first }, (_, k) => rowId(0, first + k))
  return { index, size: end - first, rows: ids, columns, defects: [] }
}

const deepest = 4
const plainBytes = 8

/** Roughly the bytes of a cell. */
function sizeOf(cell: Cell | undefined, depth = 0): number {
  if (cell instanceof Uint8Array) return cell.length
  if (isRaster(cell)) return cell.pixels.length
  if (typeof cell === 'string') return cell.length
  if (typeof cell !== 'object' || cell === null || depth === deepest) return plainBytes
  return Object.values<Cell>(cell as Readonly<Record<string, Cell>>).reduce<number>(
    (sum, value) => sum + sizeOf(value, depth + 1),
    plainBytes,
  )
}

const rastersOf = async (batch: Batch): Promise<readonly Seen[]> =>
  (batch.columns.get('image') ?? []).map(cell => {
    if (cell === null || cell === undefined) return null
    return isRaster(cell) ? new Picture(cell) : { kind: 'no-decoder', reason: 'nobody decodes it here' }
  })
