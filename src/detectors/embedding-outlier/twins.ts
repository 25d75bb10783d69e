import type { Numbers } from '../../core/index.ts'
import { type RowMeasures, sums } from './measure.ts'

/** Rows nearer to the mean than this share of the usual distance were never trained; they are alike for that reason. */
const trained = 0.3
/** Signs that make a cell, their width, and how far the second grid is moved. */
const cell = { signs: 12, width: 0.5 }
/** Distance of equal rows, as a share of their distance from the mean: rounding to 8 bits stays below. */
const alike = 0.02
/** Rows of one cell that a row is compared with. */
const mostCompared = 24

/** Rows that are nearly the same, and no smaller than others. */
export interface Twins {
  /** Places in the measures, rising. */
  readonly members: readonly number[]
}

/** Groups of trained rows that are nearly equal: candidates by short signs, judged by all numbers. */
export function twinsOf(measures: RowMeasures, numbers: Numbers, columns: number): Twins[] {
  const { away } = measures
  const usual = Float64Array.from(away).sort()[away.length >> 1]!
  const parent = Int32Array.from(away, (_, k) => k)
  const root = (k: number): number => {
    let at = k
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  const unite = (members: readonly number[]): void => {
    const before: number[] = []
    for (const k of members)
      if (meets(before, k, measures, numbers, columns, root)) parent[root(k)] = root(before[0]!)
      else if (before.length < mostCompared) before.push(k)
  }
  for (const shift of [0, 0.5]) for (const members of cellsOf(measures, usual * trained, shift)) unite(members)
  return groupsOf(parent, root)
}

/** Rows of each cell that holds more than one, found by sorting: cell and row are one number of 53 bits. */
function* cellsOf(measures: RowMeasures, least: number, shift: number): Generator<number[]> {
  const { away, rows } = measures
  const base = 2 ** Math.ceil(Math.log2(rows.length + 1))
  const cells = Math.min(2 ** 32, 2 ** 53 / base)
  const keyed = new Float64Array(rows.length)
  let count = 0
  for (let k = 0; k < rows.length; k++)
    if (away[k]! > least) keyed[count++] = ((cellOf(measures, k, shift) >>> 0) % cells) * base + k
  keyed.subarray(0, count).sort()
  for (let k = 0; k < count; ) {
    const end = (Math.floor(keyed[k]! / base) + 1) * base
    const members: number[] = []
    for (; k < count && keyed[k]! < end; k++) members.push(keyed[k]! % base)
    if (members.length > 1) yield members
  }
}

function cellOf({ signs }: RowMeasures, k: number, shift: number): number {
  let key = 0
  for (let s = 0; s < cell.signs; s++)
    key = Math.imul(key ^ Math.floor(signs[k * sums + s]! / cell.width + shift), 0x9e3779b1) + (key >>> 15)
  return key | 0
}

/** Looks for an equal of row `k`; puts it first when there is one. */
function meets(
  before: number[],
  k: number,
  measures: RowMeasures,
  numbers: Numbers,
  columns: number,
  root: (k: number) => number,
): boolean {
  for (const [at, other] of before.entries()) {
    if (!likely(measures, k, other)) continue
    if (root(k) !== root(other) && !equal(measures, k, other, numbers, columns)) continue
    before[at] = before[0]!
    before[0] = other
    return true
  }
  return false
}

/** The signs and the length of equal rows differ by no more than the rows do. */
function likely({ signs, away }: RowMeasures, a: number, b: number): boolean {
  if (Math.abs(away[a]! - away[b]!) > alike * away[a]!) return false
  for (let s = 0; s < sums; s++) if (Math.abs(signs[a * sums + s]! - signs[b * sums + s]!) > 5 * alike) return false
  return true
}

function equal({ rows, away }: RowMeasures, a: number, b: number, numbers: Numbers, columns: number): boolean {
  const first = numbers.read(rows[a]! * columns, (rows[a]! + 1) * columns).slice()
  const second = numbers.read(rows[b]! * columns, (rows[b]! + 1) * columns)
  let sum = 0
  for (let d = 0; d < columns; d++) sum += (first[d]! - second[d]!) ** 2
  return Math.sqrt(sum) <= alike * away[a]!
}

function groupsOf(parent: Int32Array, root: (k: number) => number): Twins[] {
  const groups = new Map<number, number[]>()
  for (let k = 0; k < parent.length; k++) {
    const at = root(k)
    const known = groups.get(at)
    if (known) known.push(k)
    else groups.set(at, [k])
  }
  return [...groups.values()].filter(members => members.length > 1).map(members => ({ members }))
}
