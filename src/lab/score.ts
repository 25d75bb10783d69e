import { type Evidence, type Finding, type RowId, words } from '../core/index.ts'
import type { Accusation, Judged } from './judged.ts'
import type { Poisoned } from './poison.ts'

/** How well one judgement found one poisoning. Findings of severity `hold` and `block` count, `info` does not. */
export interface Score {
  /** Poisoned rows, and those of them that a finding accuses. */
  readonly poisoned: number
  readonly found: number
  /** Share of the poisoned rows that are accused. */
  readonly recall: number
  /** Share of the newly accused rows that are poisoned; 1 when none is accused. */
  readonly precision: number
  /** A true finding shows the trigger (or the account) by name. */
  readonly named: boolean
  /** Place of the first true finding among the findings of hold and block, from 1; null when there is none. */
  readonly rank: number | null
  /** A true finding exists: the poisoning would have been seen by a person who reads the report. */
  readonly caught: boolean
  /** A true finding has severity `block`. */
  readonly blocked: boolean
  /** How well the report's order of accused rows puts poisoned rows first (ROC area); null when none is accused. */
  readonly auroc: number | null
  /** Findings of hold and block that are neither true nor known from the clean rows. */
  readonly falseAlarms: number
  /** Detectors that failed, with the reason. */
  readonly failed: readonly string[]
}

/** What was accused before the poisoning. */
export type Known = Pick<Judged, 'accusations'>

/** A finding is true when most rows it newly accuses are poisoned, or when it names the trigger and has some of them. */
const mostly = 0.5
/** A finding that stood before must have grown by this share of its rows: one row more in a long list tells nobody. */
const visibly = 0.1

/**
 * Compares a judgement with the truth. With `before`, the judgement of the clean rows, what was accused already counts
 * neither for nor against.
 */
export function score(judged: Judged, { truth, names, rows }: Poisoned, before?: Known): Score {
  const known = new Set(before ? serious(before).flatMap(a => a.claim.rows ?? []) : [])
  const knownTexts = new Set(before?.accusations.map(a => a.finding.id) ?? [])
  const knownNames = before ? serious(before).flatMap(a => shownNames(a, names)) : []
  const accused = new Set<RowId>()
  let rank: number | null = null
  let named = false
  let blocked = false
  let falseAlarms = 0
  serious(judged).forEach((accusation, i) => {
    const all = accusation.claim.rows ?? []
    const fresh = all.filter(row => !known.has(row))
    for (const row of fresh) accused.add(row)
    const hits = fresh.filter(row => truth.has(row)).length
    const shows = shownNames(accusation, names).some(name => !knownNames.includes(name))
    const isTrue = hits > 0 && hits >= mostly * fresh.length && fresh.length >= visibly * all.length
    const points = shows && (hits > 0 || fresh.length === 0)
    if (isTrue || points) {
      rank ??= i + 1
      named ||= shows
      blocked ||= accusation.finding.severity === 'block'
    } else if (!knownTexts.has(accusation.finding.id) && (fresh.length > 0 || !accusation.claim.rows)) falseAlarms++
  })
  const open = [...truth].filter(row => !known.has(row))
  const found = open.filter(row => accused.has(row)).length
  return {
    poisoned: truth.size,
    found,
    recall: open.length === 0 ? 0 : found / open.length,
    precision: accused.size === 0 ? 1 : [...accused].filter(row => truth.has(row)).length / accused.size,
    named,
    rank,
    caught: rank !== null,
    blocked,
    auroc: rankedAuroc(judged, truth, rows.length),
    falseAlarms,
    failed: judged.outcomes.flatMap(o => (o.status === 'failed' ? [`${o.detector}: ${o.reason ?? ''}`] : [])),
  }
}

const serious = (judged: Known): Accusation[] => judged.accusations.filter(a => a.finding.severity !== 'info')

const shownNames = ({ finding }: Accusation, names: readonly string[]): string[] => namesIn(finding, names)

/** Those of the names that a finding shows: in its evidence when that names something, else in its sentence. */
export function namesIn(finding: Finding, names: readonly string[]): string[] {
  const own = namesOf(finding.evidence)
  const shown = (own.length > 0 ? own : [finding.text]).map(text => ` ${words(text).join(' ')} `)
  return names.filter(name => shown.some(text => text.includes(` ${words(name).join(' ')} `)))
}

function namesOf(evidence: Evidence): string[] {
  switch (evidence.kind) {
    case 'trigger':
      return [evidence.trigger, ...evidence.variants]
    case 'steering':
      return [...evidence.phrases, ...evidence.variants]
    case 'pictures':
      return evidence.label === undefined ? [] : [evidence.label]
    case 'group':
      return [evidence.value]
    case 'cluster':
      return evidence.skew ? [evidence.skew.value] : []
    case 'characters':
      return [...evidence.codePoints, evidence.decoded ?? '']
    default:
      return []
  }
}

/**
 * Area under the ROC curve of all accused rows in the order of the report (most serious finding first, most suspect row
 * first); rows that no finding accuses tie behind.
 */
function rankedAuroc({ accusations }: Judged, truth: ReadonlySet<RowId>, total: number): number | null {
  const list = new Set(accusations.flatMap(a => a.claim.rows ?? []))
  const clean = total - truth.size
  if (list.size === 0 || truth.size === 0 || clean === 0) return null
  let wins = 0
  let cleanAhead = 0
  let hits = 0
  for (const row of list) {
    if (truth.has(row)) {
      wins += clean - cleanAhead
      hits++
    } else cleanAhead++
  }
  return (wins + (truth.size - hits) * (clean - cleanAhead) * 0.5) / (truth.size * clean)
}
