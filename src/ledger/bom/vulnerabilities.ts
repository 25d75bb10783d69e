import { type Finding, frameworkIds, readingOrder, type Severity, threat } from '../../core/index.ts'
import type { LockedArtifact } from '../lock/schema.ts'
import { type JudgedArtifact, partFinder } from '../statements/index.ts'
import { artifactRef, partRef } from './refs.ts'
import { accusedParts } from './reported.ts'

/** CycloneDX's words for how much a finding asks for. */
const ratings = { block: 'critical', hold: 'medium', info: 'info' } as const satisfies Record<Severity, string>
/** Files that one finding names; beyond them it is the whole artifact that is affected. */
const mostAffected = 1000

/** Findings as vulnerabilities of the files that they accuse, in the order to read them. */
export const vulnerabilitiesOf = (reports: readonly JudgedArtifact[]) =>
  reports.flatMap(judged => {
    const partAt = partFinder(judged.artifact)
    return readingOrder(weighed(judged)).map(({ finding, severity }, nth) => {
      const parts = judged.artifact.parts.length === 1 ? [] : accusedParts(finding, partAt)
      return vulnerabilityOf(finding, severity, judged, { nth, parts })
    })
  })

/** Findings with the severity that the policy gives them; one that was waived keeps its own. */
function weighed({ report, decision }: JudgedArtifact): { finding: Finding; severity: Severity }[] {
  const severities = new Map(decision.reasons.map(reason => [reason.finding, reason.severity]))
  const waived = new Set(decision.waived.map(waiver => waiver.finding))
  const findings = report.outcomes.flatMap(outcome => outcome.findings)
  return findings.map(finding => ({
    finding,
    severity: waived.has(finding.id) ? finding.severity : (severities.get(finding.id) ?? 'info'),
  }))
}

interface Standing {
  readonly nth: number
  /** Parts that it accuses; none when it is about the artifact. */
  readonly parts: readonly string[]
}

function vulnerabilityOf(finding: Finding, severity: Severity, judged: JudgedArtifact, { nth, parts }: Standing) {
  const { decision, digest } = judged
  const about = threat(finding.threat)
  const waived = decision.waived.find(w => w.finding === finding.id)
  const cwes = [...new Set(cweIds(finding.threat))]
  return {
    'bom-ref': `finding:${digest.slice(0, 16)}:${nth}:${finding.id}`,
    id: finding.id,
    source: { name: 'Bezoar' },
    references: frameworkIds(finding.threat).map(({ id, edition, url }) => ({ id, source: { name: edition, url } })),
    ratings: [
      {
        source: { name: 'Bezoar' },
        severity: ratings[severity],
        method: 'other',
        justification: justified(finding, severity),
      },
    ],
    ...(cwes.length === 0 ? {} : { cwes }),
    description: finding.text,
    ...(about ? { detail: about.meaning, recommendation: about.next.join(' ') } : {}),
    ...analysisOf(severity, waived),
    affects: affectedBy(judged.artifact, parts).map(ref => ({ ref })),
    properties: [
      { name: 'bezoar:finding:detector', value: finding.detector },
      { name: 'bezoar:finding:message', value: finding.message },
      { name: 'bezoar:finding:threat', value: finding.threat },
      { name: 'bezoar:finding:severity', value: severity },
      { name: 'bezoar:evidence:kind', value: finding.evidence.kind },
      { name: 'bezoar:evidence:score', value: String(finding.evidence.score) },
      { name: 'bezoar:evidence:expected', value: String(finding.evidence.expected) },
      ...(finding.rows ? [{ name: 'bezoar:evidence:rows', value: String(finding.rows.total) }] : []),
      { name: 'bezoar:report:sha256', value: digest },
    ],
  }
}

/** Weaknesses that a threat is, else those that it touches. */
function cweIds(threatId: string): number[] {
  const [primary, related] = (['primary', 'related'] as const).map(which =>
    frameworkIds(threatId, { which }).flatMap(({ id }) => (/^CWE-\d+$/.test(id) ? [Number(id.slice(4))] : [])),
  )
  return primary!.length > 0 ? primary! : related!
}

function justified({ severity: own }: Finding, severity: Severity): string {
  const meaning = {
    block: 'Evidence of poison: do not use it.',
    hold: 'A person must look before it is used.',
    info: 'A fact, for information.',
  }[severity]
  return severity === own ? meaning : `${meaning} The policy made it so; the detector says ${own}.`
}

function analysisOf(severity: Severity, waived: { readonly reason: string; readonly expires: string } | undefined) {
  if (waived)
    return { analysis: { response: ['will_not_fix'], detail: `Accepted until ${waived.expires}: ${waived.reason}` } }
  return severity !== 'info' ? { analysis: { state: 'in_triage' } } : {}
}

function affectedBy(artifact: LockedArtifact, parts: readonly string[]): string[] {
  const isWhole = parts.length === 0 || parts.length > mostAffected
  return isWhole ? [artifactRef(artifact)] : parts.map(part => partRef(artifact, part))
}
