import {
  cellsOf,
  emptyRanked,
  featureRoom,
  foldOf,
  type LinearModel,
  labelOf,
  mergeRanked,
  putRanked,
  type Ranked,
  type RowId,
  scoreRow,
  statistic,
  textOf,
  tokensOf,
  trimRanked,
} from '../../core/index.ts'

export interface LabelDoubtOptions {
  /** Says what the label should be. */
  readonly model: LinearModel
  /** Names of the model's classes; one class more than names stands for all other labels. */
  readonly labels: readonly string[]
  /** Most rows to keep. */
  readonly limit: number
}

/** A row whose text speaks against its label. */
export interface DoubtedRow {
  readonly row: RowId
  /** Class of the given label. */
  readonly given: number
  /** Class that the text speaks for. */
  readonly likely: number
  /** Probability of the given and of the likely class. */
  readonly own: number
  readonly best: number
}

/** Rows whose text speaks against their label, and how often, by how plainly the text speaks. */
export interface LabelDoubt {
  /** Least likely label first. */
  readonly rows: readonly DoubtedRow[]
  /**
   * Rows by given class, class c and step of log odds of c: `(given * classes + c) * doubtSteps + step`. Steps are a
   * quarter wide, from -8 to 8.
   */
  readonly steps: Float64Array
  readonly classes: number
  readonly total: number
}

export interface LabelDoubtState {
  worst: Ranked<DoubtedRow>
  steps: Float64Array
  total: number
}

/** A row of a batch that is judged, its class and its fold. */
interface Judged {
  readonly i: number
  readonly y: number
  readonly fold: number
}

/** Steps of log odds that are told apart. */
const doubtSteps = 64
const stepOf = (p: number): number =>
  Math.max(0, Math.min(doubtSteps - 1, Math.floor(4 * Math.log(p / Math.max(1e-12, 1 - p)) + 32)))

const boundsOf = ({ limit }: LabelDoubtOptions) => ({ items: limit, weight: Number.POSITIVE_INFINITY })

export default statistic<LabelDoubtOptions, LabelDoubtState, LabelDoubt>({
  id: 'label-doubt',
  title: 'Rows whose text speaks against their label',
  roles: () => ['text', 'label'],
  init: ({ model }) => ({
    worst: emptyRanked(),
    steps: new Float64Array(model.classes * model.classes * doubtSteps),
    total: 0,
  }),
  add(state, batch, options) {
    const { model, labels } = options
    const bounds = boundsOf(options)
    const classOf = new Map(labels.map((label, c) => [label, c]))
    const tokens = tokensOf(batch, 'text')
    const [texts, given] = [cellsOf(batch, 'text'), cellsOf(batch, 'label')]
    const room = featureRoom(model.bits, model.classes)
    const p = new Float64Array(model.classes)
    const rows: Judged[] = []
    for (let i = 0; i < batch.size; i++) {
      const label = labelOf(given[i])
      if (label === null || textOf(texts[i]) === null) continue
      const y = classOf.get(label.slice(0, 200)) ?? labels.length
      if (y < model.classes) rows.push({ i, y, fold: foldOf(tokens, i, model.folds, model.seed) })
    }
    // Fold by fold: the weights of one stay in the processor's cache.
    rows.sort((a, b) => a.fold - b.fold)
    for (const { i, y, fold } of rows) {
      scoreRow(model, fold, tokens, i, null, p, room)
      state.total++
      const likely = count(state, y, p)
      if (likely === y) continue
      const value = { row: batch.rows[i]!, given: y, likely, own: p[y]!, best: p[likely]! }
      putRanked(state.worst, p[y]!, 1, value, bounds)
    }
    return state
  },
  merge(a, b, options) {
    const steps = a.steps.map((n, k) => n + b.steps[k]!)
    return { worst: mergeRanked(a.worst, b.worst, boundsOf(options)), steps, total: a.total + b.total }
  },
  finish({ worst, steps, total }, options) {
    const kept = trimRanked(worst, boundsOf(options)).items.map(item => item.value)
    kept.sort((a, b) => a.own - b.own || a.row - b.row)
    return { rows: kept, steps, classes: options.model.classes, total }
  },
})

/** Counts a row; gives its likeliest class. */
function count({ steps }: LabelDoubtState, given: number, p: Float64Array): number {
  let likely = given
  for (let c = 0; c < p.length; c++) {
    steps[(given * p.length + c) * doubtSteps + stepOf(p[c]!)]!++
    if (p[c]! > p[likely]!) likely = c
  }
  return likely
}
