import { createHash } from 'node:crypto'
import { type Decision, type Outcome, toolVersion } from '../../core/index.ts'
import type { Lock } from '../lock/schema.ts'
import { decimalText } from './decimal.ts'
import type { JudgedArtifact } from './judged.ts'
import { predicateTypes, type Statement, statementType } from './statement.ts'
import { type SubjectsBy, subjectsOf } from './subjects.ts'

export interface EvaluationOptions {
  /** When the artifact was judged, RFC 3339. */
  readonly at: string
  /** Who says so, as a URI. */
  readonly verifier: string
  /** What the policy allows of unreadable rows, and the digest of its file; null for the policy built in. */
  readonly policy: { readonly lostRows: number; readonly digest: string | null }
  readonly assurance?: 'self_attested' | 'third_party' | 'reproduced' | 'enclave_attested'
  readonly subjects?: SubjectsBy
}

/**
 * What a scan found, in the shape of in-toto's draft for the result of an evaluation. The draft knows claims of the
 * form "metric against threshold"; what a verdict rests on is said in that form: all claims pass when the verdict is
 * pass, and only then.
 */
export function evaluationStatement(lock: Lock, judged: JudgedArtifact, options: EvaluationOptions): Statement {
  const { artifact, report, decision } = judged
  const isModel = artifact.kind === 'model'
  const own = { alg: 'sha256', value: artifact.id, salted: false }
  return {
    _type: statementType,
    subject: subjectsOf([artifact], options.subjects),
    predicateType: predicateTypes.scan,
    predicate: {
      verifier: { id: options.verifier },
      evaluatedAt: options.at,
      suite: { name: 'bezoar', version: report.tool.version },
      claims: claimsOf(judged, options.policy.lostRows),
      sampleSize: isModel ? report.artifact.parts.length : report.coverage.rows,
      commitments: { model: isModel ? own : none, dataset: isModel ? none : own },
      assuranceLevel: options.assurance ?? 'self_attested',
      subjectProfile: isModel ? 'public-model' : 'release-gate',
      harness: { name: 'bezoar', version: toolVersion },
      bezoar_verdict: decision.verdict,
      bezoar_lock: { digest: { sha256: lock.id } },
      bezoar_report: { digest: { sha256: judged.digest } },
      ...(options.policy.digest === null ? {} : { bezoar_policy: { digest: { sha256: options.policy.digest } } }),
      bezoar_notJudged: [...judged.unjudged, ...report.coverage.notLookedAt],
      bezoar_waived: decision.waived.map(({ finding, reason, expires }) => ({ finding, reason, expires })),
    },
  }
}

/** The draft wants both a model and a dataset. What took no part is committed to as nothing: the digest of no bytes. */
const none = { alg: 'sha256', value: createHash('sha256').digest('hex'), salted: false }

interface Claim {
  readonly metric: string
  readonly comparator: '<='
  readonly threshold: string
  readonly passed: boolean
  readonly bezoar_value: string
}

const atMost = (metric: string, value: number, threshold: number): Claim => ({
  metric,
  comparator: '<=',
  threshold: decimalText(threshold),
  passed: value <= threshold,
  bezoar_value: decimalText(value),
})

function claimsOf({ report, decision }: JudgedArtifact, mostLost: number): Claim[] {
  const { rows, lostRows } = report.coverage
  const open = (severity: 'block' | 'hold') =>
    decision.reasons.filter(reason => reason.finding !== undefined && reason.severity === severity).length
  return [
    atMost('findings.block', open('block'), 0),
    atMost('findings.hold', open('hold'), 0),
    atMost('reasons.unjudged', decision.reasons.filter(reason => reason.finding === undefined).length, 0),
    atMost('rows.lost.share', lostRows === 0 ? 0 : lostRows / (rows + lostRows), mostLost),
    ...report.outcomes.filter(hasJudged).map(outcome => detectorClaim(outcome, decision)),
  ]
}

const hasJudged = ({ status }: Outcome): boolean => status === 'clean' || status === 'found'

function detectorClaim({ detector }: Outcome, decision: Decision): Claim {
  const open = decision.reasons.filter(reason => reason.finding !== undefined && reason.detector === detector)
  return atMost(`detector.${detector}.findings`, open.length, 0)
}
