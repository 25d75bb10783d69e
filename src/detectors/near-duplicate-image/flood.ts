import {
  type Burst,
  burst,
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
import type { RowSample, Thumbnails } from '../../statistics/index.ts'
import type { Group } from './groups.ts'

/** Smaller groups flood nothing. */
const smallest = 5
/** A flood has a purpose: at least this share of its pictures bear one label. A placeholder bears any. */
const leaning = 0.6
/** A chance below this marks a group as few-handed or sudden. */
const concentrated = Math.log(1e-3)

/** What is known of the rows beside their pictures. */
export interface Traces {
  readonly thumbs: Thumbnails
  readonly sample: RowSample | null
  readonly cells: ReadonlyMap<RowId, Row>
}

/** A group larger than the copies of this table lead to expect. */
export interface Flood {
  readonly group: Group
  readonly senders: (Concentration & { readonly role: Role }) | null
  readonly burst: Burst | null
  /** How many such groups an honest table like this would have. */
  readonly expected: number
}

/** Groups that are large enough, and lean enough, to be judged; the least expected first. */
export function floods(groups: readonly Group[], traces: Traces): Flood[] {
  const sizes = groups.map(({ places }) => places.length)
  const contrary = groups.map(group => labelled(group, traces.thumbs) - group.agreeing)
  const all = groups.reduce((sum, group) => sum + labelled(group, traces.thumbs), 0)
  const disputes = contrary.reduce((sum, n) => sum + n, 0)
  const noted = groups.map(group => ({ group, ...handsOf(group, traces) }))
  return noted
    .flatMap((one, k) => {
      const { group } = one
      const own = labelled(group, traces.thumbs)
      if (group.places.length < smallest || group.agreeing < leaning * own) return []
      const noise = (disputes - contrary[k]! + 1) / (all - own + 2)
      const disputed = contrary[k]! > 0 ? 1 - (1 - noise) ** own : 1
      return [{ ...one, expected: together(sizes, k) * shareAlike(one, noted) * disputed }]
    })
    .sort((a, b) => a.expected - b.expected || b.group.places.length - a.group.places.length)
}

/** Groups that may have come from one hand and are no measure of each other. */
const mostTogether = 4

/**
 * How many groups as large as the nth an honest table would have, by the sizes of the others; or, when that is less, the
 * chance of as many large groups as it is one of, by the sizes of those that are smaller than all of them.
 */
function together(sizes: readonly number[], nth: number): number {
  const alone = expectedLarger(sizes)(sizes[nth]!)
  let least = alone
  for (let count = Math.max(2, nth + 1); count <= Math.min(mostTogether, sizes.length); count++) {
    const size = sizes[count - 1]!
    const expected = expectedLarger([size, ...sizes.slice(count)])(size)
    // The tail of a Poisson count, bounded by its first term, for each number of groups that is tried.
    let tail = 1
    for (let k = 1; k <= count; k++) tail *= expected / k
    least = Math.min(least, mostTogether * tail)
  }
  return least
}

const labelled = ({ places }: Group, { label }: Thumbnails): number => places.filter(i => label[i]! >= 0).length

type Hands = Pick<Flood, 'senders' | 'burst'>

function handsOf({ places }: Group, { thumbs, sample, cells }: Traces): Hands {
  if (!sample || places.length < smallest) return { senders: null, burst: null }
  const rows = places.flatMap(i => cells.get(thumbs.rows[i]!) ?? [])
  const few = (['source', 'actor'] as const).flatMap(role => {
    const known = valuesOf(sample.cells.get(role) ?? [])
    const own = valuesOf(rows.map(row => row[role]))
    const found = own.length >= smallest && new Set(known).size > 1 ? fewSenders(own, tally(known)) : null
    return found && found.logChance < concentrated ? [{ ...found, role }] : []
  })
  const times = Float64Array.from((sample.cells.get('time') ?? []).map(timeOf).filter(t => t !== null)).sort()
  const soon = burst(
    rows.map(row => row.time),
    times,
  )
  return {
    senders: few.sort((a, b) => a.logChance - b.logChance)[0] ?? null,
    burst: soon && soon.logChance < concentrated ? soon : null,
  }
}

const valuesOf = (cells: readonly Parameters<typeof labelOf>[0][]): string[] =>
  cells.map(labelOf).filter(value => value !== null)

/** Share of groups that are as few-handed and as sudden as this one; a table with few groups starts from one in ten. */
function shareAlike(one: Hands, all: readonly Hands[]): number {
  if (!one.senders && !one.burst) return 1
  const others = all.filter(o => o !== one)
  const alike = others.filter(o => (!one.senders || o.senders) && (!one.burst || o.burst)).length
  return (alike + 0.5) / (others.length + 5)
}
