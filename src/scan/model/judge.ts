import {
  type AnyModelDetector,
  compareSeverity,
  type Finding,
  hashString,
  type Model,
  type ModelContext,
  type Outcome,
  programsOf,
  seeded,
  tensorsOf,
} from '../../core/index.ts'
import { blank, findingOf } from '../finding.ts'

/** More findings of one detector than this help nobody; the first that blocks is kept whatever its place. */
const mostFindings = 5000

/** What to judge, and with what. */
export interface JudgeModelRequest {
  readonly model: Model
  readonly base?: Model
  readonly detectors: readonly AnyModelDetector[]
  /** Raw options by detector id; parsed by the detector's schema. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly signal?: AbortSignal
  readonly onOutcome?: (outcome: Outcome) => void
}

/** What every detector said, and sentences about what they could not judge. */
export interface ModelJudgement {
  readonly outcomes: readonly Outcome[]
  readonly notJudged: readonly string[]
}

/** Runs detectors over one model, one after another: they read files, and the disk is one. */
export async function judgeModel(request: JudgeModelRequest): Promise<ModelJudgement> {
  const notJudged: string[] = []
  const outcomes: Outcome[] = []
  for (const detector of request.detectors) {
    const outcome = await run(detector, request, notJudged)
    outcomes.push(outcome)
    request.onOutcome?.(outcome)
  }
  return { outcomes, notJudged }
}

async function run(detector: AnyModelDetector, request: JudgeModelRequest, notJudged: string[]): Promise<Outcome> {
  const options = detector.options.parse(request.options?.[detector.id] ?? {})
  const outcome = blank(detector, options)
  if (request.signal?.aborted)
    return { ...outcome, status: 'skipped', cause: 'stopped', reason: 'stopped before it was done' }
  const lacking = lack(detector, request)
  if (lacking) return { ...outcome, status: 'skipped', cause: 'absent', reason: lacking }
  const context: ModelContext<unknown, string> = {
    model: request.model,
    ...(request.base ? { base: request.base } : {}),
    options,
    random: seeded(request.seed ^ hashString(detector.id)),
    claim: (message, severity, evidence, more = {}) => ({ message, severity, evidence, values: {}, ...more }),
    figure: figure => void outcome.figures.push(figure),
    notJudged: sentence => void notJudged.push(`${detector.id}: ${sentence}`),
  }
  const ids = new Map<string, number>()
  let further = 0
  try {
    for await (const claim of detector.detect(context)) {
      const worse = claim.severity === 'block' && !outcome.findings.some(f => f.severity === 'block')
      if (outcome.findings.length < mostFindings || worse)
        outcome.findings.push(unlike(findingOf(detector, claim), ids))
      else further++
    }
    if (further > 0) context.notJudged(`${further.toLocaleString('en-US')} further findings are left out.`)
  } catch (reason) {
    return { ...outcome, status: 'failed', reason: reason instanceof Error ? reason.message : String(reason) }
  }
  outcome.findings.sort((a, b) => compareSeverity(b.severity, a.severity))
  return { ...outcome, status: outcome.findings.length > 0 ? 'found' : 'clean' }
}

/** Findings that say the same of the same member differ by their number, so that each has an address. */
function unlike(finding: Finding, ids: Map<string, number>): Finding {
  const nth = ids.get(finding.id) ?? 0
  ids.set(finding.id, nth + 1)
  if (nth === 0) return finding
  return { ...finding, id: (hashString(finding.id, nth) >>> 0).toString(16).padStart(8, '0') + finding.id.slice(8) }
}

/** Why a detector has nothing to judge here, if so. */
function lack({ input }: AnyModelDetector, { model, base }: JudgeModelRequest): string | null {
  for (const need of input.model) {
    if (need === 'base' && !base) return 'no base model was named (--base)'
    if (need === 'tensors' && tensorsOf(model).next().done) return 'the model has no tensors that could be read'
    if (need === 'programs' && programsOf(model).next().done) return 'the model has no programs'
    if (need === 'templates' && !hasTemplate(model)) return 'the model has no templates'
  }
  return null
}

function hasTemplate(model: Model): boolean {
  for (const { found } of programsOf(model)) if (found.language === 'jinja') return true
  return false
}
