import {
  type Batch,
  type Cell,
  hashRow,
  isPicture,
  isRaster,
  type Raster,
  type Role,
  type Row,
  type RowId,
  resized,
  type Table,
} from '../core/index.ts'

/** Most rows and characters of a table that the lab holds at once; a sample of a picture weighs as much as a character. */
export const labBounds = { rows: 200_000, characters: 200_000_000 }

/** Longest side of a picture that the lab holds: what a model sees is there, and thousands fit into memory. */
export const labSide = 160
/** Pictures that are decoded together: each may have a megapixel. */
const together = 32

/** Rows of a table in memory, their pictures decoded. */
export interface HeldRows {
  readonly rows: readonly Row[]
  /** Rows of the table; more than `rows.length` when a sample was taken. */
  readonly total: number
  /** Pictures of the rows that were made smaller, and those that could not be decoded. */
  readonly shrunk: number
  readonly unseen: number
}

interface Held {
  readonly id: RowId
  readonly rank: number
  readonly row: Row
  readonly picture: 'none' | 'whole' | 'shrunk' | 'unseen'
}

function weigh(cell: Cell): number {
  if (typeof cell === 'string' || cell instanceof Uint8Array) return cell.length
  return isRaster(cell) ? cell.pixels.length : 8
}

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
    for (const wanted of piecesOf(batch, i => hashRow(batch.rows[i]!, seed) >>> 0 < share, piece(table))) {
      for (const held of await heldOf(table, wanted, seed)) {
        if (held.rank >= share) continue
        characters += weightOf(held.row)
        kept.push(held)
      }
      while (kept.length > bounds.rows || (characters > bounds.characters && kept.length > 1)) {
        share /= 2
        kept = kept.filter(held => held.rank < share)
        characters = kept.reduce((sum, held) => sum + weightOf(held.row), 0)
      }
    }
  }
  kept.sort((a, b) => a.id - b.id)
  const count = (picture: Held['picture']) => kept.filter(held => held.picture === picture).length
  return { rows: kept.map(held => held.row), total, shrunk: count('shrunk'), unseen: count('unseen') }
}

const piece = (table: Table): number => (table.pictures ? together : Infinity)

/** The rows of a batch that are wanted, as batches of at most `size` rows. */
function piecesOf(batch: Batch, wanted: (i: number) => boolean, size: number): Batch[] {
  const places = Array.from({ length: batch.size }, (_, i) => i).filter(wanted)
  const step = Math.min(size, places.length)
  const pieces: Batch[] = []
  for (let from = 0; from < places.length; from += step) {
    const some = places.slice(from, from + step)
    const columns = [...batch.columns].map(([role, cells]) => [role, some.map(i => cells[i] ?? null)] as const)
    const rows = Float64Array.from(some, i => batch.rows[i]!)
    pieces.push({ ...batch, size: some.length, rows, columns: new Map(columns) })
  }
  return pieces
}

async function heldOf(table: Table, batch: Batch, seed: number): Promise<Held[]> {
  const columns = [...batch.columns]
  const seen = table.pictures && batch.columns.has('image') ? await table.pictures(batch) : []
  return Array.from({ length: batch.size }, (_, i): Held => {
    const id = batch.rows[i]!
    const [row, rank] = [rowOf(columns, i), hashRow(id, seed) >>> 0]
    const picture = seen[i]
    if (picture === undefined) return { id, rank, row, picture: 'none' }
    if (!isPicture(picture)) return { id, rank, row: { ...row, image: null }, picture: picture ? 'unseen' : 'none' }
    const { width, height, pixels } = picture
    const image = small({ width, height, pixels })
    return { id, rank, row: { ...row, image }, picture: image.width < picture.facts.width ? 'shrunk' : 'whole' }
  })
}

function small(raster: Raster): Raster {
  const scale = labSide / Math.max(raster.width, raster.height)
  if (scale >= 1) return raster
  const sized = (length: number) => Math.max(1, Math.round(length * scale))
  return resized(raster, sized(raster.width), sized(raster.height))
}

function rowOf(columns: readonly (readonly [Role, readonly Cell[]])[], i: number): Row {
  const row: Partial<Record<Role, Cell>> = {}
  for (const [role, cells] of columns) row[role] = cells[i] ?? null
  return row
}

const weightOf = (row: Row): number => Object.values(row).reduce<number>((sum, cell) => sum + weigh(cell ?? null), 0)
