import { setMaxListeners } from 'node:events'
import {
  type AnyRequest,
  type AnyTableDetector,
  type Claim,
  compareSeverity,
  type DetectContext,
  type Figure,
  type Finding,
  hashString,
  type MeasuredTable,
  type Outcome,
  partOf,
  type RowId,
  type RowSet,
  recordOf,
  requiredRoles,
  seeded,
  type Table,
} from '../core/index.ts'
import type { Engine } from '../engines/index.ts'
import { detectApart, runsApart } from './apart/index.ts'
import { barrier } from './barrier.ts'
import { discreet, isTalkTable, shownOf } from './discreet.ts'
import { blank, findingOf } from './finding.ts'

/** Most rows a finding lists: enough to clean a million-row table, small enough for one report. */
const mostRows = 100_000

export interface JudgeRequest {
  readonly table: Table
  readonly engine: Engine
  readonly detectors: readonly AnyTableDetector[]
  /** Raw options by detector id; parsed by the detector's schema. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly baseline?: Readonly<Record<string, unknown>>
  /** Hears every claim as it was made: the lab needs the order of its rows, which a finding does not keep. */
  readonly onClaim?: (finding: Finding, claim: Claim) => void
  /** Questions of the caller, answered together with the detectors' first ones. */
  readonly also?: Readonly<Record<string, AnyRequest>>
  /** Show rows of talk as far as detectors quote them, and not in short excerpts. */
  readonly showText?: boolean
  /** Detectors whose own work takes long may run in threads of their own when this is more than 1, as it is not when absent. */
  readonly threads?: number
  /** Stops the work: detectors that are not done become `skipped`. */
  readonly signal?: AbortSignal
  /** Called with a detector's outcome as soon as there is one. */
  readonly onOutcome?: (outcome: Outcome) => void
}

export interface Judgement {
  readonly outcomes: readonly Outcome[]
  /** Sentences about what the detectors could not judge. */
  readonly notJudged: readonly string[]
  /** Answers to `also`; null when the work stopped or the pass failed before they were there. */
  readonly answers: Readonly<Record<string, unknown>> | null
}

/** Runs detectors over one table together, so that all their questions of a round are answered in one pass. */
export async function judge(request: JudgeRequest): Promise<Judgement> {
  const able = request.detectors.filter(d => requiredRoles(d).every(role => request.table.roles.has(role)))
  const gate = barrier(
    requests => request.engine.measure(requests),
    able.length + (request.also ? 1 : 0),
    () => request.signal?.aborted === true,
  )
  // Every detector listens, and there are more of them than Node takes for a mistake.
  if (request.signal) setMaxListeners(0, request.signal)
  const ask: MeasuredTable['measure'] = requests => orStopped(gate.ask(requests), request.signal)
  const answers = request.also
    ? ask(request.also)
        .catch(() => null)
        .finally(gate.leave)
    : null
  const judged = await Promise.all(
    request.detectors.map(async d => {
      const said: string[] = []
      const own = able.includes(d) ? await run(d, request, ask, said).finally(gate.leave) : skipped(d, request)
      const outcome = isShort(request) ? discreet(own) : own
      request.onOutcome?.(outcome)
      return { outcome, said: said.map(sentence => `${d.id}: ${sentence}`) }
    }),
  )
  return {
    outcomes: judged.map(({ outcome }) => outcome),
    notJudged: judged.flatMap(({ said }) => said),
    answers: await answers,
  }
}

/** True when a report shows excerpts of the rows alone. Who listens to claims gets them as they are. */
const isShort = ({ table, showText, onClaim }: JudgeRequest): boolean =>
  showText !== true && onClaim === undefined && isTalkTable(table)

/** Rejects as soon as the signal fires: the answer under way is no longer waited for. */
function orStopped<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('stopped'))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function skipped(detector: AnyTableDetector, { table, options }: JudgeRequest): Outcome {
  const lacking = requiredRoles(detector).filter(role => !table.roles.has(role))
  return {
    ...blank(detector, options?.[detector.id] ?? {}),
    status: 'skipped',
    cause: 'no-column',
    reason: `no ${lacking.map(r => `"${r}"`).join(' and no ')} column`,
  }
}

