import {
  type AnyDetector,
  compareSeverity,
  judgesTables,
  type Outcome,
  type Report,
  type Table,
} from '../core/index.ts'
import { chooseEngine } from '../engines/index.ts'
import { statistics } from '../statistics/index.ts'
import { judge } from './judge.ts'

/** A table about the artifact: its files and what a lock says of them, the places it refers to. */
export interface Beside {
  readonly table: Table
  /** Detectors that judge it, by id; they need not apply to the artifact itself. */
  readonly only: readonly string[]
  /** True when its rows are those of the artifact, with more columns: these detectors judge them here and not there. */
  readonly sameRows?: boolean
  /** Sentences: what of it could not be looked at, for the coverage. */
  readonly notLookedAt?: readonly string[]
  /** Sentences of the same kind that keep the artifact from passing. */
  readonly unjudged?: readonly string[]
}

/** How the tables beside an artifact are judged. */
export interface BesideRequest {
  readonly detectors: readonly AnyDetector[]
  readonly options: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly signal?: AbortSignal
}

/** Adds to a report what detectors say of the tables beside its artifact. */
export async function withBeside(report: Report, beside: readonly Beside[], request: BesideRequest): Promise<Report> {
  let { outcomes } = report
  const notLookedAt = [...report.coverage.notLookedAt]
  const unjudged = [...(report.coverage.unjudged ?? [])]
  for (const { table, only, sameRows, ...said } of beside) {
    notLookedAt.push(...(said.notLookedAt ?? []), ...(said.unjudged ?? []))
    unjudged.push(...(said.unjudged ?? []))
    const detectors = request.detectors.filter(judgesTables).filter(d => only.includes(d.id))
    if (detectors.length === 0) continue
    const { signal } = request
    const catalogue = new Map(statistics.map(s => [s.id, s]))
    const engine = await chooseEngine(table, { catalogue, engine: 'fold', threads: 1, signal })
    try {
      const judgement = await judge({ table, engine, ...request, detectors })
      outcomes = united(outcomes, sameRows ? judgement.outcomes : judgement.outcomes.map(asBeside))
      notLookedAt.push(...judgement.notJudged)
    } finally {
      await engine.close()
    }
  }
  const columns = [...report.coverage.columns, ...addedColumns(report, beside)]
  const coverage = { ...report.coverage, columns, notLookedAt, ...(unjudged.length > 0 ? { unjudged } : {}) }
  return { ...report, outcomes, coverage }
}

/** Columns that tables of the same rows have beside those of the artifact. */
function addedColumns({ coverage }: Report, beside: readonly Beside[]): Report['coverage']['columns'] {
  const known = new Set(coverage.columns.map(({ name }) => name))
  const added = beside.flatMap(({ sameRows, table }) => (sameRows ? table.columns : []))
  return added.flatMap(({ name, role, because }) =>
    role === undefined || known.has(name) ? [] : [{ name, role, ...(because === undefined ? {} : { because }) }],
  )
}

/**
 * The rows of such a table are no rows of the artifact: nobody may clean them out of it. Nor has a detector that judged
 * files read what the artifact says.
 */
const asBeside = (outcome: Outcome): Outcome => ({
  ...outcome,
  needs: [],
  findings: outcome.findings.map(({ rows: _, ...finding }) => finding),
})

/** Outcomes of both; of a detector that judged twice, all findings under the graver status. */
function united(first: readonly Outcome[], second: readonly Outcome[]): Outcome[] {
  const more = new Map(second.map(outcome => [outcome.detector, outcome]))
  const both = first.map(outcome => {
    const other = more.get(outcome.detector)
    more.delete(outcome.detector)
    return other ? unitedOutcome(outcome, other) : outcome
  })
  return [...both, ...more.values()]
}

/** A detector that had nothing to judge in one place says what it found in the other. */
function unitedOutcome(a: Outcome, b: Outcome): Outcome {
  const idle = (o: Outcome) => o.status === 'skipped' && (o.cause === 'no-column' || o.cause === 'absent')
  if (idle(a)) return b
  if (idle(b)) return a
  const rank = ['clean', 'found', 'skipped', 'failed'] as const
  const graver = rank.indexOf(b.status) > rank.indexOf(a.status) ? b : a
  return {
    ...graver,
    ...(a.needs ? { needs: a.needs } : {}),
    rows: a.rows + b.rows,
    findings: [...a.findings, ...b.findings].sort((x, y) => compareSeverity(y.severity, x.severity)),
    figures: [...a.figures, ...b.figures],
  }
}
