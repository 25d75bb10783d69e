import { addProducts } from './gram.ts'

/** Rows of numbers with a class each. */
export interface ClassedRows {
  /** `columns` numbers a row, near mean 0 and deviation 1. */
  readonly values: Float32Array
  readonly columns: number
  /** Class of each row; -1 for rows that teach nothing. */
  readonly label: ArrayLike<number>
  readonly classes: number
  /** Rows of one group are alike and stay in one fold, so that no row is judged by its own copy. */
  readonly group: ArrayLike<number>
}

/** What each row would be taken for by a model that saw neither it nor the rows of its group. */
export interface OutOfFold {
  /** Probability of each class, `classes` numbers a row. */
  readonly probability: Float32Array
  /** Share of the judged rows whose likeliest class is their own. */
  readonly accuracy: number
}

const folds = 5
/** Rows that a fold learns from; more teach the means and the covariance of some hundred numbers little more. */
const mostTaught = 1200
const ridges = [0.05, 0.2, 0.8]
const powers = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1]
/** Rows on which strength and temperature are chosen. */
const mostTuned = 2000
/** Share of labels that may be wrong while the temperature is fitted. */
const slack = 0.05

/** Sums of one fold, from which those of all the others follow by subtraction. */
interface Sums {
  readonly product: Float64Array
  readonly mean: Float64Array
  readonly rows: Float64Array
}

interface Discriminant {
  /** `columns` weights for each class. */
  readonly weight: Float64Array
  readonly bias: Float64Array
}

/**
 * Fisher's linear discriminant with one shrunken covariance for all classes (Friedman 1989), fitted in closed form
 * without each fold in turn, and one temperature for all (Guo et al. 2017).
 */
export function outOfFold(rows: ClassedRows): OutOfFold {
  const { label, classes } = rows
  const total = label.length
  const fold = foldsOf(rows)
  const sums = Array.from({ length: folds }, (_, k) => sumsOf(rows, fold, k))
  const tuned = evenly(total, mostTuned)
  const others = sums.map((_, k) => withoutFold(sums, k))
  let best: { loss: number; fitted: readonly Discriminant[]; power: number } = { loss: Infinity, fitted: [], power: 1 }
  for (const ridge of ridges) {
    const fitted = others.map(own => discriminant(own, { ...rows, ridge }))
    const scores = scored(rows, fold, tuned, fitted)
    for (const power of powers) {
      const loss = lossOf(scores, tuned, label, classes, power)
      if (loss < best.loss) best = { loss, fitted, power }
    }
  }
  const all = evenly(total, total)
  const probability = scored(rows, fold, all, best.fitted)
  let [right, judged] = [0, 0]
  for (let i = 0; i < total; i++) {
    const likely = softmax(probability, i * classes, classes, best.power)
    if (label[i]! < 0) continue
    judged++
    if (likely === label[i]) right++
  }
  return { probability, accuracy: right / Math.max(1, judged) }
}

/** Larger groups first, each into the fold with the fewest rows: the folds are even, and no chance is needed. */
function foldsOf({ group }: ClassedRows): Uint8Array {
  const sizes = new Map<number, number>()
  for (let i = 0; i < group.length; i++) sizes.set(group[i]!, (sizes.get(group[i]!) ?? 0) + 1)
  const filled = new Float64Array(folds)
  const chosen = new Map<number, number>()
  for (const [id, size] of [...sizes].sort((a, b) => b[1] - a[1] || scatter(a[0]) - scatter(b[0]))) {
    const k = filled.indexOf(Math.min(...filled))
    filled[k]! += size
    chosen.set(id, k)
  }
  return Uint8Array.from({ length: group.length }, (_, i) => chosen.get(group[i]!)!)
}

const scatter = (id: number): number => Math.imul(id + 1, 0x9e3779b1) >>> 0

const evenly = (total: number, most: number): Int32Array =>
  Int32Array.from({ length: Math.min(total, most) }, (_, k) => Math.floor((k * total) / Math.min(total, most)))

function sumsOf({ values, columns, label, classes }: ClassedRows, fold: Uint8Array, k: number): Sums {
  const sums = {
    product: new Float64Array(columns * columns),
    mean: new Float64Array(classes * columns),
    rows: new Float64Array(classes),
  }
  const own: number[] = []
  for (let i = 0; i < fold.length; i++) if (fold[i] === k && label[i]! >= 0) own.push(i)
  const taught = evenly(own.length, mostTaught).map(nth => own[nth]!)
  for (const i of taught) {
    sums.rows[label[i]!]!++
    for (let a = 0, at = label[i]! * columns; a < columns; a++) sums.mean[at + a]! += values[i * columns + a]!
  }
  addProducts(sums.product, values, columns, taught)
  return sums
}

