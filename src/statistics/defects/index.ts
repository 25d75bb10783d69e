import { type Defect, statistic } from '../../core/index.ts'

export interface DefectsOptions {
  /** Places kept of each kind; 20 when absent. */
  readonly places?: number
}

/** What is wrong with the bytes, by kind. */
export interface Defects {
  /** Rows that were read. */
  readonly rows: number
  /** Records that could not be judged at all. */
  readonly lost: number
  /** By falling lost count, then by falling count. */
  readonly kinds: readonly DefectKind[]
}

export interface DefectKind {
  readonly kind: string
  readonly count: number
  readonly lost: number
  /** The first ones, in the order of the table; lost records before repaired ones. */
  readonly places: readonly Defect[]
}

interface Kind {
  count: number
  lost: number
  places: Defect[]
}
export interface DefectsState {
  rows: number
  kinds: Map<string, Kind>
}

const mostMessage = 300

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const inOrder = (a: Defect, b: Defect): number =>
  Number(b.lost) - Number(a.lost) ||
  a.row - b.row ||
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  text(a.message, b.message)

const first = (places: Defect[], most: number): Defect[] => places.sort(inOrder).slice(0, most)

function kindOf(state: DefectsState, name: string): Kind {
  let kind = state.kinds.get(name)
  if (!kind) state.kinds.set(name, (kind = { count: 0, lost: 0, places: [] }))
  return kind
}

export default statistic<DefectsOptions, DefectsState, Defects>({
  id: 'defects',
  title: 'What is wrong with the bytes, and where',
  roles: () => [],
  init: () => ({ rows: 0, kinds: new Map() }),
  add(state, batch, { places = 20 }) {
    state.rows += batch.size
    for (const defect of batch.defects) {
      const kind = kindOf(state, defect.kind)
      const records = defect.records ?? 1
      kind.count += records
      if (defect.lost) kind.lost += records
      kind.places.push({ ...defect, message: defect.message.slice(0, mostMessage) })
      if (kind.places.length > 2 * places + 16) kind.places = first(kind.places, places)
    }
    return state
  },
  merge(a, b, { places = 20 }) {
    a.rows += b.rows
    for (const [name, kind] of b.kinds) {
      const own = kindOf(a, name)
      own.count += kind.count
      own.lost += kind.lost
      own.places = first(own.places.concat(kind.places), places)
    }
    return a
  },
  finish({ rows, kinds }, { places = 20 }) {
    const named = [...kinds].map(([kind, k]) => ({
      kind,
      count: k.count,
      lost: k.lost,
      places: first(k.places, places),
    }))
    named.sort((a, b) => b.lost - a.lost || b.count - a.count || text(a.kind, b.kind))
    return { rows, lost: named.reduce((sum, k) => sum + k.lost, 0), kinds: named }
  },
})
