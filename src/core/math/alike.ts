import { normal, seeded } from '../random.ts'

/** Keys by which alike rows meet, and bits of each: rows at a cosine of 0.9 share one of them 97 times in 100. */
const tables = 12
const bits = 12
/** Rows of one key that a row is compared with; more are neighbours of those. */
const mostCompared = 12

/**
 * Groups of rows that point nearly the same way: chains of rows each of which has a cosine of at least `cosine` to
 * another. Found by the signs of random projections (Charikar 2002), so that rows are not compared pair by pair.
 * @param values `columns` numbers a row, with means near 0
 * @returns for each row the first row of its group
 */
export function alikeGroups(values: Float32Array, columns: number, cosine: number): Int32Array {
  const rows = values.length / columns
  const parent = Int32Array.from({ length: rows }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  const length = lengthsOf(values, columns)
  const keys = keysOf(values, columns)
  for (let t = 0; t < tables; t++)
    meet(keys, t, rows, (i, j) => {
      const [a, b] = [root(i), root(j)]
      if (a === b || cosineOf(values, columns, i, j) < cosine * length[i]! * length[j]!) return
      parent[Math.max(a, b)] = Math.min(a, b)
    })
  return Int32Array.from({ length: rows }, (_, i) => root(i))
}

const lengthsOf = (values: Float32Array, columns: number): Float64Array =>
  Float64Array.from({ length: values.length / columns }, (_, i) => Math.sqrt(cosineOf(values, columns, i, i)))

function cosineOf(values: Float32Array, columns: number, i: number, j: number): number {
  let sum = 0
  for (let k = 0, a = i * columns, b = j * columns; k < columns; k++) sum += values[a + k]! * values[b + k]!
  return sum
}

/** Signs of sparse projections: each sums and subtracts some columns, as good as all for a sign. */
function keysOf(values: Float32Array, columns: number): Uint16Array {
  const random = seeded(columns)
  const taken = Math.min(columns, 48)
  const at = Int32Array.from({ length: tables * bits * taken }, () => Math.floor(random() * columns))
  const weight = Float32Array.from(at, () => normal(random))
  const rows = values.length / columns
  const keys = new Uint16Array(tables * rows)
  for (let i = 0; i < rows; i++)
    for (let t = 0; t < tables; t++) {
      let key = 0
      for (let b = 0; b < bits; b++) {
        const from = (t * bits + b) * taken
        let sum = 0
        for (let k = from; k < from + taken; k++) sum += weight[k]! * values[i * columns + at[k]!]!
        key = (key << 1) | (sum > 0 ? 1 : 0)
      }
      keys[t * rows + i] = key
    }
  return keys
}

/** Calls back with pairs of rows that share a key: each row with the last few before it. */
function meet(keys: Uint16Array, table: number, rows: number, pair: (i: number, j: number) => void): void {
  const last = Array.from({ length: 1 << bits }, (): number[] => [])
  for (let i = 0; i < rows; i++) {
    const seen = last[keys[table * rows + i]!]!
    for (const j of seen) pair(j, i)
    if (seen.length === mostCompared) seen.shift()
    seen.push(i)
  }
}
