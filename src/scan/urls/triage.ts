import {
  type Batch,
  cellsOf,
  isForSale,
  type Row,
  sameLooks,
  type Table,
  textOf,
  timeOf,
  triage,
} from '../../core/index.ts'
import type { Registrations } from '../../domains/index.ts'
import { ObservedLines, type ObservedRow } from './observed-lines.ts'
import { registeredOf } from './registrations.ts'

/** What became of a row of a list, from harmless to hostile; the last two are not known to be either. */
export const urlFates = [
  'identical',
  're-encoded',
  'changed',
  're-registered',
  'parked',
  'gone',
  'not-fetched',
] as const
export type UrlFate = (typeof urlFates)[number]

/** One row of a list with its fate. */
export interface JudgedUrl {
  readonly row: number
  readonly url: string
  readonly fate: UrlFate
  /** Why, in a sentence without a full stop. */
  readonly reason: string
  /** The cells of the list by role. */
  readonly cells: Readonly<Row>
}

/** Reasons for having seen nothing that say that nothing stands there any more. */
const gone = new Set(['gone', 'no-host', 'empty'])

/** Judges each row of a list by what was observed of it, in the order of the rows. */
export async function* triageUrls(
  table: Table,
  observed: string,
  registrations: Registrations | null,
): AsyncGenerator<JudgedUrl> {
  const lines = new ObservedLines(observed)
  try {
    for await (const batch of table.batches()) {
      const rows = await lines.beside(batch)
      for (let i = 0; i < batch.size; i++) yield judged(batch, i, rows[i]!, registrations)
    }
  } finally {
    await lines.close()
  }
}

function judged(batch: Batch, i: number, now: ObservedRow | null, registrations: Registrations | null): JudgedUrl {
  const cells: Record<string, unknown> = {}
  for (const [role, column] of batch.columns) cells[role] = column[i]
  const url = textOf(cellsOf(batch, 'url')[i]) ?? ''
  const about = { row: batch.rows[i]!, url, cells: cells as Row }
  const told = { ...fateOf(batch, i, now), ...about }
  if (told.fate === 'identical' || told.fate === 'gone' || told.fate === 'not-fetched') {
    const since = told.fate === 'identical' ? null : newOwner(batch, i, registrations)
    return since === null ? told : { ...told, reason: `${told.reason}; its domain was registered anew on ${since}` }
  }
  if (now?.text && isForSale(now.text))
    return { ...about, fate: 'parked', reason: 'a page that offers the domain for sale' }
  const since = newOwner(batch, i, registrations)
  if (since === null || told.fate === 're-encoded') return told
  return { ...about, fate: 're-registered', reason: `${told.reason}; its domain was registered anew on ${since}` }
}

type Told = Pick<JudgedUrl, 'fate' | 'reason'>

function fateOf(batch: Batch, i: number, now: ObservedRow | null): Told {
  if (now === null) return { fate: 'not-fetched', reason: 'nobody looked at it' }
  if (now.observed === null) {
    const { kind, message } = now.error ?? { kind: 'absent', message: 'nothing was seen' }
    return { fate: gone.has(kind) ? 'gone' : 'not-fetched', reason: `${kind}: ${message}` }
  }
  const [digest, looks] = [cellsOf(batch, 'digest')[i], cellsOf(batch, 'looks')[i]]
  const { fate, apart } = triage({ digest, observed: now.observed, looks, observedLooks: now.looks }, sameLooks)
  if (fate === 'same') return { fate: 'identical', reason: 'the recorded bytes' }
  if (fate === 'near')
    return { fate: 're-encoded', reason: `other bytes that look the same (${apart} of 64 bits differ)` }
  if (fate === 'changed' || fate === 'blank' || fate === 'unseen')
    return { fate: 'changed', reason: changes[fate](apart) }
  return { fate: 'not-fetched', reason: unread[fate] }
}

const changes = {
  changed: (apart: number | undefined) =>
    `other bytes that look different${apart === undefined ? '' : ` (${apart} of 64 bits differ)`}`,
  blank: () => 'other bytes that cannot be looked at',
  unseen: () => 'other bytes, and the list does not record how the first ones looked',
}

const unread = {
  unlike: 'the list records a digest of another algorithm',
  added: 'the list records no digest',
  removed: 'nothing was seen',
  empty: 'the list records no digest',
  unread: 'the list records what is no digest',
}

/** The day on which the domain was registered anew after the row was recorded; null when it was not, as far as known. */
function newOwner(batch: Batch, i: number, registrations: Registrations | null): string | null {
  const cell = registrations && registeredOf(cellsOf(batch, 'url')[i], registrations)
  const [since, recorded] = [timeOf(cell ?? null), timeOf(cellsOf(batch, 'time')[i])]
  return since !== null && recorded !== null && since > recorded ? new Date(since).toISOString().slice(0, 10) : null
}
