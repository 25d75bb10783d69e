import { cholesky, type LeadingRows, leadingRows } from '../../core/index.ts'

/** Vectors of rows with the index of their label; -1 where there is none. */
export interface Vectors {
  readonly values: Float32Array
  readonly columns: number
  readonly label: Int32Array
  readonly labels: readonly string[]
  /** The same in the directions in which they vary most, where those are known. */
  readonly leading?: LeadingRows
}

/** How the rows of one label fall apart. */
export interface Split {
  readonly label: number
  readonly rows: number
  /** Distance of the two parts, in deviations within the parts (Ashman, Bird and Zepf 1994). */
  readonly gap: number
  /** Variance along the leading direction, where 1 is usual among the other labels (Tran et al. 2018). */
  readonly spectral: number
  /** Rows of the smaller part, farthest first by quantum entropy score (Hayase et al. 2021). */
  readonly apart: readonly number[]
}

/** Directions that are kept of the vectors: poison that a network has learnt stands in the first. */
const kept = 24
/** Fewer rows have no shape. */
const fewest = 30
const mostOfLabel = 3000
/** Weight of the leading directions in the score: 4 in the paper. */
const sharpness = 4
/** A part so small may be a slip, one so large may as well be the rest. */
const shareOf = { least: 0.005, most: 0.45, rows: 10 }

/** Splits every label in two along its leading direction, in the units in which all labels vary. */
export function splitsOf(vectors: Vectors): Split[] {
  const { labels, label } = vectors
  const members = labels.map((): number[] => [])
  for (const [i, c] of label.entries()) if (c >= 0) members[c]!.push(i)
  const { values, columns } = vectors.leading ?? leadingRows(vectors.values, vectors.columns, kept)
  const sets = members.map(m => evenly(m, mostOfLabel))
  const whole = members.flatMap((m, c) => (m.length >= fewest ? [c] : []))
  const centred = new Map(whole.map(c => [c, centredRows(values, columns, sets[c]!)]))
  const root = pooledRoot([...centred.values()], columns)
  return whole.map(c => splitOf(whitened(centred.get(c)!, columns, root), columns, sets[c]!, c))
}

const evenly = (rows: readonly number[], most: number): readonly number[] =>
  rows.length <= most ? rows : Array.from({ length: most }, (_, k) => rows[Math.floor((k * rows.length) / most)]!)

/** Rows less the median of their label: a part of less than half does not move it. */
function centredRows(values: Float32Array, columns: number, rows: readonly number[]): Float64Array {
  const out = new Float64Array(rows.length * columns)
  for (let k = 0; k < columns; k++) {
    const column = Float64Array.from(rows, i => values[i * columns + k]!)
    const middle = column.slice().sort()[column.length >> 1]!
    column.forEach((x, nth) => void (out[nth * columns + k] = x - middle))
  }
  return out
}

/** Root of the covariance within labels; each label has the same say, so that one that is poisoned has little. */
function pooledRoot(sets: readonly Float64Array[], columns: number): Float64Array {
  const spread = new Float64Array(columns * columns)
  for (const rows of sets) {
    const share = columns / rows.length / sets.length
    for (let at = 0; at < rows.length; at += columns) addProducts(spread, rows, at, columns, share)
  }
  let trace = 0
  for (let a = 0; a < columns; a++) trace += spread[a * columns + a]!
  for (let a = 0; a < columns; a++) spread[a * columns + a]! += (0.01 * trace) / columns + 1e-9
  cholesky(spread, columns)
  return spread
}

/** The products of a row's numbers with each other, below the diagonal. */
function addProducts(spread: Float64Array, rows: Float64Array, at: number, columns: number, share: number): void {
  for (let a = 0; a < columns; a++)
    for (let b = 0; b <= a; b++) spread[a * columns + b]! += share * rows[at + a]! * rows[at + b]!
}

function whitened(rows: Float64Array, columns: number, root: Float64Array): Float64Array {
  for (let at = 0; at < rows.length; at += columns)
    for (let a = 0; a < columns; a++) {
      let sum = rows[at + a]!
      for (let b = 0; b < a; b++) sum -= root[a * columns + b]! * rows[at + b]!
      rows[at + a] = sum / root[a * columns + a]!
    }
  return rows
}

