import {
  type Decision,
  type Evidence,
  type Finding,
  framework,
  frameworkIds,
  type Report,
  type RowRef,
  threat,
} from '../core/index.ts'
import { type Standing, standingOf } from './clusters.ts'
import { exhibitsOf, factsOf } from './facts.ts'
import { escaped } from './json.ts'
import { type Judged, judgedFindings, otherReasons, summaryOf } from './verdict.ts'
import { visibleText } from './visible.ts'

const levels = { info: 'note', hold: 'warning', block: 'error' } as const
/** Places of one result. Viewers list them all; a person checks the first ones. */
const mostPlaces = 100

/**
 * The report as SARIF 2.1.0. Each message of a detector is a rule, each edition of a framework a taxonomy; a row is a
 * logical location, with a region where the line is known; a waiver is a suppression.
 */
export function renderSarif(report: Report, decision: Decision): string {
  const judged = judgedFindings(report, decision)
  const rules = [...new Map(judged.map(({ finding }) => [ruleId(finding), finding])).values()]
  const taxonomies = taxonomiesOf(judged.map(j => j.finding.threat))
  const nested = nestedOf(judged, report)
  const run = {
    tool: {
      driver: {
        name: 'Bezoar',
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: rules.map(finding => ruleOf(finding, taxonomies)),
        supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
      },
    },
    taxonomies: taxonomies.map(t => ({ ...t, taxa: t.taxa.map(({ id, name, helpUri }) => ({ id, name, helpUri })) })),
    artifacts: [
      ...report.artifact.parts.map(part => ({
        location: { uri: uriOf(part.name) },
        length: part.sizeBytes,
        ...(part.sha256 ? { hashes: { 'sha-256': part.sha256 } } : {}),
      })),
      ...nested.map(({ path, parentIndex }) => ({ location: { uri: uriOf(path) }, parentIndex })),
    ],
    results: judged.map(one => resultOf(one, report, rules, { taxonomies, nested })),
    invocations: [invocationOf(report, decision)],
    columnKind: 'utf16CodeUnits',
    properties: {
      verdict: decision.verdict,
      artifactDigest: report.artifact.digest,
      summary: summaryOf(report, decision),
    },
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return escaped(JSON.stringify(log, null, 2)) + '\n'
}

interface Taxonomy {
  readonly name: string
  readonly version: string
  readonly organization: string
  readonly informationUri: string
  readonly isComprehensive: false
  readonly taxa: readonly { readonly id: string; readonly name: string; readonly helpUri: string }[]
}

const ruleId = ({ detector, message }: Finding): string => `${detector}/${message}`

/** One taxonomy for each framework that the threats name, holding the identifiers that are used. */
function taxonomiesOf(threats: readonly string[]): Taxonomy[] {
  const ids = new Map([...new Set(threats)].flatMap(t => frameworkIds(t)).map(f => [f.id, f]))
  const used = [...new Set([...ids.values()].map(f => f.framework))].sort()
  return used.map(id => {
    const { name, edition, owner, url } = framework(id)!
    const taxa = [...ids.values()].filter(f => f.framework === id).sort((a, b) => (a.id < b.id ? -1 : 1))
    return {
      name,
      version: edition,
      organization: owner,
      informationUri: url,
      isComprehensive: false,
      taxa: taxa.map(t => ({ id: t.id, name: t.name, helpUri: t.url })),
    }
  })
}

/** References to the taxa of a threat. */
function taxaOf(threatId: string, taxonomies: readonly Taxonomy[]) {
  const ids = new Set(frameworkIds(threatId).map(f => f.id))
  return taxonomies.flatMap(({ name, taxa }, component) =>
    taxa.flatMap(({ id }, index) => (ids.has(id) ? [{ id, index, toolComponent: { name, index: component } }] : [])),
  )
}

function ruleOf(finding: Finding, taxonomies: readonly Taxonomy[]) {
  const about = threat(finding.threat)
  const next = about?.next ?? []
  return {
    id: ruleId(finding),
    name: ruleId(finding).replace(/(^|[-/])(\w)/g, (_, __: string, letter: string) => letter.toUpperCase()),
    shortDescription: { text: about?.name ?? finding.threat },
    fullDescription: { text: about?.meaning ?? finding.threat },
    help: {
      text: [about?.meaning ?? '', ...next].join('\n'),
      markdown: [about?.meaning ?? '', '', ...next.map(step => `- ${step}`)].join('\n'),
    },
    defaultConfiguration: { level: levels[finding.severity] },
    relationships: taxaOf(finding.threat, taxonomies).map(target => ({ target, kinds: ['relevant'] })),
    properties: { tags: ['security', 'data-poisoning', finding.threat] },
  }
}

/** A member of a file that a result points into. */
interface Nested {
  readonly path: string
  readonly parentIndex: number
}

/** The members that findings name, as artifacts inside the files; offsets are counted in their own bytes. */
function nestedOf(judged: readonly Judged[], { artifact }: Report): Nested[] {
  const paths = new Map<string, string>()
  for (const { finding } of judged) {
    const at = standingOf(finding.evidence)
    if (at && at.member !== at.file) paths.set(at.member, at.file)
  }
  return [...paths].map(([path, file]) => ({ path, parentIndex: artifact.parts.findIndex(p => p.name === file) }))
}

interface Known {
  readonly taxonomies: readonly Taxonomy[]
  readonly nested: readonly Nested[]
}

function resultOf(one: Judged, report: Report, rules: readonly Finding[], { taxonomies, nested }: Known) {
  const { finding, severity, waived } = one
  const justification = waived ? `${visibleText(waived.reason)} (until ${waived.expires})` : ''
  return {
    ruleId: ruleId(finding),
    ruleIndex: rules.findIndex(rule => ruleId(rule) === ruleId(finding)),
    level: levels[severity],
    message: { text: visibleText(finding.text, 2000) },
    locations: locationsOf(finding, report, nested),
    partialFingerprints: { 'bezoarFinding/v1': finding.id },
    taxa: taxaOf(finding.threat, taxonomies),
    ...(waived ? { suppressions: [{ kind: 'external', status: 'accepted', justification }] } : {}),
    properties: {
      threat: finding.threat,
      severity,
      facts: factsOf(finding.evidence).map(
        ({ name, value, quoted = [] }) =>
          `${name}: ${quoted.map(q => `"${visibleText(q, 200)}"`).join(', ')}${visibleText(value)}`,
      ),
      ...(finding.rows ? { rows: finding.rows.total } : {}),
    },
  }
}

/** A place in a model: a byte of a file, or of a member inside it. */
function standingLocation(at: Standing, evidence: Evidence, report: Report, nested: readonly Nested[]): unknown {
  const { parts } = report.artifact
  const own = parts.findIndex(part => part.name === at.file)
  const inside = nested.findIndex(member => member.path === at.member)
  const index = inside < 0 ? own : parts.length + inside
  const byteLength = evidence.kind === 'place' ? evidence.end - evidence.start : 1
  const region = at.offset === null ? {} : { region: { byteOffset: at.offset, byteLength } }
  const line = evidence.kind === 'template' ? { region: { startLine: evidence.line } } : {}
  return {
    physicalLocation: { ...fileOf(at.member, index), ...region, ...line },
    logicalLocations: [{ fullyQualifiedName: visibleText(at.member), kind: 'member' }],
    message: { text: statementOf(evidence) },
  }
}

function statementOf(evidence: Evidence): string {
  if (evidence.kind === 'act') return visibleText(evidence.statement, 500)
  if (evidence.kind === 'place') return visibleText(evidence.message, 500)
  if (evidence.kind === 'template') return visibleText(evidence.excerpt, 500)
  return evidence.kind === 'tensor' ? visibleText(evidence.tensor, 300) : ''
}

function locationsOf({ evidence }: Finding, report: Report, nested: readonly Nested[]): unknown[] {
  const at = standingOf(evidence)
  if (at) return [standingLocation(at, evidence, report, nested)]
  const places =
    evidence.kind === 'location'
      ? evidence.places.map(place => locationOf(place, report, regionOf(place)))
      : exhibitsOf(evidence)
          .slice(0, 1)
          .flatMap(exhibit => exhibit.rows.map(row => locationOf(row, report, snippetOf(row))))
  const whole = report.artifact.parts.slice(0, 1).map((part, index) => ({ physicalLocation: fileOf(part.name, index) }))
  return places.length > 0 ? places.slice(0, mostPlaces) : whole
}

const fileOf = (part: string, index: number) => ({
  artifactLocation: { uri: uriOf(part), ...(index >= 0 ? { index } : {}) },
})

function locationOf(
  place: { readonly part: string; readonly record?: number | undefined },
  report: Report,
  more: Extra,
): unknown {
  const index = report.artifact.parts.findIndex(part => part.name === place.part)
  return {
    physicalLocation: { ...fileOf(place.part, index), ...(more.region ? { region: more.region } : {}) },
    ...(place.record === undefined ? {} : { logicalLocations: [recordOf(place.part, place.record)] }),
    message: { text: more.text },
  }
}

const recordOf = (part: string, record: number) => ({
  name: `record ${record}`,
  fullyQualifiedName: `${visibleText(part)}#${record}`,
  kind: 'record',
})

interface Extra {
  readonly text: string
  readonly region?: { readonly startLine: number; readonly startColumn?: number }
}

const snippetOf = ({ excerpt, label }: RowRef): Extra => ({
  text: visibleText(excerpt, 500) + (label === undefined ? '' : ` (label "${visibleText(label, 100)}")`),
})

function regionOf(place: { line?: number | undefined; column?: number | undefined; message: string }): Extra {
  const text = visibleText(place.message, 500)
  if (place.line === undefined || place.line < 1) return { text }
  const startColumn = place.column === undefined || place.column < 1 ? {} : { startColumn: place.column }
  return { text, region: { startLine: place.line, ...startColumn } }
}

/** A relative reference (RFC 3986) for a part's name. */
function uriOf(name: string): string {
  const clean = name.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\\', '/')
  return clean.split('/').map(encodeURIComponent).join('/') || '.'
}

/** What did not run, and what nobody looked at, as notes about the run. */
function invocationOf({ outcomes, coverage }: Report, decision: Decision) {
  const failed = outcomes.filter(o => o.status === 'failed')
  const note = (level: string, text: string) => ({ level, message: { text: visibleText(text, 1000) } })
  return {
    executionSuccessful: failed.length === 0,
    toolExecutionNotifications: [
      ...failed.map(o => note('error', `${o.detector} failed: ${o.reason ?? 'no reason given'}`)),
      ...otherReasons(decision).map(text => note('warning', text)),
      ...coverage.notLookedAt.map(text => note('note', text)),
    ],
  }
}
