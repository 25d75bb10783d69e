import {
  type Batch,
  bands,
  digestOf,
  distinctShingles,
  hasKey,
  type KeySet,
  keySet,
  keysOf,
  type NearDuplicatesOptions,
  type RowId,
  shingler,
  shinglesOf,
  statistic,
  tokensOf,
} from '../../core/index.ts'
import sharedKeys, { type SharedKeys } from '../shared-keys/index.ts'
import { clustersOf } from './cluster.ts'
import { emptyFinds, type Finds, keepRow, mergeFinds } from './finds.ts'

/** Rows whose texts are copies of each other or nearly so. */
export interface Cluster {
  /** Rows that are copies or near-copies. */
  readonly size: number
  /** Their ids, ascending; fewer than `size` only for a text with more than 100,000 copies. */
  readonly rows: readonly RowId[]
  /** Which of the cluster's distinct texts each row has. */
  readonly variant: readonly number[]
  /** Distinct texts, letter case and spacing aside. */
  readonly variants: number
  /** Smallest verified Jaccard similarity to the centre, 1 when all are copies. */
  readonly similarity: number
  /** Row that stands for the cluster: the text with most copies. */
  readonly centre: RowId
}

/** Clusters of copies and near-copies. */
export interface NearDuplicates {
  /** By falling size, then by first row. */
  readonly clusters: readonly Cluster[]
  /** Rows with a text. */
  readonly rows: number
  /** False when rows or texts had to be sampled to stay within the limits. */
  readonly complete: boolean
}

export interface NearDuplicatesState {
  rows: number
  finds: Finds
  readonly shared: KeySet
  /** Whether every key was watched in the first pass. */
  readonly watched: boolean
}

const scratch = shingler()

function addBatch(state: NearDuplicatesState, batch: Batch, options: NearDuplicatesOptions): NearDuplicatesState {
  const tokens = tokensOf(batch, options.role)
  const { keys } = scratch
  for (let i = 0; i < batch.size; i++) {
    const n = shinglesOf(tokens, i, scratch)
    if (n === 0) continue
    state.rows++
    keysOf(scratch, n)
    let met = 0
    for (let k = 0; k < 2 * bands; k += 2) {
      if (!hasKey(state.shared, keys[k]! & ~1, keys[k + 1]!)) continue
      keys[2 * met] = keys[k]! & ~1
      keys[2 * met + 1] = keys[k + 1]!
      met++
    }
    if (met === 0) continue
    const digest = digestOf(tokens, i)
    const read = () => [keys.slice(0, 2 * met), distinctShingles(scratch, n)] as const
    keepRow(state.finds, digest, batch.rows[i]!, read, options)
  }
  return state
}

/**
 * Clusters of near-copies: MinHash keys that rows share name the candidates, and the Jaccard similarity of their real
 * shingles decides. Needs the shared keys first.
 */
export default statistic<NearDuplicatesOptions, NearDuplicatesState, NearDuplicates, SharedKeys>({
  id: 'near-duplicates',
  title: 'Copies and near-copies',
  roles: ({ role }) => [role],
  prior: ({ role, keys }) => sharedKeys.request({ role, limit: keys }),
  init: (_, { keys, level }) => ({ rows: 0, finds: emptyFinds(), shared: keySet(keys), watched: level === 0 }),
  add: addBatch,
  merge(a, b, options) {
    mergeFinds(a.finds, b.finds, options)
    a.rows += b.rows
    return a
  },
  finish({ finds, rows, watched }, { similarity }) {
    const complete = watched && finds.level === 0
    return { clusters: clustersOf(finds, similarity), rows, complete }
  },
})
