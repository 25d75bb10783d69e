import type { Batch, Cell, MeasuredTable, Role } from '../../core/index.ts'
import { type RowsWith, type RowsWithOptions, rowsWith } from '../../statistics/index.ts'

interface Gram {
  readonly high: number
  readonly low: number
}

/** Grams that a row must hold, all of them. */
export type Wanted = readonly Gram[]

interface Bounds {
  readonly perQuestion: number
  readonly characters: number
  readonly deep: boolean
}

/** Questions that were answered, in their order. */
export interface Asked {
  readonly lists: readonly Wanted[]
  readonly found: RowsWith
  /** A text as long as this may have been cut. */
  readonly characters: number
}

/** Asks for the rows that hold all grams of each list. */
export function questions(lists: readonly Wanted[], bounds: Bounds): RowsWithOptions {
  const all = lists.flat()
  const offsets = new Int32Array(lists.length + 1)
  lists.forEach((list, q) => {
    offsets[q + 1] = offsets[q]! + list.length
  })
  return { high: Int32Array.from(all, g => g.high), low: Int32Array.from(all, g => g.low), offsets, seed: 1, ...bounds }
}

/** Lists asked for under one bound. */
export interface Group {
  readonly lists: readonly Wanted[]
  readonly bounds: Bounds
}

/**
 * The rows that hold all grams of each list, by group. What earlier answers tell is told by them; the table is read
 * again for the rest alone, once.
 */
export async function rowsHolding(
  table: MeasuredTable,
  groups: readonly Group[],
  asked: readonly Asked[],
): Promise<Asked[]> {
  const known = groups.map(({ lists, bounds }) => lists.map(list => knownRows(list, bounds, asked)))
  const open = groups.flatMap(({ lists, bounds }, g) => {
    const unknown = lists.filter((_, q) => known[g]![q] === null)
    return unknown.length > 0 ? [[g, rowsWith.request(questions(unknown, bounds))] as const] : []
  })
  const read: Readonly<Record<string, RowsWith>> = open.length > 0 ? await table.measure(Object.fromEntries(open)) : {}
  return groups.map(({ lists, bounds }, g) => {
    let next = 0
    const far = read[g]
    const parts = known[g]!.map(near => near ?? { rows: far!.rows[next]!, total: far!.totals[next++]!, cells: null })
    const cells = new Map(far?.cells)
    for (const part of parts) for (const [row, cell] of part.cells ?? []) cells.set(row, cell)
    const found = { totals: Float64Array.from(parts, part => part.total), rows: parts.map(part => part.rows), cells }
    return { lists, found, characters: bounds.characters }
  })
}

type Cells = RowsWith['cells']

/** What earlier answers tell of a list; null when only the table can. */
function knownRows(list: Wanted, bounds: Bounds, asked: readonly Asked[]) {
  for (const { lists, found, characters } of asked)
    for (let q = 0; q < lists.length; q++) {
      const rows = found.rows[q]!
      if (found.totals[q]! > rows.length || !within(lists[q]!, list)) continue
      const cells = new Map(Array.from(rows, row => [row, found.cells.get(row)!]))
      if (within(list, lists[q]!) && rows.length <= bounds.perQuestion) return { rows, total: rows.length, cells }
      if ([...cells.values()].every(({ text }) => text.length < characters)) return folded(cells, list, bounds)
    }
  return null
}

const within = (list: Wanted, other: Wanted): boolean =>
  list.every(gram => other.some(own => own.high === gram.high && own.low === gram.low))

/** The answer to one question over rows in memory. */
function folded(known: Cells, list: Wanted, bounds: Bounds) {
  const held = [...known.values()]
  const columns = new Map<Role, Cell[]>([
    ['text', held.map(cell => cell.text)],
    ['label', held.map(cell => cell.label)],
  ])
  const batch: Batch = { index: 0, size: held.length, rows: Float64Array.from(known.keys()), columns, defects: [] }
  const options = questions([list], bounds)
  const state = rowsWith.add(rowsWith.init(options, undefined), batch, options)
  const { rows, totals, cells } = rowsWith.finish(state, options)
  return { rows: rows[0]!, total: totals[0]!, cells }
}
