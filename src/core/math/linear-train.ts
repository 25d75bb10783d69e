import { seeded, shuffled } from '../random.ts'
import {
  calibrated,
  columnsOf,
  countFeatures,
  type Features,
  featureRoom,
  type LinearModel,
  type WordKeys,
  weighFeatures,
} from './linear.ts'
import { ascend, type Fit, heldOut, type Matrix } from './linear-ascent.ts'

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
/** Weights that one sweep may touch: bounds the time of training, some seconds, whatever the table and its classes. */
const mostTouched = 2 ** 25
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
 * classes (rows × classes) for labels that are in doubt, which are left as they come out. A later training starts from the former.
 */
export function linearTrainer(rows: TrainingRows, { folds, seed, bits = 18 }: TrainingOptions) {
  const { classes, label } = rows
  while (bits > 8 && 2 ** bits * folds * columnsOf(classes) > mostWeights) bits--
  const prior = new Float32Array(classes).fill(1)
  for (const c of label) prior[c]!++
  for (let c = 0; c < classes; c++) prior[c] = prior[c]! / (label.length + classes)
  const { idf, matrix } = vectorise(rows, bits)
  const taught = taughtRows(matrix.from, folds * columnsOf(classes), seed)
  const space = { ...rows, ...matrix, buckets: 2 ** bits, folds, seed, prior, taught }
  let fit: Fit | undefined
  return (shares?: Float32Array): Trained => {
    fit = ascend(space, shares, fit)
    const probability = heldOut(space, fit)
    const uncalibrated = probability.slice()
    const plain = { temperature: 1, floor: 0 }
    const calibration = shares ? plain : calibrate(probability, rows, prior)
    const { weights, bias } = fit
    const model = { bits, folds, classes, seed, weights, bias, idf, prior, ...calibration }
    const raw = { ...model, ...plain }
    for (let at = 0; at < probability.length; at += classes) {
      calibrated(uncalibrated, at, raw, uncalibrated, at)
      calibrated(probability, at, model, probability, at)
    }
    return { model, probability, uncalibrated }
  }
}

/** Rows to learn from, drawn until a sweep over them touches as many weights as it may. */
function taughtRows(from: Float64Array, width: number, seed: number): Int32Array {
  const n = from.length - 1
  if (from[n]! * width <= mostTouched) return Int32Array.from({ length: n }, (_, i) => i)
  const order = shuffled(n, seeded(seed))
  let touched = 0
  const end = order.findIndex(i => (touched += (from[i + 1]! - from[i]!) * width) > mostTouched)
  return order.slice(0, Math.max(1, end)).sort()
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
  const matrix = { from: new Float64Array(n + 1), bucket: new Int32Array(total), value: new Float32Array(total) }
  let at = 0
  for (let i = 0; i < n; i++) {
    const counted = countFeatures(words, offsets[i]!, offsets[i + 1]!, bits, null, room)
    const size = weighFeatures(room, counted, idf)
    matrix.bucket.set(room.bucket.subarray(0, size), at)
    matrix.value.set(room.value.subarray(0, size), at)
    at += size
    matrix.from[i + 1] = at
  }
  return { from: matrix.from, bucket: matrix.bucket.subarray(0, at), value: matrix.value.subarray(0, at) }
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
