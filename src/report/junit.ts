import type { Decision, Outcome, Report } from '../core/index.ts'
import { type FileVerdict, fileVerdicts } from './files.ts'
import { type Judged, judgedFindings, verdictText } from './verdict.ts'
import { visibleText } from './visible.ts'

/**
 * The report as JUnit XML: one test case per detector, and one per file of a model. Findings that hold or block are failures, a detector that
 * failed is an error; what else keeps the verdict from passing is a case of its own.
 */
export function renderJunit(report: Report, decision: Decision): string {
  const open = judgedFindings(report, decision).filter(j => !j.waived && j.severity !== 'info')
  const loose = decision.reasons.filter(
    r => r.finding === undefined && !report.outcomes.some(o => o.detector === r.detector && o.status === 'failed'),
  )
  const verdicts = fileVerdicts(report, open)
  const told = new Set(verdicts.flatMap(file => file.own.map(j => j.finding.id)))
  const untold = open.filter(j => !told.has(j.finding.id))
  const cases = [
    ...verdicts.map(fileCase),
    ...report.outcomes.map(outcome => caseOf(outcome, untold)),
    ...loose.map(r => looseCase(r.text, r.detector)),
  ]
  const count = (tag: string) => cases.filter(lines => lines.includes(`<${tag}`)).length
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  const name = xml(report.artifact.name, 200)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bezoar" ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    '    <properties>',
    `      <property name="verdict" value="${decision.verdict}: ${xml(verdictText(report, decision.verdict))}"/>`,
    `      <property name="artifact" value="${xml(report.artifact.digest)}"/>`,
    ...report.coverage.notLookedAt.map(text => `      <property name="not-looked-at" value="${xml(text, 500)}"/>`),
    '    </properties>',
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(outcome: Outcome, open: readonly Judged[]): string {
  const own = open.filter(j => j.finding.detector === outcome.detector)
  const name = `name="${xml(outcome.detector)}" classname="bezoar.${xml(outcome.threat)}"`
  const body = own.length > 0 ? [failureOf(own)] : []
  if (outcome.status === 'failed') body.push(`      <error message="${xml(outcome.reason ?? 'failed', 500)}"/>`)
  if (outcome.status === 'skipped') body.push(`      <skipped message="${xml(outcome.reason ?? 'skipped', 500)}"/>`)
  return body.length === 0
    ? `    <testcase ${name}/>`
    : [`    <testcase ${name}>`, ...body, '    </testcase>'].join('\n')
}

/** A file of a model: what was found in it stands here, not with the detectors. */
function fileCase({ file, verdict, own, unread }: FileVerdict): string {
  const name = `name="${xml(file.name)}" classname="bezoar.file"`
  if (own.length > 0) return [`    <testcase ${name}>`, failureOf(own), '    </testcase>'].join('\n')
  if (verdict !== 'hold') return `    <testcase ${name}/>`
  const text = `${unread.toLocaleString('en-US')} bytes could not be read.`
  return `    <testcase ${name}>\n      <failure type="hold" message="${text}"/>\n    </testcase>`
}

/** One failure holds all findings of a detector or of a file: readers of JUnit files show only one. */
function failureOf(own: readonly Judged[]): string {
  const first = own[0]!
  const lines = own.slice(0, 50).map(({ severity, finding }) => `${severity}: ${finding.text} [${finding.id}]`)
  const text = lines.map(line => xml(line, 1000)).join('\n')
  return `      <failure type="${first.severity}" message="${xml(first.finding.text, 500)}">${text}</failure>`
}

function looseCase(text: string, detector: string | undefined): string {
  const name = `name="${xml(detector ? `policy: ${detector}` : 'policy')}" classname="bezoar.policy"`
  return `    <testcase ${name}>\n      <failure type="hold" message="${xml(text, 500)}"/>\n    </testcase>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for XML 1.0: hidden characters named, the rest escaped. U+FFFE and U+FFFF have no place in XML. */
const xml = (text: string, most = 400): string =>
  visibleText(text, most)
    .replace(/[&<>"']/g, c => entities[c]!)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
