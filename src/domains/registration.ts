import { type Plain, timeOf } from '../core/index.ts'
import { registrableDomain } from './site.ts'

/** What a registry said of a domain. */
export interface Registration {
  readonly domain: string
  /** Milliseconds since 1970 when it was last registered anew; null when the registry does not say. */
  readonly registeredAt: number | null
  readonly expiresAt: number | null
  readonly checkedAt: number | null
  /** False when nobody held it (the registry answered that there is no such domain). */
  readonly held: boolean
}

/** A snapshot of registrations, by domain. */
export interface Registrations {
  readonly byDomain: Map<string, Registration>
  /** Lines that tell nothing, the first of them with the reason. */
  bad: number
  readonly defects: { readonly line: number; readonly message: string }[]
}

/** Longest line read: an RDAP answer with all its notices has some tens of kilobytes. */
const mostLine = 1 << 20
const mostEvents = 1000
const mostDefects = 100

export const emptyRegistrations = (): Registrations => ({ byDomain: new Map(), bad: 0, defects: [] })

/** Adds a line of a snapshot. Of several answers about a domain the one checked last counts, then the later line. */
export function addRegistration(to: Registrations, text: string, line: number): void {
  if (text.trim() === '') return
  const read = text.length > mostLine ? 'the line is longer than an answer can be' : readLine(text)
  if (typeof read === 'string') {
    to.bad++
    if (to.defects.length < mostDefects) to.defects.push({ line, message: read })
    return
  }
  const before = to.byDomain.get(read.domain)
  if (!before || (read.checkedAt ?? 0) >= (before.checkedAt ?? 0)) to.byDomain.set(read.domain, read)
}

function readLine(text: string): Registration | string {
  try {
    const value: Plain = JSON.parse(text)
    return readRegistration(value)
  } catch {
    return 'the line is no JSON'
  }
}

type Fields = Readonly<Record<string, Plain>>
const fieldsOf = (value: Plain | undefined): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

/**
 * Reads an answer: `{domain, registeredAt, expiresAt, checkedAt}`, a domain object of RFC 9083, one of these with
 * `answer` inside, or `{domain, errorCode: 404}` for a domain that nobody holds. Dates that are missing or redacted are
 * unknown.
 * @returns the registration, or what is wrong
 */
export function readRegistration(value: Plain): Registration | string {
  const fields = fieldsOf(value)
  if (!fields) return 'the line is no object'
  const answer = fieldsOf(fields.answer) ?? fields
  const name = [fields.domain, answer.domain, answer.ldhName, answer.unicodeName].find(n => typeof n === 'string')
  if (name === undefined) return 'no domain is named'
  const domain = registrableDomain(`http://${name}/`)
  if (domain === null) return 'what is named is no domain that a registry sells'
  const events = eventsOf(answer.events)
  return {
    domain,
    registeredAt: timeOf(fields.registeredAt) ?? latest(events, ['registration', 'reregistration']),
    expiresAt: timeOf(fields.expiresAt) ?? latest(events, ['expiration']),
    checkedAt: timeOf(fields.checkedAt) ?? latest(events, ['last update of rdap database']),
    held: Number(answer.errorCode) !== 404,
  }
}

interface Event {
  readonly action: string
  readonly ms: number
}

function eventsOf(value: Plain | undefined): Event[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, mostEvents).flatMap(one => {
    const event = fieldsOf(one)
    const ms = typeof event?.eventDate === 'string' ? timeOf(event.eventDate) : null
    return ms === null || typeof event?.eventAction !== 'string'
      ? []
      : [{ action: event.eventAction.trim().toLowerCase(), ms }]
  })
}

function latest(events: readonly Event[], actions: readonly string[]): number | null {
  const times = events.filter(e => actions.includes(e.action)).map(e => e.ms)
  return times.length > 0 ? Math.max(...times) : null
}

/** What stands in a `registered` cell when nobody holds the domain. */
export const lapsed = 'lapsed'

/**
 * A registration as the cell of a `registered` column: a date, `lapsed` when nobody held the domain, or when it expired
 * more than the registries' grace and redemption periods (80 days) before it was checked; null when unknown.
 */
export function registeredCell(registration: Registration): string | null {
  const known = cells.get(registration)
  if (known !== undefined) return known
  const cell = written(registration)
  cells.set(registration, cell)
  return cell
}

/** Cells written lately: a list asks for those of few domains many times. */
const cells = new WeakMap<Registration, string | null>()

function written({ registeredAt, expiresAt, checkedAt, held }: Registration): string | null {
  if (!held) return lapsed
  if (expiresAt !== null && checkedAt !== null && checkedAt - expiresAt > 80 * 86_400_000) return lapsed
  return registeredAt === null ? null : new Date(registeredAt).toISOString()
}
