import { seeded, shuffled } from '../../core/index.ts'
import type { Features } from './features.ts'

/** Something that was judged: features of the better answer less those of the worse, or of an answer with a thumb. */
export interface Judged {
  readonly features: Features
  /** 1 or −1: which way it went. Of a pair always 1, for the features have the order. */
  readonly way: 1 | -1
  readonly fold: number
}

/** Weights by feature and fold; fold f never saw the things of fold f. */
export interface PreferenceModel {
  /** Log odds, by the fold's model, that a thing with these features goes the way +1. */
  score(features: Features, fold: number): number
  /** Log odds of each thing's way, calibrated on what each model did not see. */
  readonly given: Float64Array
}

export const folds = 5
const sweeps = 12
/** Pull of the weights to nothing against the loss of one pair: held-out likelihood is flat around it. */
const cost = 1
const leastRows = 2

interface Row {
  readonly index: Int32Array
  readonly value: Float64Array
  readonly square: number
  readonly way: number
  readonly fold: number
}

/**
 * A Bradley–Terry model on features: the chance that one answer beats another is the logistic of the difference of
 * their worths, which are linear in their features. Fitted by stochastic dual coordinate ascent for each fold.
 * @param constant whether things have a base rate (thumbs have, the two sides of a pair have not)
 */
export function learnPreferences(things: readonly Judged[], constant: boolean): PreferenceModel {
  const weigher = weigherOf(things)
  const rows = things.map(({ features, way, fold }) => ({ ...weigher.row(features, constant), way, fold }))
  const weights = Array.from({ length: folds }, (_, f) => ascend(rows, f, weigher.size))
  const raw = Float64Array.from(rows, row => row.way * dot(row, weights[row.fold]!))
  const scale = scaleOf(raw)
  return {
    given: raw.map(z => z * scale),
    score: (features, fold) => scale * dot(weigher.row(features, constant), weights[fold]!),
  }
}

interface Weigher {
  readonly size: number
  row(features: Features, constant: boolean): Pick<Row, 'index' | 'value' | 'square'>
}

/** Numbers the features that occur in several things and weighs them by how few have them. */
function weigherOf(things: readonly Judged[]): Weigher {
  const frequency = new Map<number, number>()
  for (const { features } of things)
    for (const [key, value] of features) if (value !== 0) frequency.set(key, (frequency.get(key) ?? 0) + 1)
  const place = new Map<number, number>()
  const weight: number[] = []
  for (const [key, rows] of frequency) {
    if (rows < leastRows) continue
    place.set(key, weight.length)
    weight.push(key < 2 ** 32 ? Math.log((1 + things.length) / (1 + rows)) : 1)
  }
  let total = 0
  for (const { features } of things)
    for (const [key, value] of features) total += ((weight[place.get(key) ?? -1] ?? 0) * value) ** 2
  const norm = Math.sqrt(total / Math.max(1, things.length)) || 1
  const constantAt = weight.length
  return {
    size: weight.length + 1,
    row(features, constant) {
      const index: number[] = constant ? [constantAt] : []
      const value: number[] = constant ? [1] : []
      for (const [key, own] of features) {
        const at = place.get(key)
        if (at === undefined || own === 0) continue
        index.push(at)
        value.push((own * weight[at]!) / norm)
      }
      return {
        index: Int32Array.from(index),
        value: Float64Array.from(value),
        square: value.reduce((sum, v) => sum + v * v, 0),
      }
    },
  }
}

function dot({ index, value }: Pick<Row, 'index' | 'value'>, weights: Float64Array): number {
  let sum = 0
  for (let j = 0; j < index.length; j++) sum += value[j]! * weights[index[j]!]!
  return sum
}

function ascend(rows: readonly Row[], fold: number, size: number): Float64Array {
  const weights = new Float64Array(size)
  const dual = new Float64Array(rows.length)
  const random = seeded(fold + 1)
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const i of shuffled(rows.length, random)) {
      const row = rows[i]!
      if (row.fold === fold) continue
      const lacking = 1 / (1 + Math.exp(row.way * dot(row, weights)))
      const change = (lacking - dual[i]!) / (1 + (cost * row.square) / 4)
      dual[i] = dual[i]! + change
      const move = cost * change * row.way
      for (let j = 0; j < row.index.length; j++) weights[row.index[j]!]! += move * row.value[j]!
    }
  return weights
}

/** Scale of the log odds under which the ways taken are likeliest. */
function scaleOf(raw: Float64Array): number {
  let best = { scale: 0, loss: Infinity }
  for (let s = -12; s <= 8; s++) {
    const scale = 2 ** (s / 4)
    let loss = 0
    for (const z of raw) loss += Math.log1p(Math.exp(-z * scale))
    if (loss < best.loss) best = { scale, loss }
  }
  return raw.length * Math.LN2 > best.loss ? best.scale : 0
}
