import { seeded, shuffled } from '../random.ts'
import {
  calibrated,
  countFeatures,
  type Features,
  featureRoom,
  type LinearModel,
  type WordKeys,
  weighFeatures,
} from './linear.ts'

/** Labelled texts as word keys, and the fold of each. */
export interface TrainingRows {
  /** Length rows + 1: text i has words[offsets[i], offsets[i + 1]). */
  readonly offsets: Float64Array
  readonly words: WordKeys
  /** Class of each row, below `classes`. */
  readonly label: Int32Array
  readonly fold: Uint8Array
  readonly classes: number
}

export interface TrainingOptions {
  readonly folds: number
  readonly seed: number
  /** Buckets are 2^bits, fewer when there are many classes. */
  readonly bits?: number
}

/** Bounds the memory of weights to 64 MiB. */
const mostWeights = 2 ** 24
/**
 * Weight of a row's loss against the pull of the weights to 0. At 1 a row cannot be learnt by heart, which keeps wrong
 * labels from being believed; held-out likelihood is flat around it from a thousand rows to a hundred thousand.
 */
const cost = 1
/** Sweeps over the rows; with this cost, later sweeps change no probability by more than a hundredth. */
const epochs = 6

interface Matrix {
  readonly offsets: Float64Array
  readonly bucket: Int32Array
  readonly value: Float32Array
}

interface Fit {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** A model and what it says about the rows it was trained around. */
export interface Trained {
  readonly model: LinearModel
  /** Rows × classes: each row as judged by the fold that never saw it. */
  readonly probability: Float32Array
  /** The same before calibration, which is flatter where texts are few: the more careful witness against a label. */
  readonly uncalibrated: Float32Array
}

/**
 * Trains one model for each fold on the rows of the other folds.
 * @returns a function that trains: on the labels, calibrated on the fold that each model did not see, or on shares of
 * classes (rows × classes) for labels that are in doubt, which are left as they come out.
 */
export function linearTrainer(rows: TrainingRows, { folds, seed, bits = 18 }: TrainingOptions) {
  const { classes, label } = rows
  while (bits > 8 && 2 ** bits * folds * classes > mostWeights) bits--
  const prior = new Float32Array(classes).fill(1)
  for (const c of label) prior[c]!++
  for (let c = 0; c < classes; c++) prior[c] = prior[c]! / (label.length + classes)
  const { idf, matrix } = vectorise(rows, bits)
  const space = { rows, matrix, bits, folds, seed, prior }
  return (shares?: Float32Array): Trained => {
    const fit = ascend(space, shares)
    const probability = heldOut(space, fit)
    const uncalibrated = probability.slice()
    const plain = { temperature: 1, floor: 0 }
    const calibration = shares ? plain : calibrate(probability, rows, prior)
    const model = { bits, folds, classes, seed, ...fit, idf, prior, ...calibration }
    const raw = { ...model, ...plain }
    for (let at = 0; at < probability.length; at += classes) {
      calibrated(uncalibrated, at, raw, uncalibrated, at)
      calibrated(probability, at, model, probability, at)
    }
    return { model, probability, uncalibrated }
  }
}

interface Space {
  readonly rows: TrainingRows
  readonly matrix: Matrix
  readonly bits: number
  readonly folds: number
  readonly seed: number
  readonly prior: Float32Array
}

function vectorise({ offsets, words }: TrainingRows, bits: number): { idf: Float32Array; matrix: Matrix } {
  const n = offsets.length - 1
  const room = featureRoom(bits)
  const frequency = new Int32Array(2 ** bits)
  let total = 0
  for (let i = 0; i < n; i++) {
    const size = countFeatures(words, offsets[i]!, offsets[i + 1]!, bits, null, room)
    for (let j = 0; j < size; j++) frequency[room.bucket[j]!]!++
    total += size
  }
  const idf = Float32Array.from(frequency, f => (f < 2 ? 0 : Math.log((1 + n) / (1 + f)) + 1))
  return { idf, matrix: weigh({ offsets, words }, bits, idf, total, room) }
}

function weigh(
  { offsets, words }: Pick<TrainingRows, 'offsets' | 'words'>,
  bits: number,
  idf: Float32Array,
  total: number,
  room: Features,
): Matrix {
  const n = offsets.length - 1
  const matrix = { offsets: new Float64Array(n + 1), bucket: new Int32Array(total), value: new Float32Array(total) }
  let at = 0
  for (let i = 0; i < n; i++) {
    const counted = countFeatures(words, offsets[i]!, offsets[i + 1]!, bits, null, room)
    const size = weighFeatures(room, counted, idf)
    matrix.bucket.set(room.bucket.subarray(0, size), at)
    matrix.value.set(room.value.subarray(0, size), at)
    at += size
    matrix.offsets[i + 1] = at
  }
  return { offsets: matrix.offsets, bucket: matrix.bucket.subarray(0, at), value: matrix.value.subarray(0, at) }
}

/**
 * Stochastic dual coordinate ascent for the softmax loss with an L2 pull (Shalev-Shwartz and Zhang 2013): no learning
 * rate to tune, and it comes to the same weights on every machine. All folds train in one sweep, for they share the
 * cache lines of a bucket.
 */
function ascend({ rows, matrix, bits, folds, seed, prior }: Space, shares?: Float32Array): Fit {
  const { classes, label, fold } = rows
  const width = folds * classes
  const weights = new Float32Array(2 ** bits * width)
  const bias = new Float32Array(width)
  for (let k = 0; k < width; k++) bias[k] = Math.log(prior[k % classes]!)
  const dual = new Float32Array(label.length * width)
  const z = new Float64Array(width)
  const goal = new Float64Array(classes)
  const { offsets, bucket, value } = matrix
  // |x|² is 2 with the constant; the softmax loss is 1/2-smooth, so this share of the way never overshoots.
  const step = 2 / (2 * cost + 2)
  const random = seeded(seed)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const i of shuffled(label.length, random)) {
      const [from, to] = [offsets[i]!, offsets[i + 1]!]
      z.set(bias)
      for (let j = from; j < to; j++) {
        const base = bucket[j]! * width
        const v = value[j]!
        for (let k = 0; k < width; k++) z[k] = z[k]! + v * weights[base + k]!
      }
      if (shares) goal.set(shares.subarray(i * classes, (i + 1) * classes))
      else goal.fill(0)[label[i]!] = 1
      move(z, dual, i * width, goal, fold[i]!, step)
      for (let k = 0; k < width; k++) bias[k] = bias[k]! + z[k]!
      for (let j = from; j < to; j++) {
        const base = bucket[j]! * width
        const v = value[j]!
        for (let k = 0; k < width; k++) weights[base + k] = weights[base + k]! + v * z[k]!
      }
    }
  }
  return { weights, bias }
}

