import { canonical, Fault, type GatheredChoice, type HeldReason } from '../../core/index.ts'
import type { PageRevision } from './records.ts'

/** A revision as a choice names it. */
export interface NamedRevision {
  readonly revision: string
  /** The content's SHA-1 as the table writes it, null when the wiki removed it. */
  readonly sha1: string | null
  /** ISO 8601, UTC. */
  readonly time: string
}

/** One page of a choice: what to take, why it is not the newest, and what the newest was. No revision: held out. */
export interface ChoiceLine extends Partial<NamedRevision> {
  readonly page: string
  readonly held?: HeldReason
  readonly newest?: NamedRevision
}

const named = ({ id, digest, time }: PageRevision): NamedRevision => ({
  revision: id,
  sha1: digest,
  time: new Date(time).toISOString().replace('.000Z', 'Z'),
})

/** The line of a page. */
export const lineOf = (page: string, choice: GatheredChoice<PageRevision>): ChoiceLine => ({
  page,
  ...(choice.chosen ? named(choice.chosen) : {}),
  ...(choice.held ? { held: choice.held } : {}),
  ...(choice.held && choice.newest ? { newest: named(choice.newest) } : {}),
})

export const writtenLine = (line: ChoiceLine): string => `${canonical(line)}\n`

/** Reads a line of a choice that was written before. Throws `bad-snapshot`. */
export function readLine(text: string, where: string): ChoiceLine {
  const bad = (why: string) =>
    new Fault('bad-snapshot', `${where}: ${why}.`, 'Write the choice again with bezoar snapshot -o.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw bad('not a line of JSON')
  }
  if (!isRecord(value) || typeof value.page !== 'string') throw bad('not a page of a choice')
  const { page, held, newest } = value
  if (held !== undefined && !isHeld(held)) throw bad('an unknown reason to hold')
  const own = value.revision === undefined ? null : revisionIn(value)
  const naive = newest === undefined ? null : revisionIn(newest)
  if ((value.revision !== undefined && !own) || (newest !== undefined && !naive))
    throw bad('a revision without its time')
  return { page, ...own, ...(held ? { held } : {}), ...(naive ? { newest: naive } : {}) }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const reasons: readonly HeldReason[] = ['young', 'reverted', 'removed', 'new', 'later']
const isHeld = (value: unknown): value is HeldReason => reasons.some(reason => reason === value)

function revisionIn(value: unknown): NamedRevision | null {
  if (!isRecord(value)) return null
  const { revision, sha1, time } = value
  if (typeof revision !== 'string' || typeof time !== 'string' || Number.isNaN(Date.parse(time))) return null
  return { revision, sha1: typeof sha1 === 'string' ? sha1 : null, time }
}
