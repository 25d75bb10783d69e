import {
  cellsOf,
  emptyRanked,
  mergeRanked,
  putRanked,
  type Ranked,
  type RowId,
  rankedValues,
  statistic,
  textOf,
} from '../../core/index.ts'

/** What a signature says of a file; `other` is a word that nobody here knows. */
export const seals = ['signed', 'unsigned', 'invalid', 'unchecked', 'other'] as const
export type Seal = (typeof seals)[number]

export interface SealsOptions {
  /** Files kept of each kind of seal. */
  readonly places: number
}

/** A file and whose signature it is said to bear. */
export interface SealedItem {
  readonly row: RowId
  readonly item: string
  readonly signer: string
}

/** How many files bear which seal. */
export interface Seals {
  readonly counts: Readonly<Record<Seal, number>>
  /** The first of each, in the order of the table. */
  readonly first: Readonly<Record<Seal, readonly SealedItem[]>>
}

export interface SealsState {
  readonly counts: Float64Array
  readonly first: Ranked<SealedItem>[]
}

const mostCharacters = 500
const boundsOf = ({ places }: SealsOptions) => ({ items: places, weight: places * 2 * mostCharacters })

export default statistic<SealsOptions, SealsState, Seals>({
  id: 'seals',
  title: 'How many files bear which seal',
  roles: () => ['item', 'seal', 'signer'],
  init: () => ({ counts: new Float64Array(seals.length), first: seals.map(() => emptyRanked<SealedItem>()) }),
  add(state, batch, options) {
    const bounds = boundsOf(options)
    const [items, marks, signers] = (['item', 'seal', 'signer'] as const).map(role => cellsOf(batch, role))
    for (let i = 0; i < batch.size; i++) {
      const mark = textOf(marks![i])
      if (mark === null) continue
      const known = (seals as readonly string[]).indexOf(mark)
      const at = known < 0 ? seals.length - 1 : known
      state.counts[at]!++
      const item = (textOf(items![i]) ?? '').slice(0, mostCharacters)
      const signer = (textOf(signers![i]) ?? '').slice(0, mostCharacters)
      const row = batch.rows[i]!
      putRanked(state.first[at]!, row, item.length + signer.length, { row, item, signer }, bounds)
    }
    return state
  },
  merge(a, b, options) {
    for (const k of seals.keys()) {
      a.counts[k]! += b.counts[k]!
      a.first[k] = mergeRanked(a.first[k]!, b.first[k]!, boundsOf(options))
    }
    return a
  },
  finish({ counts, first }, options) {
    const listed = (k: number) => rankedValues(first[k]!, boundsOf(options))
    return {
      counts: Object.fromEntries(seals.map((seal, k) => [seal, counts[k]!])) as Record<Seal, number>,
      first: Object.fromEntries(seals.map((seal, k) => [seal, listed(k)])) as Record<Seal, SealedItem[]>,
    }
  },
})