/** Moves the duals of one row towards the residual; leaves in `z` what that adds to the weights. */
function move(z: Float64Array, dual: Float32Array, at: number, goal: Float64Array, own: number, step: number): void {
  const classes = goal.length
  for (let f = 0, base = 0; base < z.length; f++, base += classes) {
    if (f === own) {
      z.fill(0, base, base + classes)
      continue
    }
    let most = -Infinity
    for (let c = 0; c < classes; c++) most = Math.max(most, z[base + c]!)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += z[base + c] = Math.exp(z[base + c]! - most)
    for (let c = 0; c < classes; c++) {
      const residual = goal[c]! - z[base + c]! / sum
      const change = step * (residual - dual[at + base + c]!)
      dual[at + base + c] = dual[at + base + c]! + change
      z[base + c] = cost * change
    }
  }
}

/** Logits of each row by the model that never saw it. */
function heldOut({ rows, matrix, folds }: Space, { weights, bias }: Fit): Float32Array {
  const { classes, fold, label } = rows
  const out = new Float32Array(label.length * classes)
  for (let i = 0; i < label.length; i++) {
    const at = i * classes
    const f = fold[i]!
    for (let c = 0; c < classes; c++) out[at + c] = bias[f * classes + c]!
    for (let j = matrix.offsets[i]!; j < matrix.offsets[i + 1]!; j++) {
      const base = (matrix.bucket[j]! * folds + f) * classes
      const v = matrix.value[j]!
      for (let c = 0; c < classes; c++) out[at + c] = out[at + c]! + v * weights[base + c]!
    }
  }
  return out
}

/** Temperature and floor under which the held-out labels are likeliest. */
function calibrate(
  logits: Float32Array,
  { label, classes }: Pick<TrainingRows, 'label' | 'classes'>,
  prior: Float32Array,
): { temperature: number; floor: number; loss: number } {
  const step = Math.max(1, Math.ceil(label.length / 20_000))
  let best = { temperature: 1, floor: 0.01, loss: Infinity }
  for (let t = -8; t <= 8; t++) {
    const temperature = 2 ** (t / 4)
    const given: number[] = []
    const share: number[] = []
    for (let i = 0; i < label.length; i += step) {
      given.push(likelihood(logits, i * classes, classes, label[i]!, temperature))
      share.push(prior[label[i]!]!)
    }
    for (const floor of [0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16]) {
      let loss = 0
      for (let i = 0; i < given.length; i++) loss -= Math.log((1 - floor) * given[i]! + floor * share[i]!)
      if (loss < best.loss) best = { temperature, floor, loss }
    }
  }
  return best
}

function likelihood(logits: Float32Array, at: number, classes: number, label: number, temperature: number): number {
  const own = logits[at + label]!
  let sum = 0
  for (let c = 0; c < classes; c++) sum += Math.exp((logits[at + c]! - own) / temperature)
  return 1 / sum
}
