import { type Plain, timeOf } from '../core/index.ts'
import { type Book, emptyBook, placeIn, sharedBook, writeDown } from './book.ts'
import { domainOnce } from './site.ts'

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

/** A snapshot of registrations. */
export interface Registrations {
  /** When each domain was registered; `unknown` and `never` stand for what is no moment. */
  readonly book: Book
  /** Lines that tell nothing, the first of them with the reason. */
  bad: number
  readonly defects: { readonly line: number; readonly message: string }[]
}

/** Longest line read: an RDAP answer with all its notices has some tens of kilobytes. */
const mostLine = 1 << 20
const mostEvents = 1000
const mostDefects = 100

/** Moments that are none: nobody told, and nobody held the domain. */
const unknown = Number.NaN
const never = Number.NEGATIVE_INFINITY

/** A snapshot that tells nothing yet. */
export const emptyRegistrations = (): Registrations => ({ book: emptyBook(), bad: 0, defects: [] })

/** The snapshot in memory that threads can share. */
export const sharedRegistrations = (all: Registrations): Registrations => ({ ...all, book: sharedBook(all.book) })

/** Domains that the snapshot tells of. */
export const domainsIn = ({ book }: Registrations): number => book.count[0]!

/** Whether the snapshot tells of a domain. */
export const isKnown = ({ book }: Registrations, domain: string): boolean => placeIn(book, domain) >= 0

/** What the snapshot tells of a domain, as the cell of a `registered` column; null when it does not know. */
export function registeredOn({ book }: Registrations, domain: string): string | null {
  const place = placeIn(book, domain)
  return place < 0 ? null : cellOf(book.told[place]!)
}

/** Adds a line of a snapshot. Of several answers about a domain the one checked last counts, then the later line. */
export function addRegistration(to: Registrations, text: string, line: number): void {
  if (text.trim() === '') return
  const read = text.length > mostLine ? 'the line is longer than an answer can be' : readLine(text)
  if (typeof read === 'string') {
    to.bad++
    if (to.defects.length < mostDefects) to.defects.push({ line, message: read })
    return
  }
  writeDown(to.book, read.domain, momentOf(read), read.checkedAt ?? 0)
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
  const domain = domainOnce(name)
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
 * When a domain was registered. Nobody held it also when it expired more than the registries' grace and redemption
 * periods (80 days) before it was checked.
 */
function momentOf({ registeredAt, expiresAt, checkedAt, held }: Registration): number {
  if (!held) return never
  if (expiresAt !== null && checkedAt !== null && checkedAt - expiresAt > 80 * 86_400_000) return never
  return registeredAt ?? unknown
}

/** A registration as the cell of a `registered` column: a date, `lapsed` when nobody held it, null when unknown. */
export const registeredCell = (registration: Registration): string | null => cellOf(momentOf(registration))

/** Dates written lately: many domains were registered on the same days, and the same ones are asked for again. */
const mostDates = 1 << 14
const dates = new Map<number, string>()

function cellOf(moment: number): string | null {
  if (moment === never) return lapsed
  if (Number.isNaN(moment)) return null
  const known = dates.get(moment)
  if (known !== undefined) return known
  if (dates.size >= mostDates) dates.clear()
  const date = new Date(moment).toISOString()
  dates.set(moment, date)
  return date
}
