import {
  cellsOf,
  EDGE_GRAM,
  foldOf,
  type Grams,
  gramRoom,
  gramsOf,
  type LinearModel,
  labelOf,
  statistic,
  type Tokens,
  textOf,
  tokensOf,
} from '../../core/index.ts'
import { type CommonWords, commonWords, sayOf, unit } from './frequent-words.ts'
import { emptyTable, type GramTable, head, leastRows, mergeTables, recordOf64, sketched, widthOf } from './table.ts'

export interface NgramLabelsOptions {
  /** From `ngram-sketch`. */
  readonly sketch: { readonly bytes: Uint8Array; readonly bits: number; readonly deep: boolean }
  /** From `text-model`. */
  readonly model: LinearModel
  /** Labels of the model's classes. */
  readonly labels: readonly string[]
  /** Group of each class of the model. */
  readonly groupOf: Int32Array
  readonly groups: number
  /** Grams in fewer rows are left out. */
  readonly minRows: number
  /** Most grams counted. */
  readonly limit: number
}

/** How the labels fall on the rows of each gram, and how the common words of those rows would have it. */
export interface NgramLabels {
  readonly size: number
  readonly high: Int32Array
  readonly low: Int32Array
  readonly kind: Uint8Array
  /** Rows by gram and group of labels. */
  readonly counts: Int32Array
  /** Rows that the common words of each row would give to the group. */
  readonly expected: Float32Array
  /** Rows and their labels by group in the whole table. */
  readonly rows: number
  readonly groupRows: Float64Array
  /** Least rows of a gram that was counted: above the option's when there were too many grams. */
  readonly least: number
  /** False when some grams had to go. */
  readonly complete: boolean
}

export interface NgramLabelsState {
  table: GramTable
  rows: number
  groupRows: Float64Array
  readonly least: number
  readonly classOf: ReadonlyMap<string, number>
  readonly room: Grams
  readonly common: CommonWords
}

export default statistic<NgramLabelsOptions, NgramLabelsState, NgramLabels>({
  id: 'ngram-labels',
  title: 'Labels of the rows that hold an n-gram',
  roles: () => ['text', 'label'],
  init: ({ sketch, model, labels, groupOf, groups, minRows, limit }) => ({
    table: emptyTable(groups),
    rows: 0,
    groupRows: new Float64Array(groups),
    least: leastRows(sketch.bytes, minRows, limit),
    classOf: new Map(labels.map((label, c) => [label, c])),
    room: gramRoom(),
    common: commonWords(model, groupOf, groups),
  }),
  add(state, batch, options) {
    const texts = cellsOf(batch, 'text')
    const labels = cellsOf(batch, 'label')
    const tokens = tokensOf(batch, 'text')
    for (let i = 0; i < batch.size; i++) {
      const text = textOf(texts[i])
      const label = labelOf(labels[i])
      if (text !== null && label !== null) addRow(state, tokens, i, text, label.slice(0, 200), options)
    }
    return state
  },
  merge(a, b, { limit }) {
    a.table = mergeTables(a.table, b.table, limit)
    a.rows += b.rows
    for (let g = 0; g < a.groupRows.length; g++) a.groupRows[g] = a.groupRows[g]! + b.groupRows[g]!
    return a
  },
  finish: ({ table, rows, groupRows, least }, { minRows }) => ({
    ...recordsOf(table, minRows),
    rows,
    groupRows,
    least,
    complete: table.level === 0 && least === minRows,
  }),
})

function addRow(
  state: NgramLabelsState,
  tokens: Tokens,
  i: number,
  text: string,
  label: string,
  { sketch, groupOf, model, limit, groups }: NgramLabelsOptions,
): void {
  const own = groupOf[state.classOf.get(label) ?? model.classes - 1]!
  state.rows++
  state.groupRows[own] = state.groupRows[own]! + 1
  const { room, table, least, common } = state
  const { share } = common
  sayOf(common, tokens, i, foldOf(tokens, i, model.folds, model.seed))
  gramsOf(tokens, i, text, sketch.deep, room)
  for (let k = 0; k < room.size; k++) {
    const high = room.high[k]!
    const low = room.low[k]!
    if (sketched(sketch.bytes, sketch.bits, high, low) < least || room.kind[k] === EDGE_GRAM) continue
    const at = recordOf64(table, high, low, room.kind[k]!, limit)
    if (at < 0) continue
    const { slots } = table
    if (slots[at - 1] === state.rows) continue
    slots[at - 1] = state.rows
    slots[at + own] = slots[at + own]! + 1
    for (let g = 0; g < groups; g++) slots[at + groups + g] = slots[at + groups + g]! + share[g]!
  }
}

function recordsOf(table: GramTable, minRows: number) {
  const { slots, groups } = table
  const width = widthOf(groups)
  const places: number[] = []
  for (let at = 0; at < slots.length; at += width) {
    if (slots[at + 2] === 0) continue
    let rows = 0
    for (let g = 0; g < groups; g++) rows += slots[at + head + g]!
    if (rows >= minRows) places.push(at)
  }
  places.sort((a, b) => slots[a]! - slots[b]! || slots[a + 1]! - slots[b + 1]!)
  const size = places.length
  const counts = new Int32Array(size * groups)
  const expected = new Float32Array(size * groups)
  places.forEach((at, k) => {
    for (let g = 0; g < groups; g++) {
      counts[k * groups + g] = slots[at + head + g]!
      expected[k * groups + g] = slots[at + head + groups + g]! / unit
    }
  })
  return {
    size,
    high: Int32Array.from(places, at => slots[at]!),
    low: Int32Array.from(places, at => slots[at + 1]!),
    kind: Uint8Array.from(places, at => slots[at + 2]! - 1),
    counts,
    expected,
  }
}
