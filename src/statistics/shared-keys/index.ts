import { type Batch, bands, keysOf, type Role, shingler, shinglesOf, statistic, tokensOf } from '../../core/index.ts'
import { add64, emptyKeys, type KeyTable, mergeKeys, sharedOf } from './table.ts'

/** The keys that at least two rows have: the only places where near-duplicates can be. */
export interface SharedKeys {
  /** High and low halves, ascending. */
  readonly keys: BigUint64Array
  /** Of all keys, one in `2 ** level` was watched; 0 means all. */
  readonly level: number
  /** Rows with a text. */
  readonly rows: number
}

export interface SharedKeysOptions {
  readonly role: Role
  /** Most distinct keys held; ten per row, about 17 bytes each. */
  readonly limit: number
}

export interface SharedKeysState {
  rows: number
  table: KeyTable
}

const scratch = shingler()

function addBatch(state: SharedKeysState, batch: Batch, { role, limit }: SharedKeysOptions): SharedKeysState {
  const tokens = tokensOf(batch, role)
  const { keys } = scratch
  for (let i = 0; i < batch.size; i++) {
    const n = shinglesOf(tokens, i, scratch)
    if (n === 0) continue
    state.rows++
    keysOf(scratch, n)
    for (let k = 0; k < 2 * bands; k += 2) add64(state.table, keys[k]!, keys[k + 1]!, 0, limit)
  }
  return state
}

/**
 * Finds the MinHash band keys that occur in more than one row, in one pass and bounded memory. When an input has more
 * distinct keys than the limit, a hash-defined share of the keys is watched, the same share for every row.
 */
export default statistic<SharedKeysOptions, SharedKeysState, SharedKeys>({
  id: 'shared-keys',
  title: 'Similarity keys that several rows share',
  roles: ({ role }) => [role],
  init: () => ({ rows: 0, table: emptyKeys() }),
  add: addBatch,
  merge(a, b, { limit }) {
    const [large, small] = a.table.size >= b.table.size ? [a, b] : [b, a]
    mergeKeys(large.table, small.table, limit)
    large.rows += small.rows
    return large
  },
  finish: ({ table, rows }) => ({ keys: sharedOf(table), level: table.level, rows }),
})
