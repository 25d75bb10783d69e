import { seeded, shuffled } from '../random.ts'
import { columnsOf, gather, type WeighedFeatures } from './linear.ts'

/** Features of each row: [from[i], from[i + 1]) of buckets and values. */
export interface Matrix extends WeighedFeatures {
  readonly from: Float64Array
}

/** What is trained on: rows with classes and folds, and how. */
export interface AscentProblem extends Matrix {
  readonly buckets: number
  readonly label: Int32Array
  readonly fold: Uint8Array
  readonly classes: number
  readonly folds: number
  readonly prior: Float32Array
  /** Rows to learn from; the others are only judged. */
  readonly taught: Int32Array
  readonly seed: number
}

/** Weights, and the duals from which a later training may start; one fold after the other in each. */
export interface Fit {
  /** As in a `LinearModel`. */
  readonly weights: Float32Array
  readonly bias: Float32Array
  readonly dual: Float32Array
}

/**
 * Weight of a row's loss against the pull of the weights to 0. At 1 a row cannot be learnt by heart, which keeps wrong
 * labels from being believed; held-out likelihood is flat around it from a thousand rows to a hundred thousand.
 */
const cost = 1
/** |x|² is 2 with the constant and the softmax loss is 1/2-smooth, so this share of the way never overshoots. */
const step = 2 / (2 * cost + 2)

/** A sweep that touches more weights than this moves each so often that half as many sweeps do. */
const largeSweep = 3 * 2 ** 23
const sweepsOf = (touched: number, again: boolean): number => (touched > largeSweep ? (again ? 2 : 3) : again ? 4 : 6)

/** One fold's part of a fit. */
interface FoldFit {
  readonly weights: Float32Array
  readonly bias: Float32Array
  /** Rows × classes. */
  readonly dual: Float32Array
}

function foldFit({ weights, bias, dual }: Fit, f: number, folds: number): FoldFit {
  const of = (array: Float32Array) => array.subarray((f * array.length) / folds, ((f + 1) * array.length) / folds)
  return { weights: of(weights), bias: of(bias), dual: of(dual) }
}

/**
 * Stochastic dual coordinate ascent for the softmax loss with an L2 pull (Shalev-Shwartz and Zhang 2013): no learning
 * rate to tune, and it comes to the same weights on every machine. Folds train one after the other, for the weights of
 * one stay in the processor's cache and those of all do not.
 * @param shares rows × classes to aim at instead of the labels
 * @param start a former fit of the same rows
 */
export function ascend(problem: AscentProblem, shares?: Float32Array, start?: Fit): Fit {
  const { classes, label, folds, prior, seed, from, taught } = problem
  const width = folds * columnsOf(classes)
  const fit: Fit = {
    weights: start ? start.weights.slice() : new Float32Array(problem.buckets * width),
    bias: start
      ? start.bias.slice()
      : Float32Array.from({ length: folds * classes }, (_, k) => Math.log(prior[k % classes]!)),
    dual: start ? start.dual.slice() : new Float32Array(label.length * folds * classes),
  }
  const random = seeded(seed)
  const touched = taught.reduce((sum, i) => sum + (from[i + 1]! - from[i]!) * width, 0)
  const sweeps = sweepsOf(touched, start !== undefined)
  const orders = Array.from({ length: sweeps }, () => shuffled(taught.length, random))
  for (let f = 0; f < folds; f++) for (const order of orders) sweep(problem, foldFit(fit, f, folds), f, order, shares)
  return fit
}

/** Moves a fold's weights once towards every row that it may see. */
function sweep(problem: AscentProblem, fit: FoldFit, f: number, order: Int32Array, shares?: Float32Array): void {
  const { classes, label, fold, from, taught } = problem
  const z = new Float64Array(columnsOf(classes))
  const goal = new Float64Array(classes)
  for (let turn = 0; turn < order.length; turn++) {
    const i = taught[order[turn]!]!
    if (fold[i] === f) continue
    gather(problem, fit.weights, 0, from[i]!, from[i + 1]!, z)
    if (shares) for (let c = 0; c < classes; c++) goal[c] = shares[i * classes + c]!
    else goal.fill(0)[label[i]!] = 1
    move(z, fit, i * classes, goal)
    scatter(problem, fit.weights, from[i]!, from[i + 1]!, z)
  }
}

/** Adds z times the values to the weights of the features. */
function scatter({ bucket, value }: Matrix, weights: Float32Array, from: number, to: number, z: Float64Array): void {
  const columns = z.length
  for (let c = 0; c + 4 <= columns; c += 4) scatterFour(bucket, value, weights, from, to, z, c)
  for (let c = columns & ~3; c < columns; c++) {
    const own = z[c]!
    for (let j = from; j < to; j++) {
      const at = bucket[j]! * columns + c
      weights[at] = weights[at]! + value[j]! * own
    }
  }
}

function scatterFour(
  bucket: Int32Array,
  value: Float32Array,
  weights: Float32Array,
  from: number,
  to: number,
  z: Float64Array,
  first: number,
): void {
  const columns = z.length
  const [a, b, c, d] = [z[first]!, z[first + 1]!, z[first + 2]!, z[first + 3]!]
  for (let j = from; j < to; j++) {
    const at = bucket[j]! * columns + first
    const v = value[j]!
    weights[at] = weights[at]! + v * a
    weights[at + 1] = weights[at + 1]! + v * b
    weights[at + 2] = weights[at + 2]! + v * c
    weights[at + 3] = weights[at + 3]! + v * d
  }
}

/** Logits of a fold into `out`: with one column, the second class has the first one's weights with the other sign. */
function logitsOf(
  z: Float64Array,
  bias: Float32Array,
  out: Float64Array | Float32Array,
  at: number,
  classes: number,
): void {
  if (classes === 2) {
    out[at] = bias[0]! + z[0]!
    out[at + 1] = bias[1]! - z[0]!
  } else for (let c = 0; c < classes; c++) out[at + c] = bias[c]! + z[c]!
}

const classRoom = new Float64Array(4096)

/** Moves the duals of one row towards the residual; leaves in `z` what that adds to the weights. */
function move(z: Float64Array, { bias, dual }: FoldFit, at: number, goal: Float64Array): void {
  const classes = goal.length
  logitsOf(z, bias, classRoom, 0, classes)
  let most = -Infinity
  for (let c = 0; c < classes; c++) most = Math.max(most, classRoom[c]!)
  let sum = 0
  for (let c = 0; c < classes; c++) sum += classRoom[c] = Math.exp(classRoom[c]! - most)
  for (let c = 0; c < classes; c++) {
    const change = step * (goal[c]! - classRoom[c]! / sum - dual[at + c]!)
    dual[at + c] = dual[at + c]! + change
    bias[c] = bias[c]! + cost * change
    if (c < z.length) z[c] = cost * change
  }
}

/** Logits of each row, rows × classes, by the fold that never saw it. */
export function heldOut(problem: AscentProblem, fit: Fit): Float32Array {
  const { classes, folds, fold, label, from } = problem
  const z = new Float64Array(columnsOf(classes))
  const out = new Float32Array(label.length * classes)
  for (let f = 0; f < folds; f++) {
    const { weights, bias } = foldFit(fit, f, folds)
    for (let i = 0; i < label.length; i++) {
      if (fold[i] !== f) continue
      gather(problem, weights, 0, from[i]!, from[i + 1]!, z)
      logitsOf(z, bias, out, i * classes, classes)
    }
  }
  return out
}