/** What all folds but one sum to: the spread within the classes, the mean of each class and its rows. */
function withoutFold(sums: readonly Sums[], k: number): Sums {
  const others = sums.filter((_, j) => j !== k)
  const added = (of: (s: Sums) => Float64Array): Float64Array => {
    const sum = new Float64Array(of(sums[0]!).length)
    for (const each of others) addAll(sum, of(each))
    return sum
  }
  const [product, mean, rows] = [added(s => s.product), added(s => s.mean), added(s => s.rows)]
  const columns = Math.sqrt(product.length)
  for (let c = 0; c < rows.length; c++) {
    const own = mean.subarray(c * columns, (c + 1) * columns)
    for (let a = 0; a < columns; a++) own[a]! /= Math.max(1, rows[c]!)
    for (let a = 0; a < columns; a++) {
      const x = own[a]! * rows[c]!
      for (let b = 0; b <= a; b++) product[a * columns + b]! -= x * own[b]!
    }
  }
  return { product, mean, rows }
}

function addAll(into: Float64Array, from: Float64Array): void {
  for (let q = 0; q < into.length; q++) into[q]! += from[q]!
}

function discriminant(
  { product, mean, rows }: Sums,
  { columns, classes, ridge }: { readonly columns: number; readonly classes: number; readonly ridge: number },
): Discriminant {
  const total = rows.reduce((sum, n) => sum + n, 0)
  const spread = product.slice()
  let trace = 0
  for (let a = 0; a < columns; a++) trace += spread[a * columns + a]!
  const add = (ridge * trace) / columns + 1e-6 * (total + 1)
  for (let a = 0; a < columns; a++) spread[a * columns + a]! += add
  cholesky(spread, columns)
  const weight = new Float64Array(classes * columns)
  const bias = new Float64Array(classes)
  for (let c = 0; c < classes; c++) {
    const own = mean.subarray(c * columns, (c + 1) * columns)
    const solved = solve(spread, columns, own)
    let dot = 0
    for (let a = 0; a < columns; a++) dot += solved[a]! * own[a]!
    for (let a = 0; a < columns; a++) weight[c * columns + a] = solved[a]! * total
    // A class that no other fold has is nobody's guess.
    bias[c] = rows[c]! > 0 ? (-dot * total) / 2 + Math.log((rows[c]! + 1) / (total + classes)) : -1e6
  }
  return { weight, bias }
}

/** The lower triangle of the root of a symmetric positive matrix, in its place. */
export function cholesky(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++)
    for (let i = j; i < size; i++) {
      let sum = matrix[i * size + j]!
      for (let k = 0, a = i * size, b = j * size; k < j; k++) sum -= matrix[a + k]! * matrix[b + k]!
      matrix[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j * size + j]!
    }
}

/** Solves a linear system by the root that `cholesky` leaves. */
export function solve(root: Float64Array, size: number, right: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(right)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) out[a]! -= root[a * size + b]! * out[b]!
    out[a]! /= root[a * size + a]!
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let b = a + 1; b < size; b++) out[a]! -= root[b * size + a]! * out[b]!
    out[a]! /= root[a * size + a]!
  }
  return out
}

/** Scores of the chosen rows, each by the model that did not see its fold. */
function scored(
  { values, columns, classes }: ClassedRows,
  fold: Uint8Array,
  chosen: Int32Array,
  models: readonly Discriminant[],
): Float32Array {
  const out = new Float32Array(chosen.length * classes)
  for (const [nth, i] of chosen.entries()) {
    const { weight, bias } = models[fold[i]!]!
    for (let c = 0; c < classes; c++) {
      let sum = bias[c]!
      for (let a = 0, w = c * columns, x = i * columns; a < columns; a++) sum += weight[w + a]! * values[x + a]!
      out[nth * classes + c] = sum
    }
  }
  return out
}

function lossOf(
  scores: Float32Array,
  chosen: Int32Array,
  label: ArrayLike<number>,
  classes: number,
  power: number,
): number {
  const p = new Float32Array(classes)
  let loss = 0
  for (const [nth, i] of chosen.entries()) {
    if (label[i]! < 0) continue
    p.set(scores.subarray(nth * classes, (nth + 1) * classes))
    softmax(p, 0, classes, power)
    loss -= Math.log((1 - slack) * p[label[i]!]! + slack / classes)
  }
  return loss
}

/** Turns scores into probabilities, in their place; gives the likeliest class. */
function softmax(scores: Float32Array, at: number, classes: number, power: number): number {
  let likely = 0
  for (let c = 1; c < classes; c++) if (scores[at + c]! > scores[at + likely]!) likely = c
  const most = scores[at + likely]!
  let sum = 0
  for (let c = 0; c < classes; c++) sum += scores[at + c] = Math.exp(power * (scores[at + c]! - most))
  for (let c = 0; c < classes; c++) scores[at + c]! /= sum
  return likely
}
