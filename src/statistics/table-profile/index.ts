import {
  type Batch,
  type BoundedCounts,
  type Cell,
  cellsOf,
  countValue,
  emptyCounts,
  fold,
  labelOf,
  mergeCounts,
  type Plain,
  type Role,
  scriptOf,
  scripts,
  sortedCounts,
  statistic,
  textOf,
  tokensOf,
  trimCounts,
  valueKey,
} from '../../core/index.ts'
import wordSketch, { eachCell, type WordSketch } from '../word-sketch/index.ts'
import { frequentWords, slotsOf } from './frequent.ts'

/** Rows by value: the most frequent ones by name, the others together. */
export type ValueProfile = {
  /** Rows that have a value. */
  readonly rows: number
  readonly values: readonly (readonly [string, number])[]
  readonly other: number
}

/** The texts of one role. */
export type TextProfile = {
  /** Rows that have a text. */
  readonly rows: number
  /** Rows by length: bucket k holds texts of 2^(k/2) to 2^((k+1)/2) units. */
  readonly lengths: readonly number[]
  readonly scripts: readonly (readonly [string, number])[]
  /** Rows by hashed word: a row counts once in each cell that one of its words falls into. */
  readonly cells: readonly number[]
  /** Rows by word, for the words that most rows hold. */
  readonly words: readonly (readonly [string, number])[]
}

/** What a table looks like, as plain data of bounded size: kept in a report and compared with the next version. */
export type TableProfile = {
  readonly rows: number
  readonly texts: { readonly [role: string]: TextProfile }
  readonly values: { readonly [role: string]: ValueProfile }
}

const textRoles: readonly Role[] = ['text', 'system', 'prompt', 'response', 'chosen', 'rejected']
const valueRoles: readonly Role[] = ['label', 'source', 'actor', 'split']

const mostValues = 20_000
const keptValues = 256
const mostWords = 20_000
const keptWords = 256
const lengthBuckets = 48
/** Coarse on purpose: a thousand cells say whether the vocabulary moved, and fit into a report. */
const width = 1024

interface TextState {
  rows: number
  lengths: Float64Array
  scripts: Float64Array
  cells: Float64Array
  words: BoundedCounts
  /** Number of each cell of the sketch whose words are counted by name; -1 for the others. */
  readonly slots: Int16Array
}
export interface TableProfileState {
  rows: number
  texts: TextState[]
  values: { rows: number; counts: BoundedCounts }[]
}

const bucketOf = (length: number): number => Math.min(lengthBuckets - 1, Math.floor(2 * Math.log2(Math.max(1, length))))

function addTexts(state: TextState, batch: Batch, role: Role): void {
  const cells = cellsOf(batch, role)
  const texts = cells.map(textOf)
  texts.forEach(text => {
    if (text === null) return
    state.rows++
    state.lengths[bucketOf(text.length)]!++
    state.scripts[scriptOf(text)]!++
  })
  eachCell(batch, role, width, cell => void state.cells[cell]!++)
  const tokens = tokensOf(batch, role)
  for (const { text, token, rows } of frequentWords(state.slots, tokens)) {
    const word = texts[text]!.slice(tokens.start[token], tokens.end[token])
    countValue(state.words, valueKey(fold(word)), rows, mostWords)
  }
}

function addValues(state: TableProfileState['values'][number], cells: readonly Cell[]): void {
  for (const cell of cells) {
    const value = labelOf(cell)
    if (value === null) continue
    state.rows++
    countValue(state.counts, valueKey(value), 1, mostValues)
  }
}

function addTo(a: Float64Array, b: Float64Array): void {
  for (let k = 0; k < a.length; k++) a[k]! += b[k]!
}

export default statistic<{ readonly [none: string]: Plain }, TableProfileState, TableProfile, WordSketch>({
  id: 'table-profile',
  title: 'What the table looks like, for comparing it with its next version',
  roles: () => [...textRoles, ...valueRoles],
  prior: () => wordSketch.request({ roles: textRoles }),
  init: (_, sketch) => ({
    rows: 0,
    texts: textRoles.map((_, r) => ({
      rows: 0,
      lengths: new Float64Array(lengthBuckets),
      scripts: new Float64Array(scripts.length),
      cells: new Float64Array(width),
      words: emptyCounts(),
      slots: slotsOf(sketch.cells[r]!, 2 * keptWords),
    })),
    values: valueRoles.map(() => ({ rows: 0, counts: emptyCounts() })),
  }),
  add(state, batch) {
    state.rows += batch.size
    textRoles.forEach((role, r) => {
      if (batch.columns.has(role)) addTexts(state.texts[r]!, batch, role)
    })
    valueRoles.forEach((role, r) => {
      addValues(state.values[r]!, cellsOf(batch, role))
    })
    return state
  },
  merge(a, b) {
    a.rows += b.rows
    a.texts.forEach((text, r) => {
      const other = b.texts[r]!
      text.rows += other.rows
      addTo(text.lengths, other.lengths)
      addTo(text.scripts, other.scripts)
      addTo(text.cells, other.cells)
      mergeCounts(text.words, other.words, mostWords)
    })
    a.values.forEach((value, r) => {
      value.rows += b.values[r]!.rows
      mergeCounts(value.counts, b.values[r]!.counts, mostValues)
    })
    return a
  },
  finish({ rows, texts, values }) {
    return {
      rows,
      texts: Object.fromEntries(
        textRoles.flatMap((role, r) => (texts[r]!.rows > 0 ? [[role, textProfile(texts[r]!)]] : [])),
      ),
      values: Object.fromEntries(
        valueRoles.flatMap((role, r) => (values[r]!.rows > 0 ? [[role, valueProfile(values[r]!)]] : [])),
      ),
    }
  },
})

function textProfile({ rows, lengths, scripts: byScript, cells, words }: TextState): TextProfile {
  return {
    rows,
    lengths: [...lengths],
    scripts: scripts.flatMap((name, k) => (byScript[k]! > 0 ? [[name, byScript[k]!] as const] : [])),
    cells: [...cells],
    words: sortedCounts(trimCounts(words, mostWords)).slice(0, keptWords),
  }
}

function valueProfile({ rows, counts }: TableProfileState['values'][number]): ValueProfile {
  const values = sortedCounts(trimCounts(counts, mostValues)).slice(0, keptValues)
  return { rows, values, other: rows - values.reduce((sum, [, n]) => sum + n, 0) }
}
