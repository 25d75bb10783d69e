import { canonical } from '../../core/index.ts'
import type { CopyTrouble, StoredAt } from '../../sources/index.ts'

/** What stood at an address when it was locked: one line of a locked list. Fields that are not known are null. */
export interface UrlRecord {
  readonly url: string
  /** The name that a registry sells; null for numbers and what is no web address. */
  readonly registrableDomain: string | null
  readonly sha256: string | null
  readonly bytes: number | null
  /** Told by content, whatever the server said. */
  readonly mediaType: string | null
  /** How it looks: see `core/looks.ts`. */
  readonly looks: string | null
  /** ISO 8601 in UTC. */
  readonly fetchedAt: string | null
  /** When the domain was last registered, as a snapshot said at that time. */
  readonly registeredAt?: string
  /** Where redirects led. */
  readonly finalUrl?: string
  readonly warc?: StoredAt
  /** Why something is not known although the bytes are, e.g. of a picture that does not decode. */
  readonly remark?: string
  readonly error?: { readonly kind: CopyTrouble; readonly message: string }
}

/** A record as a line, its fields in the order of their names. */
export const recordLine = (record: UrlRecord): string => `${canonical(record)}\n`

/** Columns of a locked list by role, for whoever opens it as a table. */
export const recordRoles = { url: 'url', digest: 'sha256', looks: 'looks', time: 'fetchedAt' } as const

/** What a list says of one row that is to be fetched again. */
export interface Asked {
  readonly row: number
  readonly url: string | null
  readonly digest: string | null
  readonly looks: string | null
}

/** What was seen of one row. */
export interface Seen {
  readonly row: number
  readonly record: UrlRecord
  /** Digest of the bytes as the list spells its own, else SHA-256; null when there are no bytes. */
  readonly observed: string | null
  /** Beginning of the text of a page. */
  readonly text: string | null
}

/** What was seen as a line of a file of observations. */
export const seenLine = ({ row, record, observed, text }: Seen): string =>
  `${canonical({ row, ...record, observed, text: text ?? undefined })}\n`
