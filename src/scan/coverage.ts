import type { Coverage, Outcome, Table } from '../core/index.ts'

/** More names than this in one sentence help nobody. */
const mostNames = 12

export interface Seen {
  readonly table: Table
  readonly outcomes: readonly Outcome[]
  readonly rows: number
  readonly lostRows: number
  readonly engine: string
  /** Threats that a table can carry. */
  readonly threats: readonly string[]
  /** Threats that a detector looks for, by its id. */
  readonly sees: (detector: string) => readonly string[]
  /** What detectors could not judge, and what was left out before they began. */
  readonly notJudged: readonly string[]
}

/** What was looked at and, said as plainly, what was not. */
export function coverageOf(seen: Seen): Coverage {
  const { table, outcomes, rows, lostRows, engine } = seen
  return {
    rows,
    lostRows,
    bytes: table.parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    columns: table.columns.map(({ name, role, because, prose }) => ({
      name,
      ...(role === undefined ? {} : { role }),
      ...(because === undefined ? {} : { because }),
      ...(prose === undefined || role !== undefined ? {} : { prose }),
    })),
    notLookedAt: [
      ...lost(lostRows),
      ...withoutRole(table),
      ...unfinished(outcomes),
      ...withoutDetector(seen),
      ...seen.notJudged.filter(
        text => !outcomes.some(o => o.status === 'skipped' && text === `${o.detector}: ${o.reason}`),
      ),
    ],
    engine,
  }
}

const names = (all: readonly string[]): string =>
  all.slice(0, mostNames).join(', ') + (all.length > mostNames ? ` and ${all.length - mostNames} more` : '')

const lost = (rows: number): string[] =>
  rows === 0
    ? []
    : [`${rows.toLocaleString('en-US')} record${rows === 1 ? '' : 's'} could not be read and went unjudged.`]

function withoutRole(table: Table): string[] {
  const idle = table.columns.filter(column => column.role === undefined).map(column => `"${column.name}"`)
  if (idle.length === 0) return []
  return [`No detector read the column${idle.length === 1 ? '' : 's'} ${names(idle)}: no role was given or inferred.`]
}

/** What did not run, one sentence for each reason. */
function unfinished(outcomes: readonly Outcome[]): string[] {
  const skipped = new Map<string, string[]>()
  for (const { detector, status, reason = 'skipped' } of outcomes)
    if (status === 'skipped') skipped.set(reason, [...(skipped.get(reason) ?? []), detector])
  const failed = outcomes.filter(o => o.status === 'failed').map(o => `${o.detector} failed: ${o.reason}`)
  return [...[...skipped].map(([reason, ids]) => `${names(ids)} did not run: ${reason}.`), ...failed]
}

function withoutDetector({ outcomes, threats, sees }: Seen): string[] {
  const ran = outcomes.filter(o => o.status === 'clean' || o.status === 'found')
  const covered = new Set(ran.flatMap(o => sees(o.detector)))
  const open = threats.filter(threat => !covered.has(threat))
  if (open.length === 0) return []
  return [`No detector that ran looks for ${names(open)}.`]
}
