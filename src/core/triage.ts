import { algorithmOf, comparable, readDigest } from './digests.ts'
import { looksApart, parseLooks } from './looks.ts'
import { type Cell, textOf } from './table.ts'

/**
 * What became of a row: the same bytes; other bytes that look the same (`near`); other bytes that look different
 * (`changed`); other bytes that cannot be looked at though the recorded ones could (`blank`); other bytes whose looks
 * nobody recorded (`unseen`); digests of two algorithms (`unlike`); nothing recorded (`added`) or nothing observed
 * (`removed`); neither (`empty`); text that is no digest (`unread`).
 */
export const fates = [
  'same',
  'near',
  'changed',
  'blank',
  'unseen',
  'unlike',
  'added',
  'removed',
  'empty',
  'unread',
] as const
export type Fate = (typeof fates)[number]

/** Bits in which looks may differ and still be those of one thing. */
export interface Likeness {
  readonly picture: number
  readonly text: number
}

/** What was recorded of a row and what was observed. */
export interface Pair {
  readonly digest: Cell | undefined
  readonly observed: Cell | undefined
  readonly looks: Cell | undefined
  readonly observedLooks: Cell | undefined
}

/** The fate of a row; `apart` and `of` tell the bits between looks of the same kind, `algorithms` those that differ. */
export interface Triage {
  readonly fate: Fate
  readonly apart?: number
  readonly of?: 'picture' | 'text'
  readonly algorithms?: string
}

const given = (cell: Cell | undefined): boolean => (textOf(cell)?.trim() ?? '') !== ''
const same: Triage = { fate: 'same' }

/** Compares what was recorded with what was observed. */
export function triage(pair: Pair, likeness: Likeness): Triage {
  const [a, b] = [readDigest(pair.digest), readDigest(pair.observed)]
  if (a !== null && b !== null && a.hex === b.hex && comparable(a, b)) return same
  const [recorded, observed] = [given(pair.digest), given(pair.observed)]
  if (!recorded || !observed) return { fate: recorded ? 'removed' : observed ? 'added' : 'empty' }
  if (a === null || b === null) return { fate: 'unread' }
  if (!comparable(a, b)) return { fate: 'unlike', algorithms: `${algorithmOf(a)} and ${algorithmOf(b)}` }
  return byLooks(pair, likeness)
}

/** The fate of a row whose bytes are others. */
export function byLooks({ looks, observedLooks }: Pair, likeness: Likeness): Triage {
  const before = parseLooks(textOf(looks) ?? '')
  const now = parseLooks(textOf(observedLooks) ?? '')
  if (before === null) return { fate: 'unseen' }
  if (now === null) return { fate: 'blank' }
  const apart = looksApart(before, now)
  if (apart === null) return { fate: 'changed' }
  return { fate: apart <= likeness[before.of] ? 'near' : 'changed', apart, of: before.of }
}
