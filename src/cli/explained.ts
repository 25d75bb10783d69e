import { readFile } from 'node:fs/promises'
import { attacks } from '../attacks/index.ts'
import {
  type AnyAttack,
  type AnyDetector,
  type Evidence,
  type Explanation,
  explainId,
  Fault,
  type Finding,
  frameworkIds,
  judgesTables,
  nearest,
  poisonsTables,
  threat,
  threats,
} from '../core/index.ts'
import { detectors } from '../detectors/index.ts'
import { optionInfos } from '../scan/index.ts'
import { reportFile } from './judged.ts'
import { seen } from './seen.ts'
import { bold, pageText, wrapped } from './text.ts'

/** Everything that has a page, by kind. */
export function listed(): string {
  const row = (id: string, title: string) => wrapped(title, `  ${id.padEnd(28)}`, ' '.repeat(30))
  const section = (name: string, rows: readonly string[]) => [bold(name), ...rows, ''].join('\n')
  return [
    section(
      'Threats',
      threats.map(threat => row(threat.id, threat.name)),
    ),
    section(
      'Detectors',
      detectors.map(detector => row(detector.id, detector.title)),
    ),
    section(
      'Attacks',
      attacks.map(attack => row(attack.id, attack.title)),
    ),
    wrapped('Ids of frameworks (MITRE ATLAS, OWASP, NIST, CWE, …) and, with --report, of findings work too.'),
    '',
  ].join('\n')
}

/** One id in plain words. Throws `unknown-id`. */
export async function explained(id: string, report: string | undefined): Promise<string> {
  if (report !== undefined) return findingText(await findingIn(report, id))
  const detector = detectors.find(d => d.id === id)
  if (detector) return detectorText(detector)
  const attack = attacks.find(a => a.id === id)
  if (attack) return attackText(attack)
  const known = explainId(id)
  if (known && known.length > 0) return known.map(explanationText).join('\n')
  if (/^[0-9a-f]{16}$/.test(id)) {
    throw new Fault(
      'unknown-id',
      `"${id}" looks like a finding.`,
      'Name the report that holds it: --report report.json',
    )
  }
  const near = nearest(
    id,
    [...detectors, ...attacks, ...threats].map(thing => thing.id),
  )
  throw new Fault('unknown-id', `Nothing is called "${id}".`, near ? `Did you mean "${near}"?` : 'See: bezoar explain')
}

async function findingIn(path: string, id: string): Promise<Finding> {
  const findings = (await reportFile(path)).outcomes.flatMap(outcome => outcome.findings)
  const found = findings.filter(finding => finding.id.startsWith(id))
  if (found.length === 1) return found[0]!
  const what = found.length === 0 ? 'has no finding' : 'has several findings'
  throw new Fault(
    'unknown-id',
    `${path} ${what} "${id}".`,
    `It has: ${findings
      .slice(0, 8)
      .map(f => f.id)
      .join(', ')}`,
  )
}

function shownAt(evidence: Extract<Evidence, { member: string }>): string {
  if (evidence.kind === 'act') return `${evidence.statement}. ${evidence.mechanism}`
  if (evidence.kind === 'place') return evidence.message
  return evidence.kind === 'template' ? evidence.excerpt : `${evidence.tensor}: ${evidence.measure}`
}

/** Where a finding in a model stands, and what stands there. */
function standingText(evidence: Extract<Evidence, { member: string }>): string {
  const at = evidence.kind === 'act' ? evidence.offset : evidence.kind === 'place' ? evidence.start : null
  const where = `In ${evidence.member}${at === null ? '' : `, byte ${at.toLocaleString('en-US')}`}:`
  const remedy = 'remedy' in evidence && evidence.remedy ? `\n\n${wrapped(evidence.remedy)}` : ''
  return `${wrapped(where)}\n${wrapped(shownAt(evidence), '  ')}${remedy}`
}

