import {
  type Burst,
  burst,
  type Cell,
  type Concentration,
  expectedLarger,
  fewSenders,
  labelOf,
  type Role,
  type Row,
  type RowId,
  tally,
  timeOf,
} from '../../core/index.ts'
import type { Cluster, RowSample } from '../../statistics/index.ts'

/** A chance below this marks a group as concentrated; how common such groups are is then counted in the table itself. */
const concentrated = Math.log(1e-3)
/** Smaller groups cannot show a concentration. */
const smallest = 4

/** A group of copies with everything that speaks for a campaign. */
export interface Suspect {
  readonly cluster: Cluster
  readonly label: { readonly value: string; readonly share: number } | null
  readonly senders: (Concentration & { readonly role: Role }) | null
  readonly burst: Burst | null
  /** Rows whose label is not the group's. */
  readonly contrary: readonly RowId[]
  /** Rows with a label. */
  readonly labelled: number
  /** How many such groups an honest table like this would have. */
  readonly expected: number
}

type Traces = Pick<Suspect, 'senders' | 'burst'>

/** What is known of the table beside its copies. */
export interface Surroundings {
  readonly sample: RowSample | null
  readonly cells: ReadonlyMap<RowId, Row>
}

/** Every group that is large enough to be judged, the least expected first. */
export function suspects(clusters: readonly Cluster[], { sample, cells }: Surroundings): Suspect[] {
  const larger = expectedLarger(clusters.map(c => c.size))
  const values = (role: Role): string[] => (sample?.cells.get(role) ?? []).map(labelOf).filter(v => v !== null)
  const senders = (['source', 'actor'] as const).map(role => ({ role, counts: tally(values(role)) }))
  const times = timesOf(sample)
  const seen = clusters.filter(c => c.rows.some(row => cells.has(row)))
  const noted = seen.map(cluster => {
    const rows = cluster.rows.flatMap(row => cells.get(row) ?? [])
    const column = (role: Role): (Cell | undefined)[] => rows.map(row => row[role])
    const few = senders.flatMap(({ role, counts }) => {
      const own = column(role)
        .map(labelOf)
        .filter(v => v !== null)
      const found = own.length >= smallest && counts.size > 1 ? fewSenders(own, counts) : null
      return found && found.logChance < concentrated ? [{ ...found, role }] : []
    })
    const best = few.sort((a, b) => a.logChance - b.logChance)[0] ?? null
    const soon = burst(column('time'), times)
    return { cluster, senders: best, burst: soon && soon.logChance < concentrated ? soon : null }
  })
  const told = noted.map(one => ({ ...one, ...labels(one.cluster, cells) }))
  const contrary = told.reduce((sum, o) => sum + o.contrary.length, 0)
  const labelled = told.reduce((sum, o) => sum + o.labelled, 0)
  return told
    .map(one => {
      const noise = (contrary - one.contrary.length + 1) / (labelled - one.labelled + 2)
      const disputed = one.contrary.length > 0 ? 1 - (1 - noise) ** one.labelled : 1
      return { ...one, expected: larger(one.cluster.size) * shareAlike(one, told) * disputed }
    })
    .sort((a, b) => a.expected - b.expected || b.cluster.size - a.cluster.size)
}

/** Share of groups that are as few-handed and as sudden as this one; a table with few groups starts from one in ten. */
function shareAlike(one: Traces, all: readonly Traces[]): number {
  if (!one.senders && !one.burst) return 1
  const others = all.filter(o => o !== one)
  const alike = others.filter(o => (!one.senders || o.senders) && (!one.burst || o.burst)).length
  return (alike + 0.5) / (others.length + 5)
}

function timesOf(sample: RowSample | null): Float64Array {
  return Float64Array.from((sample?.cells.get('time') ?? []).map(timeOf).filter(t => t !== null)).sort()
}

function labels(cluster: Cluster, cells: ReadonlyMap<RowId, Row>): Pick<Suspect, 'label' | 'contrary' | 'labelled'> {
  const own = cluster.rows.map(row => ({ row, label: labelOf(cells.get(row)?.label) })).filter(r => r.label !== null)
  const [top] = [...tally(own.map(r => r.label!))].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  if (!top) return { label: null, contrary: [], labelled: 0 }
  const contrary = own.filter(r => r.label !== top[0]).map(r => r.row)
  return { label: { value: top[0], share: top[1] / own.length }, contrary, labelled: own.length }
}
