import type { Ground } from './ground.ts'
import { sumsOf, variancesOf } from './points.ts'
import type { Standard } from './standard.ts'

const alikeEach = 4
const mostPartners = 24

/** Pictures that look most like some others, and what these would be like without what they share. */
export interface Beside {
  readonly rows: readonly number[]
  /** Of each view: mean and variance of each number. */
  readonly crowds: readonly Crowd[]
  /** Variance at each point, over the three colours. */
  readonly variance: Float64Array
}

export interface Crowd {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/** Rows of the sample that look most like the members. */
export function beside(ground: Ground, members: readonly number[]): Beside {
  const own = new Set(members)
  const step = Math.max(1, Math.ceil(members.length / mostPartners))
  const found = new Set<number>()
  for (let k = 0; k < members.length; k += step)
    for (const row of nearestLooks(ground, members[k]!, alikeEach, own)) found.add(row)
  const rows = [...found].sort((a, b) => a - b)
  return {
    rows,
    crowds: ground.views.map(view => crowdOf(view, rows)),
    variance: variancesOf(sumsOf(ground.pixels, rows)),
  }
}

/** The rows of the sample that look most like a row, but for some. */
export function nearestLooks(
  { looks, sample, crowdLooks }: Ground,
  row: number,
  count: number,
  not: ReadonlySet<number>,
): number[] {
  const { columns, cells, lengths } = looks
  const like = crowdLooks(Float64Array.from(cells.subarray(row * columns, (row + 1) * columns)))
  for (let i = 0; i < like.length; i++) {
    const other = sample[i]!
    like[i] = other === row || not.has(other) ? -Infinity : like[i]! / lengths[other]!
  }
  return best(like, count).map(place => sample[place]!)
}

/** Places of the largest values, the largest first. */
export function best(values: Float64Array, count: number): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value === -Infinity || (found.length === count && value <= values[found[count - 1]!]!)) continue
    let place = found.length
    while (place > 0 && values[found[place - 1]!]! < value) place--
    found.splice(place, 0, i)
    if (found.length > count) found.pop()
  }
  return found
}

export function lookCosine({ cells, columns, lengths }: Standard, a: number, b: number): number {
  let sum = 0
  for (let k = 0, i = a * columns, j = b * columns; k < columns; k++, i++, j++) sum += cells[i]! * cells[j]!
  return sum / (lengths[a]! * lengths[b]!)
}

/** Sums of the numbers of rows, each row brought to length one. */
export function sumOf({ columns, cells, lengths }: Standard, rows: readonly number[], sum = new Float64Array(columns)) {
  for (const row of rows) {
    const scale = 1 / lengths[row]!
    for (let k = 0, at = row * columns; k < columns; k++, at++) sum[k]! += cells[at]! * scale
  }
  return sum
}

const leastVariance = 1e-12

function crowdOf(view: Standard, rows: readonly number[]): Crowd {
  const count = Math.max(1, rows.length)
  const mean = sumOf(view, rows).map(value => value / count)
  const variance = new Float64Array(view.columns)
  for (const row of rows) {
    const scale = 1 / view.lengths[row]!
    for (let k = 0, at = row * view.columns; k < variance.length; k++, at++)
      variance[k]! += (view.cells[at]! * scale - mean[k]!) ** 2
  }
  for (let k = 0; k < variance.length; k++) variance[k] = Math.max(leastVariance, variance[k]! / count)
  return { mean, variance }
}
