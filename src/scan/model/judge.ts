import {
  type AnyModelDetector,
  compareSeverity,
  hashString,
  type Model,
  type ModelContext,
  type Outcome,
  programsOf,
  seeded,
  tensorsOf,
} from '../../core/index.ts'
import { blank, findingOf } from '../finding.ts'

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
  if (lacking) return { ...outcome, status: 'skipped', cause: 'no-column', reason: lacking }
  const context: ModelContext<unknown, string> = {
    model: request.model,
    ...(request.base ? { base: request.base } : {}),
    options,
    random: seeded(request.seed ^ hashString(detector.id)),
    claim: (message, severity, evidence, more = {}) => ({ message, severity, evidence, values: {}, ...more }),
    figure: figure => void outcome.figures.push(figure),
    notJudged: sentence => void notJudged.push(`${detector.id}: ${sentence}`),
  }
  try {
    for await (const claim of detector.detect(context)) outcome.findings.push(findingOf(detector, claim))
  } catch (reason) {
    return { ...outcome, status: 'failed', reason: reason instanceof Error ? reason.message : String(reason) }
  }
  outcome.findings.sort((a, b) => compareSeverity(b.severity, a.severity))
  return { ...outcome, status: outcome.findings.length > 0 ? 'found' : 'clean' }
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
