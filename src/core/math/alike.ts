import { normal, seeded, shuffled } from '../random.ts'
import { bitsIn } from './bits.ts'

/** Signs of a row, in two words. */
const signs = 64
/** Keys by which alike rows meet, each of so many of the signs: rows at a cosine of 0.9 share one 97 times in 100. */
const tables = 12
const bits = 12
/** Rows of one key that a row is compared with; more are neighbours of those. */
const mostCompared = 12
/** Signs that may differ beyond those expected, before two rows are compared by all numbers: three deviations. */
const slack = 9

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
  const words = signsOf(values, columns)
  const most = (signs * Math.acos(cosine)) / Math.PI + slack
  for (let t = 0; t < tables; t++)
    meet(words, t, (i, j) => {
      if (bitsIn(words[2 * i]! ^ words[2 * j]!) + bitsIn(words[2 * i + 1]! ^ words[2 * j + 1]!) > most) return
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

/** Signs of sparse projections: each weighs some of the columns, as good as all for a sign. */
function signsOf(values: Float32Array, columns: number): Int32Array {
  const random = seeded(columns)
  const taken = Math.min(columns, 48)
  const at = Int32Array.from({ length: signs * taken }, () => Math.floor(random() * columns))
  const weight = Float32Array.from(at, () => normal(random))
  const rows = values.length / columns
  const words = new Int32Array(2 * rows)
  for (let i = 0; i < rows; i++)
    for (let b = 0; b < signs; b++) {
      let sum = 0
      for (let k = b * taken, end = k + taken; k < end; k++) sum += weight[k]! * values[i * columns + at[k]!]!
      if (sum > 0) words[2 * i + (b >> 5)]! |= 1 << (b & 31)
    }
  return words
}

/** Calls back with pairs of rows that share a key: each row with the last few before it. */
function meet(words: Int32Array, table: number, pair: (i: number, j: number) => void): void {
  const chosen = shuffled(signs, seeded(table)).subarray(0, bits)
  // The last few rows of each key; the oldest gives way.
  const [last, seen] = [new Int32Array(mostCompared << bits), new Int32Array(1 << bits)]
  for (let i = 0; 2 * i < words.length; i++) {
    let key = 0
    for (const b of chosen) key = (key << 1) | ((words[2 * i + (b >> 5)]! >>> (b & 31)) & 1)
    const [from, count] = [key * mostCompared, seen[key]!]
    for (let k = from, end = from + Math.min(count, mostCompared); k < end; k++) pair(last[k]!, i)
    last[from + (count % mostCompared)] = i
    seen[key] = count + 1
  }
}
