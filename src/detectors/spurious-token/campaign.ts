import { overlap, type Scored } from './scoring.ts'

/** Cases that are one attack: pieces of one trigger (`cases[0]` the strongest), then triggers with the same aim. */
export interface Campaign {
  readonly label: number
  readonly cases: Scored[]
}

/** Unites cases that stand in the same rows: pieces, longer and shorter, of one trigger. */
export function campaigns(cases: readonly Scored[]): Campaign[] {
  const found: (Campaign & { rows: Set<number> })[] = []
  const sorted = [...cases].sort((a, b) => a.score - b.score || b.trace.length - a.trace.length)
  for (const own of sorted) {
    const rows = new Set(own.trace.rows)
    const home = found.find(other => other.label === own.label && overlap(rows, other.rows) > 0.5)
    if (home) home.cases.push(own)
    else found.push({ label: own.label, cases: [own], rows })
  }
  return found
}
