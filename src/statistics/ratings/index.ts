import {
  emptyRanked,
  mergeRanked,
  putRanked,
  type Ranked,
  type RankedBounds,
  type RowId,
  statistic,
  trimRanked,
} from '../../core/index.ts'
import { type Vote, votesOf } from './votes.ts'

export interface RatingsOptions {
  /** Most ratings held; when there are more, those of a share of the rated things drawn by hash. */
  readonly limit: number
  /** Split, source or rater whose ratings are curated truth. */
  readonly gold: string
}

/** Who rated what and how, column by column; rating k is about `items[item[k]]`. Ordered by row. */
export interface Ratings {
  readonly raters: readonly string[]
  readonly values: readonly string[]
  readonly kinds: readonly string[]
  /** Number of rated things. */
  readonly items: number
  readonly rater: Int32Array
  readonly item: Int32Array
  readonly value: Int32Array
  readonly kind: Int32Array
  readonly time: Float64Array
  readonly gold: Uint8Array
  readonly row: Float64Array
  /** Ratings of the table. */
  readonly total: number
  readonly complete: boolean
}

export interface RatingsState {
  held: Ranked<Vote & { readonly row: RowId; readonly nth: number }>
  total: number
}

const boundsOf = ({ limit }: RatingsOptions): RankedBounds => ({ items: limit, weight: 256 * limit })

/** Ratings by rater and rated thing; all ratings of one thing stay or go together. */
export default statistic<RatingsOptions, RatingsState, Ratings>({
  id: 'ratings',
  title: 'Who rated what, and how',
  roles: () => [
    'rater',
    'actor',
    'item',
    'label',
    'ratings',
    'prompt',
    'response',
    'chosen',
    'rejected',
    'text',
    'url',
    'id',
    'time',
    'source',
    'split',
  ],
  init: () => ({ held: emptyRanked(), total: 0 }),
  add(state, batch, options) {
    const bounds = boundsOf(options)
    for (let i = 0; i < batch.size; i++) {
      const row = batch.rows[i]!
      votesOf(batch, i, options.gold).forEach((vote, nth) => {
        state.total++
        const weight = 64 + vote.rater.length + vote.value.length + vote.kind.length
        putRanked(state.held, vote.item, weight, { ...vote, row, nth }, bounds)
      })
    }
    return state
  },
  merge: (a, b, options) => ({ held: mergeRanked(a.held, b.held, boundsOf(options)), total: a.total + b.total }),
  finish({ held, total }, options) {
    const votes = trimRanked(held, boundsOf(options)).items.map(({ value }) => value)
    votes.sort((a, b) => a.row - b.row || a.nth - b.nth)
    const [raters, rater] = indexed(votes, vote => vote.rater)
    const [values, value] = indexed(votes, vote => vote.value)
    const [kinds, kind] = indexed(votes, vote => vote.kind)
    const [names, item] = indexed(votes, vote => vote.item)
    return {
      raters,
      values,
      kinds,
      items: names.length,
      rater,
      item,
      value,
      kind,
      time: Float64Array.from(votes, vote => vote.time),
      gold: Uint8Array.from(votes, vote => (vote.gold ? 1 : 0)),
      row: Float64Array.from(votes, vote => vote.row),
      total,
      complete: votes.length === total,
    }
  },
})

/** Distinct names in order of first use, and the place of each vote's name among them. */
function indexed<N extends string | number>(votes: readonly Vote[], of: (vote: Vote) => N): [N[], Int32Array] {
  const places = new Map<N, number>()
  const ordinals = Int32Array.from(votes, vote => {
    const name = of(vote)
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, places.size)
    return places.size - 1
  })
  return [[...places.keys()], ordinals]
}
