import { calibrated, columnsOf, type LinearModel, type Tokens, wordBucket } from '../../core/index.ts'

/** Parts of a row that a share counts. */
export const unit = 64
/** A word in a smaller share of the rows is not common: it could be what the rows are poisoned with. */
const commonShare = 0.01
/** Most common words: their weights stay in the processor's cache. */
const mostWords = 4096
/** Tokens read of a row. */
const mostTokens = 1024

/** The weights of the common words of a table, packed so that every row can be judged by them at little cost. */
export interface CommonWords {
  readonly model: Pick<LinearModel, 'bits' | 'classes' | 'temperature' | 'floor' | 'prior' | 'bias'>
  readonly groupOf: Int32Array
  /** Place plus one of a word by bucket; 0 for words that are not common. */
  readonly place: Uint16Array
  /** By place: how much a word counts in a row, and its weights by fold and column. */
  readonly idf: Float32Array
  readonly weights: Float32Array
  readonly columns: number
  readonly folds: number
  /** Of the row judged last: what it gives each group, in 1/64. */
  readonly share: Int32Array
  readonly sums: Float64Array
  readonly logits: Float64Array
}

/** Takes the common words out of a text model. */
export function commonWords(model: LinearModel, groupOf: Int32Array, groups: number): CommonWords {
  const rare = 1 - Math.log(commonShare)
  const buckets: number[] = []
  for (let b = 0; b < model.idf.length; b++) if (model.idf[b]! > 0 && model.idf[b]! <= rare) buckets.push(b)
  buckets.sort((a, b) => model.idf[a]! - model.idf[b]! || a - b).splice(mostWords)
  const columns = columnsOf(model.classes)
  const width = model.folds * columns
  const place = new Uint16Array(model.idf.length)
  const weights = new Float32Array(buckets.length * width)
  buckets.forEach((b, k) => {
    place[b] = k + 1
    for (let f = 0; f < model.folds; f++) {
      const from = ((f << model.bits) + b) * columns
      weights.set(model.weights.subarray(from, from + columns), k * width + f * columns)
    }
  })
  const { bits, classes, temperature, floor, prior, bias, folds } = model
  return {
    model: { bits, classes, temperature, floor, prior, bias },
    groupOf,
    place,
    idf: Float32Array.from(buckets, b => model.idf[b]!),
    weights,
    columns,
    folds,
    share: new Int32Array(groups),
    sums: new Float64Array(columns),
    logits: new Float64Array(classes),
  }
}

/** Judges text i by its common words alone, by the fold that never saw it; leaves the answer in `common.share`. */
export function sayOf(common: CommonWords, tokens: Tokens, i: number, fold: number): void {
  const { model, place, idf, weights, columns, folds, sums, logits, share, groupOf } = common
  const from = tokens.offsets[i]!
  const end = Math.min(tokens.offsets[i + 1]!, from + mostTokens)
  let squares = 0
  sums.fill(0)
  for (let k = from; k < end; k++) {
    const at = place[wordBucket(tokens.high[k]!, model.bits)]! - 1
    if (at < 0) continue
    const value = idf[at]!
    squares += value * value
    const base = (at * folds + fold) * columns
    for (let c = 0; c < columns; c++) sums[c] = sums[c]! + value * weights[base + c]!
  }
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  const { classes, bias } = model
  for (let c = 0; c < classes; c++) {
    // Two classes share one column of weights: the second has them with the other sign.
    const sum = classes === 2 && c === 1 ? -sums[0]! : sums[c]!
    logits[c] = bias[fold * classes + c]! + scale * sum
  }
  calibrated(logits, 0, model, logits, 0)
  share.fill(0)
  for (let c = 0; c < classes; c++) share[groupOf[c]!] = share[groupOf[c]!]! + Math.round(unit * logits[c]!)
}
