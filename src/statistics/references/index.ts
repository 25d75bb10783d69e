import {
  type Batch,
  type Cell,
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

/** What becomes of what a reference names: code runs, weights are loaded, data is read, the rest is only named. */
export const uses = ['runs', 'loaded', 'read', 'named', 'row'] as const
/** `row`: an address in a table of addresses. */
export type Use = (typeof uses)[number]

export interface ReferencesOptions {
  /** Unpinned references kept of each use. */
  readonly places: number
}

/** A reference without a pin, and where it stands. */
export interface Unpinned {
  readonly row: RowId
  readonly item: string
  readonly url: string
}

/** References by use: how many, how many of them unpinned, and the first of those. */
export type References = Readonly<
  Record<Use, { readonly all: number; readonly unpinned: number; readonly first: readonly Unpinned[] }>
>

export interface ReferencesState {
  readonly all: Float64Array
  readonly unpinned: Float64Array
  readonly first: Ranked<Unpinned>[]
}

const mostCharacters = 500
const boundsOf = ({ places }: ReferencesOptions) => ({ items: places, weight: places * 2 * mostCharacters })
/** A commit or a digest of 160 bits and more. A branch, a tag, a version and an MD5 sum can be made to mean other bytes. */
const pin = /^(?:sha\d+[:-])?[0-9a-f]{40,128}$/i

/** A row of a list says what its bytes were with any digest; what is loaded or run needs one that cannot be forged. */
const isPinned = (use: Use, digest: Cell | undefined): boolean => {
  const text = textOf(digest)?.trim() ?? ''
  return use === 'row' ? text !== '' : pin.test(text)
}

function add(state: ReferencesState, batch: Batch, options: ReferencesOptions): ReferencesState {
  const bounds = boundsOf(options)
  const roles = ['url', 'item', 'label', 'digest'] as const
  const [urls, items, labels, digests] = roles.map(role => cellsOf(batch, role))
  for (let i = 0; i < batch.size; i++) {
    const url = textOf(urls![i])?.trim().slice(0, mostCharacters) ?? ''
    if (url === '') continue
    const item = textOf(items![i])?.slice(0, mostCharacters) ?? ''
    const named = item === '' ? -1 : (uses as readonly string[]).indexOf(textOf(labels![i]) ?? '')
    const at = named < 0 ? uses.length - 1 : named
    state.all[at]!++
    if (isPinned(uses[at]!, digests![i])) continue
    state.unpinned[at]!++
    const row = batch.rows[i]!
    putRanked(state.first[at]!, row, item.length + url.length, { row, item, url }, bounds)
  }
  return state
}

export default statistic<ReferencesOptions, ReferencesState, References>({
  id: 'references',
  title: 'References to what can change, and how many are pinned',
  roles: () => ['url', 'item', 'label', 'digest'],
  init: () => ({
    all: new Float64Array(uses.length),
    unpinned: new Float64Array(uses.length),
    first: uses.map(() => emptyRanked<Unpinned>()),
  }),
  add,
  merge(a, b, options) {
    for (const k of uses.keys()) {
      a.all[k]! += b.all[k]!
      a.unpinned[k]! += b.unpinned[k]!
      a.first[k] = mergeRanked(a.first[k]!, b.first[k]!, boundsOf(options))
    }
    return a
  },
  finish({ all, unpinned, first }, options) {
    const listed = (k: number) => rankedValues(first[k]!, boundsOf(options))
    const of = (use: Use) => {
      const k = uses.indexOf(use)
      return { all: all[k]!, unpinned: unpinned[k]!, first: listed(k) }
    }
    return { runs: of('runs'), loaded: of('loaded'), read: of('read'), named: of('named'), row: of('row') }
  },
})
