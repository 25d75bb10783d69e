import { seeded, shuffled } from '../random.ts'
import { columnsOf } from './linear.ts'

/** Features of each row: [from[i], from[i + 1]) of buckets and values. */
export interface Matrix {
  readonly from: Float64Array
  readonly bucket: Int32Array
  readonly value: Float32Array
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

/** Weights, and the duals from which a later training may start. */
export interface Fit {
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

/**
 * Stochastic dual coordinate ascent for the softmax loss with an L2 pull (Shalev-Shwartz and Zhang 2013): no learning
 * rate to tune, and it comes to the same weights on every machine. All folds train in one sweep, for they share the
 * cache lines of a bucket.
 * @param shares rows × classes to aim at instead of the labels
 * @param start a former fit of the same rows
 */
export function ascend(problem: AscentProblem, shares?: Float32Array, start?: Fit): Fit {
  const { classes, label, fold, folds, prior, seed, from, taught } = problem
  const width = folds * columnsOf(classes)
  const weights = start ? start.weights.slice() : new Float32Array(problem.buckets * width)
  const bias = start
    ? start.bias.slice()
    : Float32Array.from({ length: folds * classes }, (_, k) => Math.log(prior[k % classes]!))
  const dual = start ? start.dual.slice() : new Float32Array(label.length * folds * classes)
  const z = new Float64Array(width)
  const goal = new Float64Array(classes)
  const random = seeded(seed)
  const touched = taught.reduce((sum, i) => sum + (from[i + 1]! - from[i]!) * width, 0)
  for (let sweep = sweepsOf(touched, start !== undefined); sweep > 0; sweep--) {
    for (const turn of shuffled(taught.length, random)) {
      const i = taught[turn]!
      gather(problem, weights, from[i]!, from[i + 1]!, z)
      if (shares) goal.set(shares.subarray(i * classes, (i + 1) * classes))
      else goal.fill(0)[label[i]!] = 1
      move(z, bias, dual, i * folds * classes, goal, fold[i]!)
      scatter(problem, weights, from[i]!, from[i + 1]!, z)
    }
  }
  return { weights, bias, dual }
}

/** z = the weights of the features times their values. */
function gather({ bucket, value }: Matrix, weights: Float32Array, from: number, to: number, z: Float64Array): void {
  const width = z.length
  if (width === 5) {
    gatherFive(bucket, value, weights, from, to, z)
    return
  }
  z.fill(0)
  for (let j = from; j < to; j++) {
    const base = bucket[j]! * width
    const v = value[j]!
    for (let k = 0; k < width; k++) z[k] = z[k]! + v * weights[base + k]!
  }
}

/** Two classes and five folds, the usual case, unrolled: three times as fast. */
function gatherFive(
  bucket: Int32Array,
  value: Float32Array,
  weights: Float32Array,
  from: number,
  to: number,
  z: Float64Array,
): void {
  let [a, b, c, d, e] = [0, 0, 0, 0, 0]
  for (let j = from; j < to; j++) {
    const base = bucket[j]! * 5
    const v = value[j]!
    a += v * weights[base]!
    b += v * weights[base + 1]!
    c += v * weights[base + 2]!
    d += v * weights[base + 3]!
    e += v * weights[base + 4]!
  }
  z[0] = a
  z[1] = b
  z[2] = c
  z[3] = d
  z[4] = e
}

/** Adds z times the values to the weights of the features. */
function scatter({ bucket, value }: Matrix, weights: Float32Array, from: number, to: number, z: Float64Array): void {
  const width = z.length
  if (width === 5) {
    const [a, b, c, d, e] = [z[0]!, z[1]!, z[2]!, z[3]!, z[4]!]
    for (let j = from; j < to; j++) {
      const base = bucket[j]! * 5
      const v = value[j]!
      weights[base] = weights[base]! + v * a
      weights[base + 1] = weights[base + 1]! + v * b
      weights[base + 2] = weights[base + 2]! + v * c
      weights[base + 3] = weights[base + 3]! + v * d
      weights[base + 4] = weights[base + 4]! + v * e
    }
    return
  }
  for (let j = from; j < to; j++) {
    const base = bucket[j]! * width
    const v = value[j]!
    for (let k = 0; k < width; k++) weights[base + k] = weights[base + k]! + v * z[k]!
  }
}

/** Logits of fold f into `out`: with one column, the second class has the first one's weights with the other sign. */
function logitsOf(
  z: Float64Array,
  bias: Float32Array,
  f: number,
  out: Float64Array | Float32Array,
  at: number,
  classes: number,
): void {
  if (classes === 2) {
    out[at] = bias[f * 2]! + z[f]!
    out[at + 1] = bias[f * 2 + 1]! - z[f]!
  } else for (let c = 0; c < classes; c++) out[at + c] = bias[f * classes + c]! + z[f * classes + c]!
}

const classRoom = new Float64Array(4096)

/** Moves the duals of one row towards the residual; leaves in `z` what that adds to the weights. */
function move(
  z: Float64Array,
  bias: Float32Array,
  dual: Float32Array,
  at: number,
  goal: Float64Array,
  own: number,
): void {
  const classes = goal.length
  const columns = columnsOf(classes)
  for (let f = 0; f * columns < z.length; f++) {
    if (f === own) {
      z.fill(0, f * columns, (f + 1) * columns)
      continue
    }
    logitsOf(z, bias, f, classRoom, 0, classes)
    let most = -Infinity
    for (let c = 0; c < classes; c++) most = Math.max(most, classRoom[c]!)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += classRoom[c] = Math.exp(classRoom[c]! - most)
    for (let c = 0; c < classes; c++) {
      const k = f * classes + c
      const change = step * (goal[c]! - classRoom[c]! / sum - dual[at + k]!)
      dual[at + k] = dual[at + k]! + change
      bias[k] = bias[k]! + cost * change
      if (c < columns) z[f * columns + c] = cost * change
    }
  }
}

/** Logits of each row, rows × classes, by the fold that never saw it. */
export function heldOut(problem: AscentProblem, { weights, bias }: Fit): Float32Array {
  const { classes, folds, fold, label, from, bucket, value } = problem
  const columns = columnsOf(classes)
  const z = new Float64Array(folds * columns)
  const out = new Float32Array(label.length * classes)
  for (let i = 0; i < label.length; i++) {
    const own = fold[i]! * columns
    z.fill(0, own, own + columns)
    for (let j = from[i]!; j < from[i + 1]!; j++) {
      const base = bucket[j]! * z.length
      for (let k = own; k < own + columns; k++) z[k] = z[k]! + value[j]! * weights[base + k]!
    }
    logitsOf(z, bias, fold[i]!, out, i * classes, classes)
  }
  return out
}
