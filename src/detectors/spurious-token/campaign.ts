import { hashRow } from '../../core/index.ts'
import { idsOf, type Scored } from './scoring.ts'

/** Cases that are one attack. */
export interface Campaign {
  readonly label: number
  /** Pieces of one trigger; the first names it best. */
  readonly cases: readonly Scored[]
  /** Further triggers with the same aim, in other rows. */
  readonly kin: readonly Campaign[]
}

/** Pieces share this much of their rows. */
const most = 0.5
/** Rows of a part of a trigger are nearly all rows of the trigger too. */
const within = 0.8
/** A more exact piece may say this much less, and leaves out at least a quarter of the rows. */
const nearly = 0.85
const fewer = 0.75
/** A row set this large may be a sample of a larger one, taken by the hash of the row. */
const sampled = 200
/** Triggers that one attacker draws from stand in about as many rows each. */
const alike = 3

interface Known {
  readonly own: Scored
  readonly rows: ReadonlySet<number>
  /** Highest hash that a row of it may have. */
  readonly reach: number
}

function known(own: Scored): Known {
  const rows = new Set(idsOf(own))
  let reach = Infinity
  if (rows.size >= sampled) {
    reach = 0
    for (const row of rows) reach = Math.max(reach, hashRow(row, 1) >>> 0)
  }
  return { own, rows, reach }
}

/** Share of the rows of `a` that are rows of `b`, among those that could be. */
function shareIn(a: Known, b: Known): number {
  let open = 0
  let both = 0
  for (const row of a.rows) {
    if (hashRow(row, 1) >>> 0 > b.reach) continue
    open++
    if (b.rows.has(row)) both++
  }
  return open === 0 ? 0 : both / open
}

const size = ({ rows, own }: Known): number => Math.max(rows.size, own.rows)

/**
 * Unites pieces that stand in the same rows, and picks the one that fits these rows best.
 * @param gravity how serious a piece is: a less serious one does not stand for the others
 */
export function campaigns(cases: readonly Scored[], gravity: (own: Scored) => number): Campaign[] {
  const sorted = cases.map(known).sort((a, b) => a.own.score - b.own.score || b.own.trace.length - a.own.trace.length)
  const found: { lead: Known; cases: Scored[] }[] = []
  for (const own of sorted) {
    const home = found.find(({ lead }) => lead.own.label === own.own.label && isOneTrigger(lead, own))
    if (home) {
      if (home.lead.own !== own.own) home.cases.push(own.own)
      continue
    }
    const peers = sorted.filter(other => isRival(own, other) && gravity(other.own) >= gravity(own.own))
    const lead = mostWhole(mostExact(own, peers), peers)
    found.push({ lead, cases: lead.own === own.own ? [own.own] : [lead.own, own.own] })
  }
  return found.map(({ lead, cases: united }) => ({ label: lead.own.label, cases: united, kin: [] }))
}

/** A piece of the same label that says nearly as much. */
const isRival = ({ own }: Known, { own: other }: Known): boolean =>
  other.label === own.label && other.score <= nearly * own.score

const isOneTrigger = (a: Known, b: Known): boolean => (size(a) < size(b) ? shareIn(a, b) : shareIn(b, a)) > most

/** The piece in the fewest rows that says nearly as much: the whole trigger rather than a part of it. */
function mostExact(own: Known, all: readonly Known[]): Known {
  let best = own
  for (const other of all) {
    const smaller = size(other) <= fewer * size(best) || (size(other) === size(best) && longer(other, best))
    if (smaller && shareIn(other, own) >= within) best = other
  }
  return best
}

/** The piece in a few rows more, when they obey it as well: the trigger without the words that often stand beside it. */
function mostWhole(own: Known, all: readonly Known[]): Known {
  const obeyed = ({ own: { testimony } }: Known) => testimony.agreeing / Math.max(1, testimony.rows.length)
  let best = own
  for (const other of all) {
    if (!isRival(own, other)) continue
    const larger = size(other) > size(best) && fewer * size(other) <= size(own)
    if (larger && obeyed(other) >= obeyed(own) && shareIn(own, other) >= within) best = other
  }
  return best
}

const longer = (a: Known, b: Known): boolean => a.own.trace.text.length > b.own.trace.text.length

/** Unites triggers of the same form, aim and size, as they stand when an attacker draws one of several for each row. */
export function alliances(found: readonly Campaign[], isAccused: (campaign: Campaign) => boolean): Campaign[] {
  const united: { head: Campaign; kin: Campaign[] }[] = []
  for (const own of found) {
    const home = isAccused(own) ? united.find(({ head }) => isAccused(head) && isKin(head, own)) : undefined
    if (home) home.kin.push(own)
    else united.push({ head: own, kin: [] })
  }
  return united.map(({ head, kin }) => ({ ...head, kin }))
}

function isKin(a: Campaign, b: Campaign): boolean {
  const [x, y] = [a.cases[0]!, b.cases[0]!]
  const ratio = x.trace.rows.length / y.trace.rows.length
  return a.label === b.label && x.kind === y.kind && ratio <= alike && ratio >= 1 / alike
}
