import type { Evidence } from '../core/index.ts'
import type { Judged } from './verdict.ts'

/** The same finding in several places: shown once. */
export interface Cluster {
  readonly first: Judged
  readonly others: readonly Judged[]
}

/** Where a finding stands in a model. */
export interface Standing {
  readonly file: string
  readonly member: string
  /** Byte of the member; null when it concerns all of it. */
  readonly offset: number | null
}

/** Where a finding stands, for findings about models. */
export function standingOf(evidence: Evidence): Standing | null {
  if (!('member' in evidence)) return null
  const { file, member } = evidence
  const offset = evidence.kind === 'act' ? evidence.offset : evidence.kind === 'place' ? evidence.start : null
  return { file, member, offset }
}

/** What makes two findings of a detector the same but for the place. */
function sameness(evidence: Evidence): string | null {
  if (evidence.kind === 'act') return `${evidence.language}/${evidence.name}/${evidence.mechanism}`
  if (evidence.kind === 'place') return evidence.rule
  if (evidence.kind === 'template') return evidence.excerpt
  return evidence.kind === 'tensor' ? evidence.measure : null
}

/** What is the same for findings that differ by the place alone. */
export function keyOf({ finding, severity, waived }: Judged): string {
  const same = sameness(finding.evidence)
  if (same === null) return finding.id
  return [finding.detector, finding.message, severity, waived !== undefined, same].join('\0')
}

/** Findings that say the same of several places in a model as one, in the order of the first. */
export function clustersOf(judged: readonly Judged[]): Cluster[] {
  const clusters = new Map<string, { first: Judged; others: Judged[] }>()
  for (const one of judged) {
    const key = keyOf(one)
    const known = clusters.get(key)
    if (known) known.others.push(one)
    else clusters.set(key, { first: one, others: [] })
  }
  return [...clusters.values()]
}
