import type { Decision, Finding, Report, Severity } from '../core/index.ts'
import { readingOrder } from '../core/index.ts'
import { counted } from './lines.ts'

/** A finding as the policy left it. */
export interface Judged {
  readonly finding: Finding
  /** Severity under the policy. */
  readonly severity: Severity
  /** Present when somebody accepted it. */
  readonly waived?: { readonly reason: string; readonly expires: string }
}

/** Findings in the order to read them, what was waived after what was not. */
export function judgedFindings(report: Report, decision: Decision): Judged[] {
  const severities = new Map(decision.reasons.flatMap(r => (r.finding && r.severity ? [[r.finding, r.severity]] : [])))
  const waivers = new Map(decision.waived.map(w => [w.finding, w]))
  const judged = report.outcomes
    .flatMap(o => o.findings)
    .map((finding): Judged => {
      const waived = waivers.get(finding.id)
      return waived
        ? { finding, severity: finding.severity, waived }
        : { finding, severity: severities.get(finding.id) ?? 'info' }
    })
  const ordered = readingOrder(judged)
  return [...ordered.filter(j => !j.waived), ...ordered.filter(j => j.waived)]
}

const advised = {
  data: {
    block: 'Do not train on this data.',
    hold: 'A person must look before this data is used.',
    pass: 'Nothing that was looked for was found to stop it.',
  },
  model: {
    block: 'Do not load this model.',
    hold: 'A person must look before this model is loaded.',
    pass: 'Nothing that was looked for was found to stop it.',
  },
} as const

/** What the verdict tells the reader to do. */
export const verdictText = ({ artifact }: Report, verdict: Decision['verdict']): string =>
  advised[artifact.kind === 'model' ? 'model' : 'data'][verdict]

/** How much was judged: rows of data, files of a model. */
export const amountOf = ({ artifact, coverage }: Report): string =>
  artifact.kind === 'model' ? counted(artifact.parts.length, 'file') : counted(coverage.rows, 'row')

/** How many findings ask for what, in one sentence. */
export function summaryOf(report: Report, decision: Decision): string {
  const judged = judgedFindings(report, decision)
  const open = (severity: Severity) => judged.filter(j => !j.waived && j.severity === severity).length
  const kinds = [
    { count: open('block'), one: 'blocks', many: 'block' },
    { count: open('hold'), one: 'asks for a look', many: 'ask for a look' },
    { count: open('info'), one: 'is for information', many: 'are for information' },
    { count: judged.filter(j => j.waived).length, one: 'is waived', many: 'are waived' },
  ].filter(({ count }) => count > 0)
  const ran = report.outcomes.filter(o => o.status === 'clean' || o.status === 'found').length
  const judges = `${counted(ran, 'detector')} judged ${amountOf(report)}`
  if (kinds.length === 0) return `${judges} and found nothing.`
  const parts = kinds.map(({ count, one, many }, i) =>
    i === 0 ? counted(count, `finding ${one}`, `findings ${many}`) : counted(count, one, many),
  )
  return `${judges}: ${parts.join(', ')}.`
}

/** Reasons of the verdict that are no findings: what could not be judged. */
export const otherReasons = (decision: Decision): string[] =>
  decision.reasons.filter(r => r.finding === undefined).map(r => r.text)
