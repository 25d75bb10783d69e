import {
  cellsOf,
  type Grams,
  gramRoom,
  gramsOf,
  hashRow,
  type KeyIndex,
  keyIndex,
  labelOf,
  placeOf,
  sketchCell,
  statistic,
  textOf,
  tokensOf,
} from '../../core/index.ts'
import { emptyFound, type Found, keep, mergeFound, trimmedFound } from './found.ts'

export interface RowsWithOptions {
  /** Questions: rows that hold all the grams of one. High and low halves; question q has [offsets[q], offsets[q+1]). */
  readonly high: Int32Array
  readonly low: Int32Array
  readonly offsets: Int32Array
  /** Whether a question may hold triples or gapped pairs. */
  readonly deep: boolean
  /** Rows kept of each question: those whose ids hash lowest. */
  readonly perQuestion: number
  readonly seed: number
  /** Most characters of text kept of a row; 0 keeps row ids alone. */
  readonly characters: number
}

/** The rows that hold some grams. */
export interface RowsWith {
  /** By question: rows in the whole table. */
  readonly totals: Float64Array
  /** By question: rows kept, ascending. */
  readonly rows: readonly Float64Array[]
  /** Text and label of the rows kept. */
  readonly cells: ReadonlyMap<number, { readonly text: string; readonly label: string }>
}

export interface RowsWithState {
  found: Found
  /** Distinct grams of all questions, and which questions each is part of. */
  readonly index: KeyIndex
  /** One bit for each of many hashes, set where a gram of a question has it: most grams of a text stop there. */
  readonly sieve: Int32Array
  readonly askers: readonly (readonly number[])[]
  readonly sizes: Int32Array
  readonly hits: Int32Array
  /** Ordinal of the row in which a gram was met last: a gram counts once a row. */
  readonly met: Float64Array
  rows: number
  readonly room: Grams
}

/** 16 KiB, which stay in the processor's nearest cache. */
const sieveBits = 17

function sieveOf(high: Int32Array, low: Int32Array): Int32Array {
  const sieve = new Int32Array(2 ** (sieveBits - 5))
  for (let k = 0; k < high.length; k++) {
    const bit = sketchCell(high[k]!, low[k]!, sieveBits)
    sieve[bit >>> 5]! |= 1 << (bit & 31)
  }
  return sieve
}

/**
 * Moves the grams that the sieve lets through to the front.
 * @returns how many there are
 */
function sift({ high, low, size }: Grams, sieve: Int32Array): number {
  let kept = 0
  for (let k = 0; k < size; k++) {
    const [h, l] = [high[k]!, low[k]!]
    const bit = sketchCell(h, l, sieveBits)
    high[kept] = h
    low[kept] = l
    kept += (sieve[bit >>> 5]! >>> (bit & 31)) & 1
  }
  return kept
}

export default statistic<RowsWithOptions, RowsWithState, RowsWith>({
  id: 'rows-with',
  title: 'Rows that hold some n-grams',
  roles: () => ['text', 'label'],
  init({ high, low, offsets }) {
    const index = keyIndex(high, low)
    const askers: number[][] = Array.from({ length: high.length }, () => [])
    const questions = offsets.length - 1
    for (let q = 0; q < questions; q++)
      for (let k = offsets[q]!; k < offsets[q + 1]!; k++) askers[placeOf(index, high[k]!, low[k]!)]!.push(q)
    return {
      found: emptyFound(questions),
      index,
      sieve: sieveOf(high, low),
      askers,
      sizes: Int32Array.from({ length: questions }, (_, q) => offsets[q + 1]! - offsets[q]!),
      hits: new Int32Array(questions),
      met: new Float64Array(high.length).fill(-1),
      rows: 0,
      room: gramRoom(),
    }
  },
  add(state, batch, options) {
    const texts = cellsOf(batch, 'text')
    const labels = cellsOf(batch, 'label')
    const tokens = tokensOf(batch, 'text')
    const { room, index, sieve, askers, hits, sizes, found, met } = state
    const touched: number[] = []
    for (let i = 0; i < batch.size; i++) {
      const text = textOf(texts[i])
      const label = labelOf(labels[i])
      if (text === null || label === null) continue
      gramsOf(tokens, i, text, options.deep, room)
      state.rows++
      const left = sift(room, sieve)
      for (let k = 0; k < left; k++) {
        const place = placeOf(index, room.high[k]!, room.low[k]!)
        if (place < 0 || met[place] === state.rows) continue
        met[place] = state.rows
        for (const q of askers[place]!) {
          if (hits[q] === 0) touched.push(q)
          hits[q] = hits[q]! + 1
        }
      }
      const row = batch.rows[i]!
      for (const q of touched) {
        if (hits[q] === sizes[q]) keep(found, q, hashRow(row, options.seed) >>> 0, row, text, label, options)
        hits[q] = 0
      }
      touched.length = 0
    }
    return state
  },
  merge(a, b, options) {
    a.found = mergeFound(a.found, b.found, options)
    return a
  },
  finish: ({ found }, options) => trimmedFound(found, options),
})
