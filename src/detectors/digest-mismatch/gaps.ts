import type { DigestCompare } from '../../statistics/index.ts'
import { type Kind, noneComparable } from './kind.ts'

const rowsOf = (n: number): string => (n === 1 ? '1 row' : `${n.toLocaleString('en-US')} rows`)

/** Sentences about rows that could not be compared. */
export function gapsOf(found: DigestCompare, kind: Kind): string[] {
  const { counts, algorithms, seen } = found
  const gaps: string[] = []
  if (kind !== 'files' && counts.removed > 0) gaps.push(`${rowsOf(counts.removed)} of which nothing was observed`)
  if (kind !== 'files' && counts.added > 0) gaps.push(`${rowsOf(counts.added)} of which no digest was recorded`)
  if (counts.empty > 0) gaps.push(`${rowsOf(counts.empty)} with neither a recorded digest nor an observed one`)
  if (counts.unread > 0) gaps.push(`${rowsOf(counts.unread)} whose digest is of no known kind`)
  if (counts.unlike > 0 && !noneComparable(found))
    gaps.push(`${rowsOf(counts.unlike)} with digests of two algorithms (${algorithms[0]![0]})`)
  if (kind === 'list' && unseenOf(found) > 0)
    gaps.push(`${rowsOf(unseenOf(found))} whose bytes changed${seen === 0 ? '' : ' and whose looks nobody recorded'}`)
  return gaps
}

/** Rows with other bytes of which looks cannot tell more: none recorded, or nobody looked this time. */
export const unseenOf = ({ counts, seen }: DigestCompare): number => counts.unseen + (seen === 0 ? counts.blank : 0)
