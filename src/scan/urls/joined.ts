import type { Batch, Cell, Column, Plain, Reopen, Role, Table } from '../../core/index.ts'
import { type Book, type Registrations, registeredOn, sharedRegistrations, sitesOf } from '../../domains/index.ts'
import { ObservedLines, type ObservedRow } from './observed-lines.ts'
import { readRegistrations } from './registrations.ts'

/** Files with what is known of the addresses of a table. */
export interface Joins {
  /** Snapshot of what registries said: gives the role `registered`. */
  readonly rdap?: string
  /**
   * Observations of the rows: gives the roles `observed` and `observedLooks`, and `text` of the pages that stand there
   * now. Of the table itself only what was recorded of the addresses stays.
   */
  readonly observed?: string
}

/** Roles of what a list recorded of its addresses. */
const recorded: readonly Role[] = ['url', 'digest', 'looks', 'time', 'registered']

/** A table with what the files of `joins` say of its addresses, joined row by row; it streams as the table does. */
export async function joinUrls(table: Table, joins: Joins): Promise<Table> {
  const registrations = joins.rdap === undefined ? null : sharedRegistrations(await readRegistrations(joins.rdap))
  return joined(table, joins, registrations)
}

function joined(table: Table, joins: Joins, registrations: Registrations | null): Table {
  const own = joins.observed === undefined ? [...table.roles] : recorded.filter(role => table.roles.has(role))
  const added: Role[] = [
    ...(joins.observed === undefined ? [] : (['observed', 'observedLooks', 'text'] as const)),
    ...(registrations && table.roles.has('url') ? (['registered'] as const) : []),
  ]
  const { reopen } = table
  const columns = table.columns.map(
    ({ name, role, because }): Column =>
      role && own.includes(role) && !added.includes(role) ? { name, role, ...(because ? { because } : {}) } : { name },
  )
  return {
    ...table,
    columns: [...columns, ...added.map(role => ({ name: role, role, because: 'joined' }))],
    roles: new Set([...own, ...added]),
    batches: take => joinedBatches(table, joins.observed, registrations, own, take),
    ...(reopen ? { reopen: reopenOf(reopen, joins, registrations) } : {}),
  }
}

const reopenOf = (reopen: Reopen, joins: Joins, registrations: Registrations | null): Reopen => ({
  module: import.meta.url,
  spec: { reopen: reopen as unknown as Plain, joins: joins as unknown as Plain },
  ...(registrations ? { shared: registrations.book } : {}),
})

/**
 * Opens in another thread the table that plain data describes.
 * @param shared the snapshot that the first thread has read, so that this one need not
 * @public
 */
export async function open(spec: Plain, shared?: Reopen['shared']): Promise<Table> {
  const { reopen, joins } = spec as unknown as { readonly reopen: Reopen; readonly joins: Joins }
  const module = (await import(reopen.module)) as { open(spec: Plain, shared?: Reopen['shared']): Promise<Table> }
  const table = await module.open(reopen.spec, reopen.shared)
  return shared ? joined(table, joins, { book: shared as Book, bad: 0, defects: [] }) : joinUrls(table, joins)
}

async function* joinedBatches(
  table: Table,
  path: string | undefined,
  registrations: Registrations | null,
  own: readonly Role[],
  take?: (index: number) => boolean,
): AsyncGenerator<Batch> {
  const lines = path === undefined ? null : new ObservedLines(path)
  try {
    for await (const batch of table.batches(take)) {
      const columns = new Map(own.map(role => [role, batch.columns.get(role) ?? []]))
      if (lines) addObserved(columns, await lines.beside(batch))
      if (registrations && table.roles.has('url')) columns.set('registered', registeredCells(batch, registrations))
      yield { ...batch, columns }
    }
  } finally {
    await lines?.close()
  }
}

function addObserved(columns: Map<Role, readonly Cell[]>, rows: readonly (ObservedRow | null)[]): void {
  columns.set(
    'observed',
    rows.map(row => row?.observed ?? null),
  )
  columns.set(
    'observedLooks',
    rows.map(row => row?.looks ?? null),
  )
  columns.set(
    'text',
    rows.map(row => row?.text ?? null),
  )
}

/** What the table says itself stands where the snapshot says nothing. */
function registeredCells(batch: Batch, registrations: Registrations): Cell[] {
  const urls = batch.columns.get('url') ?? []
  const before = batch.columns.get('registered')
  const { sites, places } = sitesOf(urls)
  const known = sites.map(({ domain }) => registeredOn(registrations, domain))
  const cells: Cell[] = new Array(batch.size).fill(null)
  for (let i = 0; i < batch.size; i++) {
    const place = places[i] ?? -1
    cells[i] = (place < 0 ? null : known[place]!) ?? before?.[i] ?? null
  }
  return cells
}
