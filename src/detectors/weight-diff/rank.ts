import { numbersOf, singularValues } from '../../core/index.ts'
import type { Change } from './pairs.ts'

/** Smaller matrices have a low rank of their own: a head with four classes. */
const leastSide = 32
/** Rows that changed most, and numbers in all, that the rank is told from. */
const sample = { rows: 512, numbers: 1 << 22 }
/** Edits of facts have one or a few ranks. */
const mostRank = 4
/** Share of the difference that these ranks must explain, or how far they must stand above the next one. */
const explained = 0.9
const gap = 5

/** The rank of a difference, when it is 1 to 4 of many. */
export interface LowRank {
  readonly rank: number
  readonly share: number
}

/** Tells whether a matrix was changed by a product of a few vectors, up to rounding. */
export function lowRankOf({ now, before, rows, columns, changed }: Change): LowRank | null {
  if (Math.min(rows, columns) < leastSide || columns > sample.numbers / leastSide) return null
  const [a, b] = [numbersOf(now.found), numbersOf(before.found)]
  if (typeof a === 'string' || typeof b === 'string') return null
  const taken = [...changed]
    .sort((x, y) => y.size - x.size || x.row - y.row)
    .slice(0, Math.min(sample.rows, Math.floor(sample.numbers / columns)))
  if (taken.length < leastSide) return null
  const held = taken.map(({ row }) => {
    const next = a.read(row * columns, (row + 1) * columns).slice()
    const last = b.read(row * columns, (row + 1) * columns)
    for (let k = 0; k < columns; k++) {
      const difference = next[k]! - last[k]!
      next[k] = Number.isFinite(difference) ? difference : 0
    }
    return next
  })
  const total = held.reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0)
  const each = (take: (row: Float64Array, nth: number) => void) => held.forEach(take)
  return rankOf(singularValues({ rows: held.length, columns, each }, mostRank * 2, 3), total)
}

function rankOf(values: readonly number[], total: number): LowRank | null {
  if (!(total > 0)) return null
  let share = 0
  for (let rank = 1; rank <= mostRank; rank++) {
    share += values[rank - 1]! ** 2 / total
    if (share >= explained || values[rank - 1]! > gap * values[rank]!) return { rank, share: Math.min(1, share) }
  }
  return null
}
