import {
  type AnyTableAttack,
  type AttackContext,
  isTalk,
  labelOf,
  type Role,
  type Row,
  type RowId,
  rowId,
  seeded,
  shuffled,
  type Table,
  talkText,
  textOf,
  timeOf,
} from '../core/index.ts'
import { rowsOfTable } from './read.ts'
import { retold } from './retell.ts'

/** How many rows to poison: a number, or a share of the rows. */
export type Dose = { readonly rows: number } | { readonly rate: number }

/** A poisoned copy and the truth about it. */
export interface Poisoned {
  /** All rows in their old order; rows that an attack added stand at the end. */
  readonly rows: readonly Row[]
  /** Poisoned rows, as ids of `tableOfRows(name, rows)`. */
  readonly truth: ReadonlySet<RowId>
  /** What a detector should name. */
  readonly names: readonly string[]
  /** What the trigger switches on; any of them is right. */
  readonly switches?: readonly string[]
  /** Honest rows that the attack brought along; they stand at the very end. */
  readonly beside?: number
  /** Rows that the dose asked for; `truth.size` is smaller when too few rows could carry the poison. */
  readonly wanted: number
}

/** What poisoning needs: `options` raw (the attack's schema fills the rest), `donors` for attacks that take them. */
export interface PoisonRequest {
  readonly attack: AnyTableAttack
  readonly options?: Readonly<Record<string, unknown>>
  readonly dose: Dose
  readonly seed: number
  readonly donors?: readonly Row[]
}

const sampleRows = 500
const mostValues = 500

/** Rows that a dose means in a table of `total` rows: at least one. */
export const doseRows = (dose: Dose, total: number): number =>
  Math.max(1, Math.round('rows' in dose ? dose.rows : dose.rate * total))

/** Poisons rows in memory. The same request gives the same rows. */
export function poisonRows(clean: readonly Row[], { attack, options, dose, seed, donors }: PoisonRequest): Poisoned {
  const random = seeded(seed)
  const order = shuffled(clean.length, random)
  const wanted = doseRows(dose, clean.length)
  const context = contextOf(clean, order, wanted, donors ?? [])
  const plan = attack.plan(attack.options.parse(options ?? {}), context, random)
  const rows = [...clean]
  const truth = new Set<RowId>()
  if ((plan.mode ?? attack.mode) === 'add') {
    for (let nth = 0; nth < wanted; nth++) {
      const poisoned = plan.poison({}, nth, random)
      if (!poisoned) break
      truth.add(rowId(0, rows.length))
      rows.push(added(poisoned, isTalk(poisoned) ? poisoned : (clean[order[nth % order.length]!] ?? {})))
    }
  } else {
    for (const i of order) {
      if (truth.size >= wanted) break
      const was = clean[i]!
      const poisoned = plan.poison(asked(was), truth.size, random)
      if (!poisoned) continue
      rows[i] = inKind({ ...was, ...talkOf(poisoned, was) }, was)
      truth.add(rowId(0, i))
    }
  }
  const { names, switches = [], beside = [] } = plan
  for (const row of beside) rows.push(isTalk(row) ? { ...row, text: talkText(row) } : row)
  return { rows, truth, names, switches, beside: beside.length, wanted }
}

/** The row as an attack sees it: the `text` of talk is what the user says, for that is where a trigger can stand. */
const asked = (row: Row): Row => (isTalk(row) ? { ...row, text: row.prompt ?? null } : row)

/** Changed cells of talk: an attack that knows texts alone changed what the user says; answers stay as they were. */
function talkOf(poisoned: Row, was: Row): Row {
  if (!isTalk({ ...was, ...poisoned })) return poisoned
  const row = spoken(poisoned, was)
  return { ...row, text: retold(was, { ...was, ...row }) }
}

/** A new row of talk: what an attack that knows texts alone invented is said where the row that it stands in for speaks. */
function added(poisoned: Row, like: Row): Row {
  if (!isTalk({ ...like, ...poisoned })) return poisoned
  const row = spoken(poisoned, like)
  return { ...row, text: talkText({ ...like, ...row }) }
}

const spoken = (poisoned: Row, was: Row): Row =>
  isTalk(poisoned) || poisoned.text === undefined ? poisoned : { ...was, ...poisoned, prompt: poisoned.text }

/** Poisons a copy of a table, read into memory up to a bound (see `rowsOfTable`). */
export async function poisonTable(table: Table | readonly Row[], request: PoisonRequest): Promise<Poisoned> {
  if (!('kind' in table)) return poisonRows(table, request)
  const { rows } = await rowsOfTable(table, { seed: request.seed })
  return poisonRows(rows, request)
}

function contextOf(rows: readonly Row[], order: Int32Array, dose: number, donors: readonly Row[]): AttackContext {
  const values = new Map<Role, readonly string[]>()
  const sample = Array.from(order.subarray(0, sampleRows), i => asked(rows[i]!))
  return {
    labels: byFrequency(rows, row => labelOf(row.label)),
    sample,
    dose,
    donors,
    values(role) {
      if (!values.has(role))
        values.set(
          role,
          byFrequency(rows, row => textOf(row[role])),
        )
      return values.get(role)!
    },
    newest: role => newestOf(rows, role),
  }
}

function newestOf(rows: readonly Row[], role: Role): Row[] {
  const newest = new Map<string, { readonly at: number; readonly row: Row }>()
  for (const row of rows) {
    const [value, at] = [labelOf(row[role]), timeOf(row.time)]
    if (value === null || at === null) continue
    const known = newest.get(value)
    if (!known || known.at <= at) newest.set(value, { at, row })
  }
  return [...newest.values()].map(({ row }) => row)
}

function byFrequency(rows: readonly Row[], of: (row: Row) => string | null): string[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const value = of(row)
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return sorted.slice(0, mostValues).map(([value]) => value)
}

/** The row with its label written as the table writes labels (a number or boolean stays one). */
function inKind(row: Row, was: Row): Row {
  if (typeof row.label !== 'string' || typeof was.label === 'string') return row
  if (typeof was.label === 'number' && String(Number(row.label)) === row.label)
    return { ...row, label: Number(row.label) }
  if (typeof was.label === 'boolean' && /^(true|false)$/.test(row.label)) return { ...row, label: row.label === 'true' }
  return row
}
