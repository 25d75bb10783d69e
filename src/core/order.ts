import type { Evidence } from './evidence.ts'
import type { Finding } from './report.ts'
import { compareSeverity, type Severity } from './severity.ts'

/** A finding and how serious it is taken. */
export interface Weighed {
  readonly finding: Finding
  readonly severity: Severity
}

/**
 * How much a kind of evidence tells of a purpose: a mark that somebody could use on the finished model, then rows that
 * belong together, then those who sent them, then labels changed one way, then odd rows, then numbers and defects. In
 * models: what is done, then what is said, then how the file is made, then its numbers.
 */
const telling: Readonly<Record<Evidence['kind'], number>> = {
  trigger: 0,
  steering: 0,
  pictures: 0,
  characters: 1,
  cluster: 2,
  group: 3,
  matrix: 4,
  rows: 5,
  shift: 6,
  location: 7,
  act: 0,
  template: 1,
  place: 2,
  tensor: 3,
}

/**
 * Findings in the order to read them: by severity, then by what the evidence tells, then the detector that accuses the
 * most rows with it, then as the detector made its claims. Scores have units of their own and are compared by none but
 * the detector, which claims the strongest first.
 */
export function readingOrder<T extends Weighed>(items: readonly T[]): T[] {
  const groupOf = ({ finding, severity }: T) => `${severity}/${finding.evidence.kind}/${finding.detector}`
  const widest = new Map<string, number>()
  for (const item of items)
    widest.set(groupOf(item), Math.max(widest.get(groupOf(item)) ?? 0, item.finding.rows?.total ?? 0))
  return [...items].sort(
    (a, b) =>
      compareSeverity(b.severity, a.severity) ||
      telling[a.finding.evidence.kind] - telling[b.finding.evidence.kind] ||
      widest.get(groupOf(b))! - widest.get(groupOf(a))! ||
      (a.finding.detector < b.finding.detector ? -1 : a.finding.detector > b.finding.detector ? 1 : 0),
  )
}
