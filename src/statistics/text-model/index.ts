import {
  cellsOf,
  confidentJoint,
  foldOf,
  type LinearModel,
  labelOf,
  linearTrainer,
  modelTokens,
  noiseOf,
  posterior,
  statistic,
  type TextModelOptions,
  type Trained,
  textOf,
  tokensOf,
} from '../../core/index.ts'
import { repeatedRows } from './repeated.ts'
import {
  emptySample,
  numberOf,
  overfull,
  put,
  rankOf,
  type SampleBounds,
  type TokenSample,
  trimmed,
  united,
} from './sample.ts'

/** A text's label as a fast linear model sees it, trained on other rows than it judges. */
export interface TextModel {
  readonly model: LinearModel
  /** Labels of the classes by falling frequency in the sample. */
  readonly labels: readonly string[]
  /** True when there is one more class, at `labels.length`, of all labels beyond the most frequent. */
  readonly other: boolean
  /** Row ids of the sample, ascending. */
  readonly rows: Float64Array
  /** Class of each row of the sample. */
  readonly label: Int32Array
  readonly fold: Uint8Array
  /** 1 for each row of the sample with the words and the label of an earlier one: a copy is no second witness. */
  readonly repeated: Uint8Array
  /** Calibrated probabilities, rows × classes, of each row by the model that never saw it or a copy of it. */
  readonly probability: Float32Array
  /**
   * A second model of the same kind, trained on what the labels should be rather than on what they are. Expects the
   * class, where `model` expects the given label.
   */
  readonly cleaned: Pick<Trained, 'model' | 'probability'>
  /** True when the sample is every labelled row. */
  readonly complete: boolean
  /** Rows of the table that have a text and a label. */
  readonly total: number
}

export interface TextModelState {
  sample: TokenSample
  total: number
}

/** A longer label is prose; its first characters stand for it. */
const labelCharacters = 200

const boundsOf = (options: TextModelOptions): SampleBounds => ({
  rows: options.sampleRows,
  tokens: options.sampleTokens,
})

export default statistic<TextModelOptions, TextModelState, TextModel>({
  id: 'text-model',
  title: 'What a linear model of the text says about the label',
  roles: () => ['text', 'label'],
  init: () => ({ sample: emptySample(), total: 0 }),
  add(state, batch, options) {
    const bounds = boundsOf(options)
    const texts = cellsOf(batch, 'text')
    const labels = cellsOf(batch, 'label')
    const tokens = tokensOf(batch, 'text')
    for (let i = 0; i < batch.size; i++) {
      const label = labelOf(labels[i])
      if (label === null || textOf(texts[i]) === null) continue
      state.total++
      const rank = rankOf(batch.rows[i]!, options.seed)
      if (rank >= state.sample.limit) continue
      const from = tokens.offsets[i]!
      const to = Math.min(tokens.offsets[i + 1]!, from + modelTokens)
      const number = numberOf(state.sample, label.slice(0, labelCharacters))
      const fold = foldOf(tokens, i, options.folds, options.seed)
      put(state.sample, { rank, row: batch.rows[i]!, label: number, fold, from, to }, tokens)
      if (overfull(state.sample, bounds)) state.sample = trimmed(state.sample, bounds)
    }
    return state
  },
  merge(a, b, options) {
    return { sample: united(a.sample, b.sample, boundsOf(options)), total: a.total + b.total }
  },
  finish(state, options) {
    return modelOf(trimmed(state.sample, boundsOf(options)), state.total, options)
  },
})

function modelOf(sample: TokenSample, total: number, { mostLabels, folds, seed }: TextModelOptions): TextModel {
  const { size } = sample
  const order = Int32Array.from({ length: size }, (_, j) => j).sort((a, b) => sample.row[a]! - sample.row[b]!)
  const { labels, classOf, other } = classesOf(sample, mostLabels)
  const offsets = new Float64Array(size + 1)
  const words = { high: new Int32Array(sample.tokens), stem: new Int32Array(sample.tokens) }
  order.forEach((j, i) => {
    const [from, to] = [sample.offset[j]!, sample.offset[j + 1]!]
    words.high.set(sample.high.subarray(from, to), offsets[i]!)
    words.stem.set(sample.stem.subarray(from, to), offsets[i]!)
    offsets[i + 1] = offsets[i]! + to - from
  })
  const label = order.map(j => classOf[sample.label[j]!]!)
  const fold = Uint8Array.from(order, j => sample.fold[j]!)
  const classes = Math.max(1, labels.length + (other ? 1 : 0))
  const train = linearTrainer({ offsets, words, label, fold, classes }, { folds, seed })
  const { model, probability, uncalibrated } = train()
  const cleaned = train(likelyClasses(uncalibrated, label, classes))
  const rows = Float64Array.from(order, j => sample.row[j]!)
  return {
    model,
    probability,
    cleaned: { model: cleaned.model, probability: cleaned.probability },
    labels,
    other,
    rows,
    label,
    fold,
    repeated: repeatedRows(offsets, words, label),
    complete: size === total,
    total,
  }
}

function classesOf(sample: TokenSample, mostLabels: number) {
  const counts = new Float64Array(sample.labels.length)
  for (let j = 0; j < sample.size; j++) counts[sample.label[j]!]!++
  const seen = sample.labels.flatMap((name, number) =>
    counts[number]! > 0 ? [{ name, number, rows: counts[number]! }] : [],
  )
  seen.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
  const kept = seen.slice(0, mostLabels)
  const classOf = new Int32Array(sample.labels.length).fill(kept.length)
  kept.forEach((k, c) => {
    classOf[k.number] = c
  })
  return { labels: kept.map(k => k.name), classOf, other: seen.length > kept.length }
}

/** Shares of the true classes of each row, given its label and how labels are confused. */
function likelyClasses(probability: Float32Array, label: Int32Array, classes: number): Float32Array {
  const noise = noiseOf(confidentJoint(probability, label, classes))
  const shares = new Float32Array(probability.length)
  label.forEach((y, i) => {
    posterior(probability, i * classes, noise[y]!, 1, shares, i * classes)
  })
  return shares
}
