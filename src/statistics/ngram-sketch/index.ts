import {
  cellsOf,
  type Grams,
  gramRoom,
  gramsOf,
  labelOf,
  sketchCell,
  statistic,
  textOf,
  tokensOf,
} from '../../core/index.ts'

export interface NgramSketchOptions {
  /** The sketch has 2^bits bytes. */
  readonly bits: number
  /** Also triples and gapped pairs, for tables small enough. */
  readonly deep: boolean
}

/** How often a gram stands in the rows, at most: a count that may include others' and stops at 255. */
export interface NgramSketch {
  readonly bits: number
  readonly deep: boolean
  readonly bytes: Uint8Array
  /** Rows with a text and a label. */
  readonly rows: number
}

export interface NgramSketchState {
  readonly bytes: Uint8Array
  rows: number
  readonly room: Grams
}

export default statistic<NgramSketchOptions, NgramSketchState, NgramSketch>({
  id: 'ngram-sketch',
  title: 'Rows that hold an n-gram, at most',
  roles: () => ['text', 'label'],
  init: ({ bits }) => ({ bytes: new Uint8Array(2 ** bits), rows: 0, room: gramRoom() }),
  add(state, batch, { bits, deep }) {
    const texts = cellsOf(batch, 'text')
    const labels = cellsOf(batch, 'label')
    const tokens = tokensOf(batch, 'text')
    const { bytes, room } = state
    for (let i = 0; i < batch.size; i++) {
      const text = textOf(texts[i])
      if (text === null || labelOf(labels[i]) === null) continue
      state.rows++
      gramsOf(tokens, i, text, deep, room)
      for (let k = 0; k < room.size; k++) {
        const cell = sketchCell(room.high[k]!, room.low[k]!, bits)
        const byte = bytes[cell]!
        // No branch: the processor then fetches many cells at once.
        bytes[cell] = byte + ((byte - 255) >>> 31)
      }
    }
    return state
  },
  merge(a, b) {
    const { bytes } = a
    for (let k = 0; k < bytes.length; k++) {
      const sum = bytes[k]! + b.bytes[k]!
      bytes[k] = Math.min(sum, 255)
    }
    a.rows += b.rows
    return a
  },
  finish: ({ bytes, rows }, { bits, deep }) => ({ bits, deep, bytes, rows }),
})
