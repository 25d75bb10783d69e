import { type Finding, framework, frameworkIds, type Severity, threat } from '../../core/index.ts'
import type { LockedArtifact } from '../lock/schema.ts'
import { type JudgedArtifact, partFinder } from '../statements/index.ts'
import { artifactRef, partRef } from './refs.ts'
import { accusedParts } from './reported.ts'

/** CycloneDX's words for how much a finding asks for. */
const ratings = { block: 'critical', hold: 'medium', info: 'info' } as const satisfies Record<Severity, string>
/** Files that one finding names; beyond them it is the whole artifact that is affected. */
const mostAffected = 1000

/** Findings as vulnerabilities of the files that they accuse, the gravest first as in the report. */
export const vulnerabilitiesOf = (reports: readonly JudgedArtifact[]) =>
  reports.flatMap(judged => {
    const findings = judged.report.outcomes.flatMap(outcome => outcome.findings)
    const partAt = partFinder(judged.artifact)
    return findings.map((finding, nth) => {
      const parts = judged.artifact.parts.length === 1 ? [] : accusedParts(finding, partAt)
      return vulnerabilityOf(finding, nth, judged, parts)
    })
  })

function vulnerabilityOf(finding: Finding, nth: number, judged: JudgedArtifact, parts: readonly string[]) {
  const { decision, digest } = judged
  const about = threat(finding.threat)
  const reason = decision.reasons.find(r => r.finding === finding.id)
  const waived = decision.waived.find(w => w.finding === finding.id)
  const severity = reason?.severity ?? finding.severity
  const cwes = [...new Set(cweIds(finding.threat))]
  return {
    'bom-ref': `finding:${digest.slice(0, 16)}:${nth}:${finding.id}`,
    id: finding.id,
    source: { name: 'Bezoar' },
    references: frameworkIds(finding.threat).map(({ id, framework: list, url }) => ({
      id,
      source: { name: `${framework(list)!.name} ${framework(list)!.edition}`, url },
    })),
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

const cweIds = (threatId: string): number[] =>
  frameworkIds(threatId)
    .concat(frameworkIds(threatId, { which: 'related' }))
    .flatMap(({ id }) => (/^CWE-\d+$/.test(id) ? [Number(id.slice(4))] : []))

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
  return severity === 'hold' ? { analysis: { state: 'in_triage' } } : {}
}

function affectedBy(artifact: LockedArtifact, parts: readonly string[]): string[] {
  const isWhole = parts.length === 0 || parts.length > mostAffected
  return isWhole ? [artifactRef(artifact)] : parts.map(part => partRef(artifact, part))
}
