import { type Cell, hashRow, type Role, type Row, type RowId, type Table } from '../core/index.ts'

/** Most rows and characters of a table that the lab holds at once. */
export const labBounds = { rows: 200_000, characters: 200_000_000 }

/** Rows of a table in memory. */
export interface HeldRows {
  readonly rows: readonly Row[]
  /** Rows of the table; more than `rows.length` when a sample was taken. */
  readonly total: number
}

interface Held {
  readonly id: RowId
  readonly rank: number
  readonly row: Row
}

const weigh = (cell: Cell): number => (typeof cell === 'string' ? cell.length : 8)

/**
 * Reads a table into memory: all of it up to the bounds, beyond them the rows whose hashed ids rank lowest (an even
 * sample that depends on the seed alone). Rows keep the table's order. Row ids of the result count from zero.
 */
export async function rowsOfTable(
  table: Table,
  { seed, bounds = labBounds }: { readonly seed: number; readonly bounds?: typeof labBounds },
): Promise<HeldRows> {
  let kept: Held[] = []
  let share = 2 ** 32
  let characters = 0
  let total = 0
  for await (const batch of table.batches()) {
    total += batch.size
    const columns = [...batch.columns]
    for (let i = 0; i < batch.size; i++) {
      const rank = hashRow(batch.rows[i]!, seed) >>> 0
      if (rank >= share) continue
      const row = rowOf(columns, i)
      characters += weightOf(row)
      kept.push({ id: batch.rows[i]!, rank, row })
    }
    while (kept.length > bounds.rows || (characters > bounds.characters && kept.length > 1)) {
      share /= 2
      kept = kept.filter(held => held.rank < share)
      characters = kept.reduce((sum, held) => sum + weightOf(held.row), 0)
    }
  }
  kept.sort((a, b) => a.id - b.id)
  return { rows: kept.map(held => held.row), total }
}

function rowOf(columns: readonly (readonly [Role, readonly Cell[]])[], i: number): Row {
  const row: Partial<Record<Role, Cell>> = {}
  for (const [role, cells] of columns) row[role] = cells[i] ?? null
  return row
}

const weightOf = (row: Row): number => Object.values(row).reduce<number>((sum, cell) => sum + weigh(cell ?? null), 0)
