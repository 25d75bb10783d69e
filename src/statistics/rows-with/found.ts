import type { RowsWith } from './index.ts'

interface Kept {
  readonly rank: number
  readonly row: number
}

/** Rows kept by question, and the cells of all rows that some question keeps. */
export interface Found {
  readonly totals: Float64Array
  readonly kept: Kept[][]
  /** Rank from which on a question keeps nothing more. */
  readonly limit: Float64Array
  cells: Map<number, { readonly text: string; readonly label: string }>
  /** Characters in `cells`. */
  weight: number
}

interface Bounds {
  readonly perQuestion: number
  readonly characters: number
}

/** Cells that no question keeps any more are dropped when they may be this many characters. */
const sweepAt = 64_000_000

export const emptyFound = (questions: number): Found => ({
  totals: new Float64Array(questions),
  kept: Array.from({ length: questions }, () => []),
  limit: new Float64Array(questions).fill(Infinity),
  cells: new Map(),
  weight: 0,
})

const inOrder = (a: Kept, b: Kept): number => a.rank - b.rank || a.row - b.row

function trim(found: Found, q: number, most: number): void {
  const kept = found.kept[q]!
  if (kept.length <= most) return
  kept.sort(inOrder)
  kept.length = most
  found.limit[q] = kept[most - 1]!.rank
}

/** Counts a row for a question, and keeps it when its rank is low enough. */
export function keep(
  found: Found,
  q: number,
  rank: number,
  row: number,
  text: string,
  label: string,
  { perQuestion, characters }: Bounds,
): void {
  found.totals[q] = found.totals[q]! + 1
  if (rank > found.limit[q]!) return
  found.kept[q]!.push({ rank, row })
  if (found.kept[q]!.length > 2 * perQuestion + 16) trim(found, q, perQuestion)
  if (characters === 0 || found.cells.has(row)) return
  const short = text.length > characters ? text.slice(0, characters) : text
  found.cells.set(row, { text: short, label })
  found.weight += short.length
  if (found.weight > sweepAt) sweep(found, perQuestion)
}

/** Drops cells of rows that no question keeps; then waits until as much has come again. */
function sweep(found: Found, perQuestion: number): void {
  const wanted = new Set<number>()
  for (let q = 0; q < found.kept.length; q++) {
    trim(found, q, perQuestion)
    for (const { row } of found.kept[q]!) wanted.add(row)
  }
  const cells = new Map([...found.cells].filter(([row]) => wanted.has(row)))
  found.cells = cells
  found.weight = 0
}

/** The rows of both. */
export function mergeFound(a: Found, b: Found, { perQuestion }: Bounds): Found {
  for (let q = 0; q < a.kept.length; q++) {
    a.totals[q] = a.totals[q]! + b.totals[q]!
    for (const kept of b.kept[q]!) a.kept[q]!.push(kept)
    a.limit[q] = Math.min(a.limit[q]!, b.limit[q]!)
    trim(a, q, perQuestion)
  }
  for (const [row, cell] of b.cells) a.cells.set(row, cell)
  sweep(a, perQuestion)
  return a
}

/** The answer: nothing but what the questions keep. */
export function trimmedFound(found: Found, { perQuestion }: Bounds): RowsWith {
  sweep(found, perQuestion)
  return {
    totals: found.totals,
    rows: found.kept.map(kept => Float64Array.from(kept, k => k.row).sort()),
    cells: found.cells,
  }
}