async function run(
  detector: AnyTableDetector,
  request: JudgeRequest,
  ask: MeasuredTable['measure'],
  said: string[],
): Promise<Outcome> {
  const { table, engine } = request
  const options = detector.options.parse(request.options?.[detector.id] ?? {})
  const outcome = blank(detector, options)
  let asked = false
  const measure: MeasuredTable['measure'] = requests => {
    asked = true
    return ask(requests)
  }
  try {
    const context = contextOf(detector, request, measure, { options, outcome, said })
    const claims = runsApart(detector, table, request.threads ?? 1)
      ? detectApart(detector, context, request)
      : detector.detect(context)
    for await (const claim of claims) {
      const rows = claim.rows ? { rows: rowSetOf(claim.rows, table) } : {}
      const finding = { ...findingOf(detector, claim, isShort(request) ? cutOf(claim) : undefined), ...rows }
      outcome.findings.push(finding)
      request.onClaim?.(finding, claim)
    }
  } catch (reason) {
    return { ...outcome, rows: engine.rows, ...troubleOf(reason, request.signal) }
  }
  if (!asked && outcome.findings.length === 0)
    return {
      ...outcome,
      status: 'skipped',
      cause: 'no-column',
      reason: said.join('; ') || 'nothing here for it to judge',
    }
  outcome.findings.sort((a, b) => compareSeverity(b.severity, a.severity))
  return { ...outcome, rows: engine.rows, status: outcome.findings.length > 0 ? 'found' : 'clean' }
}

/** How the values of a message are cut: sentences about bytes, and names of contributors, quote no row. */
const cutOf = ({ evidence: { kind } }: Claim) => (kind === 'location' || kind === 'group' ? undefined : shownOf)

function troubleOf(reason: unknown, signal: AbortSignal | undefined): Pick<Outcome, 'status' | 'cause' | 'reason'> {
  if (signal?.aborted) return { status: 'skipped', cause: 'stopped', reason: 'stopped before it was done' }
  return { status: 'failed', reason: reason instanceof Error ? reason.message : String(reason) }
}

interface Making {
  readonly options: unknown
  readonly outcome: { readonly figures: Figure[] }
  /** What it could not judge, in its words. */
  readonly said: string[]
}

/** What the detector gets: the table as it may see it, its options, its own chance, and where its words go. */
function contextOf(
  detector: AnyTableDetector,
  { table, seed, baseline }: JudgeRequest,
  measure: MeasuredTable['measure'],
  { options, outcome, said }: Making,
): DetectContext<unknown, string> {
  const { name, parts, columns } = table
  return {
    table: { name, parts, columns, has: role => table.roles.has(role), measure },
    options,
    random: seeded(seed ^ hashString(detector.id)),
    ...(baseline ? { baseline } : {}),
    claim: (message, severity, evidence, more = {}) => ({ message, severity, evidence, values: {}, ...more }),
    figure: figure => void outcome.figures.push(figure),
    notJudged: sentence => void said.push(sentence),
  }
}

/** Packs row ids into ranges by part; keeps the first (most suspect) `mostRows`. */
export function rowSetOf(rows: readonly RowId[], table: Table): RowSet {
  const kept = Float64Array.from(rows.slice(0, mostRows)).sort()
  const listed: RowSet['listed'] = []
  let last = -2
  for (const row of kept) {
    const part = table.parts[partOf(row)]?.name ?? String(partOf(row))
    if (listed.at(-1)?.part !== part) {
      listed.push({ part, ranges: [] })
      last = -2
    }
    const ranges = listed.at(-1)!.ranges
    const record = recordOf(row)
    if (record === last) continue
    if (record === last + 1) ranges.at(-1)![1] = record
    else ranges.push([record, record])
    last = record
  }
  return { total: rows.length, listed, complete: rows.length <= mostRows }
}