function splitOf(rows: Float64Array, columns: number, ids: readonly number[], label: number): Split {
  const spread = new Float64Array(columns * columns)
  const n = rows.length / columns
  for (let at = 0; at < rows.length; at += columns)
    for (let a = 0; a < columns; a++)
      for (let b = 0; b < columns; b++) spread[a * columns + b]! += (rows[at + a]! * rows[at + b]!) / n
  const { vector, value } = leading(spread, columns)
  const along = dotEach(rows, columns, vector)
  const { gap, apart } = parted(along)
  const score = entropyScores(rows, columns, spread, value)
  apart.sort((a, b) => score[b]! - score[a]! || a - b)
  return { label, rows: n, gap, spectral: value, apart: apart.map(k => ids[k]!) }
}

function leading(spread: Float64Array, columns: number): { vector: Float64Array; value: number } {
  let vector = Float64Array.from({ length: columns }, (_, k) => 1 + 0.01 * k)
  let value = 0
  for (let round = 0; round < 60; round++) {
    const next = dotEach(spread, columns, vector)
    value = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0))
    if (!(value > 0)) return { vector, value: 0 }
    vector = next.map(x => x / value)
  }
  return { vector, value }
}

function dotEach(rows: Float64Array, columns: number, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: rows.length / columns }, (_, i) => {
    let sum = 0
    for (let k = 0; k < columns; k++) sum += rows[i * columns + k]! * vector[k]!
    return sum
  })
}

/** The cut of a line of numbers into two parts that are most apart, and the smaller part (Chen et al. 2018). */
function parted(along: Float64Array): { gap: number; apart: number[] } {
  const order = Array.from(along.keys()).sort((a, b) => along[a]! - along[b]! || a - b)
  const n = order.length
  const sums = new Float64Array(n + 1)
  const squares = new Float64Array(n + 1)
  order.forEach((i, k) => {
    sums[k + 1] = sums[k]! + along[i]!
    squares[k + 1] = squares[k]! + along[i]! ** 2
  })
  const least = Math.max(shareOf.rows, Math.ceil(shareOf.least * n))
  let best = { gap: 0, cut: 0 }
  for (let cut = least; cut <= n - least; cut++) {
    if (Math.min(cut, n - cut) > shareOf.most * n) continue
    const [low, high] = [sums[cut]! / cut, (sums[n]! - sums[cut]!) / (n - cut)]
    const within = [squares[cut]! / cut - low ** 2, (squares[n]! - squares[cut]!) / (n - cut) - high ** 2]
    const gap = (Math.SQRT2 * (high - low)) / Math.sqrt(Math.max(1e-9, within[0]! + within[1]!))
    if (gap > best.gap) best = { gap, cut }
  }
  const apart = best.cut <= n / 2 ? order.slice(0, best.cut) : order.slice(best.cut)
  return { gap: best.gap, apart: best.gap > 0 ? apart : [] }
}

/** xᵀ exp(α(Σ − 1)/(‖Σ‖ − 1)) x, by nine terms of the series: directions count by how much they stand out. */
function entropyScores(rows: Float64Array, columns: number, spread: Float64Array, top: number): Float64Array {
  const scale = sharpness / Math.max(0.1, top - 1)
  const step = spread.map((x, k) => scale * (x - (k % (columns + 1) === 0 ? 1 : 0)))
  let term = spread.map((_, k) => (k % (columns + 1) === 0 ? 1 : 0))
  const weights = term.slice()
  for (let power = 1; power <= 8; power++) {
    term = productOf(term, step, columns).map(x => x / power)
    for (let k = 0; k < weights.length; k++) weights[k]! += term[k]!
  }
  const scores = new Float64Array(rows.length / columns)
  for (let i = 0, at = 0; i < scores.length; i++, at += columns)
    for (let a = 0; a < columns; a++) {
      let sum = 0
      for (let b = 0, w = a * columns; b < columns; b++) sum += weights[w + b]! * rows[at + b]!
      scores[i]! += sum * rows[at + a]!
    }
  return scores
}

function productOf(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const x = a[i * size + k]!
      for (let j = 0; j < size; j++) out[i * size + j]! += x * b[k * size + j]!
    }
  return out
}
