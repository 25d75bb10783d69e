import {
  cellsOf,
  emptyRanked,
  mergeRanked,
  putRanked,
  type Ranked,
  type RankedBounds,
  type Role,
  type RowId,
  statistic,
  textOf,
  trimRanked,
} from '../../core/index.ts'
import { masked, oddStringsOf, rankOf, secretKinds } from './strings.ts'

export interface OddStringsOptions {
  readonly roles: readonly Role[]
  /** Most occurrences held; when there are more, those of a share of the strings drawn by hash. */
  readonly limit: number
}

/** A string that looks like chance or a key, with the rows that hold it. */
export interface HeldString {
  readonly kind: string
  readonly value: string
  /** The first characters and the length: what a report may show. */
  readonly shown: string
  /** True for what opens a door. */
  readonly secret: boolean
  /** Ascending. */
  readonly rows: readonly RowId[]
}

export interface OddStrings {
  /** By falling number of rows, then by value. */
  readonly strings: readonly HeldString[]
  readonly complete: boolean
}

export interface OddStringsState {
  held: Ranked<{ readonly kind: string; readonly value: string; readonly row: RowId }>
}

const boundsOf = ({ limit }: OddStringsOptions): RankedBounds => ({ items: limit, weight: 400 * limit })

/** Keys, identifiers and random-looking strings, and in which rows they stand. */
export default statistic<OddStringsOptions, OddStringsState, OddStrings>({
  id: 'odd-strings',
  title: 'Strings that look like keys or chance',
  roles: ({ roles }) => roles,
  init: () => ({ held: emptyRanked() }),
  add(state, batch, options) {
    const bounds = boundsOf(options)
    const columns = options.roles.map(role => cellsOf(batch, role))
    for (let i = 0; i < batch.size; i++) {
      const text = columns.map(column => textOf(column[i]) ?? '').join('\n')
      if (text.trim() === '') continue
      const row = batch.rows[i]!
      for (const { kind, value } of oddStringsOf(text))
        putRanked(state.held, rankOf(value), 40 + value.length, { kind, value, row }, bounds)
    }
    return state
  },
  merge: (a, b, options) => ({ held: mergeRanked(a.held, b.held, boundsOf(options)) }),
  finish({ held }, options) {
    const { items, limit } = trimRanked(held, boundsOf(options))
    const strings = new Map<string, HeldString & { rows: RowId[] }>()
    const sorted = items.map(({ value }) => value).sort((a, b) => a.row - b.row)
    for (const { kind, value, row } of sorted) {
      const known = strings.get(value)
      if (!known) strings.set(value, { kind, value, shown: masked(value), secret: secretKinds.has(kind), rows: [row] })
      else if (known.rows.at(-1) !== row) known.rows.push(row)
    }
    const all = [...strings.values()]
    all.sort((a, b) => b.rows.length - a.rows.length || (a.value < b.value ? -1 : 1))
    return { strings: all, complete: limit === Infinity }
  },
})
