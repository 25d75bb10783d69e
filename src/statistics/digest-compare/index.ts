import {
  type Batch,
  cellsOf,
  emptyLowest,
  type Fate,
  fates,
  type Likeness,
  type Lowest,
  mergeLowest,
  parseLooks,
  putLowest,
  type Role,
  statistic,
  textOf,
  triage,
  trimLowest,
} from '../../core/index.ts'

export interface DigestCompareOptions {
  /** Bits in which looks may differ. */
  readonly likeness: Likeness
}

/** What became of rows whose bytes were recorded. */
export interface DigestCompare {
  /** Rows of each fate. */
  readonly counts: Readonly<Record<Fate, number>>
  /** The first rows of each fate but `same` and `empty`, ascending; of `near` only some. */
  readonly rows: Readonly<Partial<Record<Fate, Float64Array>>>
  /** Rows by pairs of algorithms that cannot be compared, by falling count. */
  readonly algorithms: readonly (readonly [string, number])[]
  /** Rows by bits between the looks, 0 to 64, where the bytes differ. */
  readonly apart: { readonly picture: Float64Array; readonly text: Float64Array }
  /** Rows that somebody looked at now. */
  readonly seen: number
}

export interface DigestCompareState {
  readonly counts: Float64Array
  readonly rows: Lowest[]
  readonly algorithms: Map<string, number>
  readonly picture: Float64Array
  readonly text: Float64Array
  seen: number
}

/** What a finding lists. */
const mostRows = 100_000
const mostNear = 1000
const mostOf = (fate: Fate): number => (fate === 'same' || fate === 'empty' ? 0 : fate === 'near' ? mostNear : mostRows)
const bits = 65
const roles = ['digest', 'observed', 'looks', 'observedLooks'] as const satisfies readonly Role[]

function add(state: DigestCompareState, batch: Batch, { likeness }: DigestCompareOptions): DigestCompareState {
  const [digests, observed, looks, observedLooks] = roles.map(role => cellsOf(batch, role))
  for (let i = 0; i < batch.size; i++) {
    const now = observedLooks![i]
    if (now !== undefined && now !== null && parseLooks(textOf(now) ?? '') !== null) state.seen++
    const pair = { digest: digests![i], observed: observed![i], looks: looks![i], observedLooks: now }
    const { fate, apart, of, algorithms } = triage(pair, likeness)
    const k = fates.indexOf(fate)
    state.counts[k]!++
    const most = mostOf(fate)
    if (most > 0) putLowest(state.rows[k]!, batch.rows[i]!, most)
    if (of !== undefined) state[of][apart!]!++
    if (algorithms !== undefined) state.algorithms.set(algorithms, (state.algorithms.get(algorithms) ?? 0) + 1)
  }
  return state
}

const addAll = (to: Float64Array, from: Float64Array): void => from.forEach((n, k) => void (to[k]! += n))

/** Compares the digest that was recorded of each row with the one observed now, and their looks where they differ. */
export default statistic<DigestCompareOptions, DigestCompareState, DigestCompare>({
  id: 'digest-compare',
  title: 'Rows whose bytes are those that were recorded',
  roles: () => roles,
  init: () => ({
    counts: new Float64Array(fates.length),
    rows: fates.map(emptyLowest),
    algorithms: new Map(),
    picture: new Float64Array(bits),
    text: new Float64Array(bits),
    seen: 0,
  }),
  add,
  merge(a, b) {
    addAll(a.counts, b.counts)
    addAll(a.picture, b.picture)
    addAll(a.text, b.text)
    for (const [pair, n] of b.algorithms) a.algorithms.set(pair, (a.algorithms.get(pair) ?? 0) + n)
    fates.forEach((fate, k) => void mergeLowest(a.rows[k]!, b.rows[k]!, mostOf(fate)))
    a.seen += b.seen
    return a
  },
  finish({ counts, rows, algorithms, picture, text, seen }) {
    const listed = fates.flatMap((fate, k) =>
      mostOf(fate) > 0 ? [[fate, Float64Array.from(trimLowest(rows[k]!, mostOf(fate)).kept)] as const] : [],
    )
    return {
      counts: Object.fromEntries(fates.map((fate, k) => [fate, counts[k]!])) as Record<Fate, number>,
      rows: Object.fromEntries(listed),
      algorithms: [...algorithms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
      apart: { picture, text },
      seen,
    }
  },
})
