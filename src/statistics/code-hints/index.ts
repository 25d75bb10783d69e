import { hintsOf } from '../../code/index.ts'
import {
  cellsOf,
  emptyRanked,
  firstAtLeast,
  hashRow,
  mergeRanked,
  putRanked,
  type Ranked,
  type RankedBounds,
  type RowId,
  statistic,
  textOf,
  trimRanked,
} from '../../core/index.ts'

export interface CodeHintsOptions {
  /** Which answer: the only one, or the better of two. */
  readonly answer: 'response' | 'chosen'
  /** Most rows; beyond, those whose ids hash lowest. */
  readonly limit: number
  /** Most characters of hints in all. */
  readonly characters: number
  readonly seed: number
  /** Hints in fewer rows are left out. */
  readonly leastRows: number
  /** Only these rows, ascending; all when absent. */
  readonly only?: Float64Array
}

/** Names that delicate code is made of, and the rows whose answers hold them. */
export interface CodeHints {
  /** The hints, alphabetically, and for each the ids of its rows, ascending. */
  readonly words: readonly string[]
  readonly rows: readonly Float64Array[]
}

interface Kept {
  readonly row: RowId
  readonly hints: string
}

export interface CodeHintsState {
  kept: Ranked<Kept>
}

const boundsOf = ({ limit, characters }: CodeHintsOptions): RankedBounds => ({ items: limit, weight: characters })

/** Where the code of answers may be delicate: cheap enough to be asked of every row. */
export default statistic<CodeHintsOptions, CodeHintsState, CodeHints>({
  id: 'code-hints',
  title: 'Names that delicate code is made of',
  roles: ({ answer }) => [answer],
  init: () => ({ kept: emptyRanked() }),
  add(state, batch, options) {
    const answers = cellsOf(batch, options.answer)
    for (let i = 0; i < batch.size; i++) {
      const row = batch.rows[i]!
      if (options.only && options.only[firstAtLeast(options.only, row)] !== row) continue
      const response = textOf(answers[i])
      const rank = hashRow(row, options.seed) >>> 0
      if (response === null || rank >= state.kept.limit) continue
      const hints = hintsOf(response).join('\n')
      if (hints !== '') putRanked(state.kept, rank, hints.length, { row, hints }, boundsOf(options))
    }
    return state
  },
  merge: (a, b, options) => ({ kept: mergeRanked(a.kept, b.kept, boundsOf(options)) }),
  finish({ kept }, options) {
    const lists = new Map<string, RowId[]>()
    for (const { value } of trimRanked(kept, boundsOf(options)).items)
      for (const hint of value.hints.split('\n')) {
        const list = lists.get(hint)
        if (list) list.push(value.row)
        else lists.set(hint, [value.row])
      }
    const words = [...lists.keys()].filter(word => lists.get(word)!.length >= options.leastRows).sort()
    return { words, rows: words.map(word => Float64Array.from(lists.get(word)!).sort()) }
  },
})