function findingText(finding: Finding): string {
  const { evidence } = finding
  const examples = 'examples' in evidence ? evidence.examples : []
  const places = examples.slice(0, 5).map(row => {
    const label = row.label === undefined ? '' : ` [${seen(row.label)}]`
    return `  ${seen(row.part)}, record ${row.record}${label}\n${wrapped(row.excerpt, '    ')}`
  })
  const strength =
    'member' in evidence
      ? standingText(evidence)
      : `Strength ${short(evidence.score)}; a finding begins at ${short(evidence.expected)}.`
  return [
    bold(`${finding.severity}: ${finding.detector}`),
    wrapped(finding.text),
    '',
    strength,
    finding.rows ? `Rows: ${finding.rows.total.toLocaleString('en-US')}` : '',
    ...(places.length > 0 ? ['', bold('For example'), ...places] : []),
    '',
    ...(explainId(finding.threat) ?? []).map(explanationText),
    `More on how it was found: bezoar explain ${seen(finding.detector)}`,
    '',
  ].join('\n')
}

/** Identifiers longer than this are not worth the room of all the others. */
const mostIdWidth = 34

const short = (value: number): string => String(Number(value.toPrecision(4)))

function explanationText({ id, title, paragraphs, next, see, url, warning }: Explanation): string {
  const steps = next.map((step, i) => wrapped(step, `  ${i + 1}. `, '     '))
  const beside = 2 + Math.min(mostIdWidth, Math.max(...see.map(lead => lead.id.length))) + 2
  const leads = see.map(({ id: other, name }) => wrapped(name, `  ${other}`.padEnd(beside), ' '.repeat(beside)))
  return [
    ...(warning ? [wrapped(`Note: ${warning}`), ''] : []),
    bold(`${title} · ${id}`),
    ...paragraphs.flatMap(text => [wrapped(text), '']),
    ...(steps.length > 0 ? [bold('What to do'), ...steps, ''] : []),
    ...(leads.length > 0 ? [bold('See also'), ...leads, ''] : []),
    ...(url ? [url, ''] : []),
  ].join('\n')
}

async function detectorText(detector: AnyDetector): Promise<string> {
  const page = await readFile(new URL(`../detectors/${detector.id}/page.md`, import.meta.url), 'utf8').catch(() => '')
  const hand = page.replace(/<!-- generated -->[\s\S]*?<!-- \/generated -->/, '').replace(/^\s*# .*\n/, '')
  const reads = judgesTables(detector)
    ? Object.entries(detector.input.table).map(([role, kind]) => (kind?.endsWith('?') ? `${role} (if there)` : role))
    : detector.input.model.map(part => `${part} of a model`)
  return [
    bold(`${detector.title} (${detector.id})`),
    `Threat: ${detector.threat}${idsOf(detector.threat)}`,
    `Reads:  ${reads.join(', ')}`,
    '',
    ...optionLines(detector),
    pageText(hand),
    '',
  ].join('\n')
}

function idsOf(threat: string): string {
  const ids = frameworkIds(threat).map(id => id.printed)
  return ids.length > 0 ? `\n${wrapped(ids.join(', '), '        ', '        ')}` : ''
}

function attackText(attack: AnyAttack): string {
  return [
    bold(`${attack.title} (${attack.id})`),
    `Threat: ${attack.threat}${idsOf(attack.threat)}`,
    wrapped(attack.source, 'Source: ', '        '),
    ...foundBy(attack.threat),
    '',
    ...meaningOf(attack.threat),
    ...optionLines(attack),
    ...(poisonsTables(attack) || attack.input.model.includes('any')
      ? [wrapped(`Try it on a copy of your data: bezoar drill <artifact> --attack ${attack.id}`), '']
      : []),
  ].join('\n')
}

function meaningOf(id: string): string[] {
  const about = threat(id)
  return about ? [wrapped(about.meaning), '', wrapped(about.example, 'For example: ', ''), ''] : []
}

/** Detectors that look for traces of a threat. */
function foundBy(id: string): string[] {
  const ids = detectors.filter(d => d.threat === id || d.also?.includes(id)).map(d => d.id)
  return ids.length > 0 ? [wrapped(ids.join(', '), 'Looked for by: ', '        ')] : []
}

function optionLines(plugin: Pick<AnyDetector, 'options'>): string[] {
  const infos = optionInfos(plugin.options)
  if (infos.length === 0) return []
  const lines = infos.flatMap(({ name, type, fallback, description }) => {
    const value = fallback === undefined ? '' : `, default ${JSON.stringify(fallback)}`
    return [`  ${name} (${type.replaceAll('\\', '')}${value})`, wrapped(description, '      ')]
  })
  return [bold('Options'), ...lines, '']
}
