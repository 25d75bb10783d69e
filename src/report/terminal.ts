import {
  type Decision,
  type Finding,
  frameworkIds,
  type Outcome,
  type Report,
  type RowRef,
  threat,
} from '../core/index.ts'
import { type Cluster, clustersOf } from './clusters.ts'
import { answerOf, exhibitsOf, type Fact, factsOf, placeOf } from './facts.ts'
import { modelSeenText } from './files.ts'
import { counted, numberText, sizeText } from './lines.ts'
import { rolesOf } from './roles.ts'
import { bar, column, type Paint, painter, type Run, widthOf, wrap } from './screen.ts'
import { modelEvidenceLines, modelFileLines, otherPlaces } from './terminal-model.ts'
import { pictureLines, tileLines } from './terminal-pictures.ts'
import { type Judged, judgedFindings, otherReasons, summaryOf, verdictText } from './verdict.ts'
import { clipped, segmentsOf, visibleText } from './visible.ts'

export interface TerminalOptions {
  readonly colour: boolean
  readonly width: number
  /** The terminal shows 16 million colours: pictures are drawn in blocks. */
  readonly trueColour?: boolean
}

/** Findings shown in full; a wall of text is not read. The other formats have them all. */
const mostFindings = 20
/** Rows shown under each heading of a finding. */
const mostRows = 3
const verdictColour = { block: 'red', hold: 'yellow', pass: 'green' } as const
const severityColour = { block: 'red', hold: 'yellow', info: 'blue' } as const

/** The report for people at a terminal: verdict, findings with evidence, coverage, what to do next. */
export function renderTerminal(report: Report, decision: Decision, options: TerminalOptions): string {
  const paint = painter(options.colour)
  const width = Math.max(40, Math.min(options.width, 120))
  const judged = judgedFindings(report, decision)
  const clusters = clustersOf(judged)
  const shown = clusters.slice(0, mostFindings)
  const left = clusters.slice(mostFindings).reduce((sum, cluster) => sum + 1 + cluster.others.length, 0)
  const isModel = report.artifact.kind === 'model'
  const lines = [
    ...head(report, decision, width, paint),
    ...(isModel && report.files?.length
      ? ['', bar('Files', width, paint), '', ...modelFileLines(report, judged, width, paint)]
      : []),
    ...(shown.length > 0 ? ['', bar('Findings', width, paint)] : []),
    ...shown.flatMap(cluster => ['', ...findingLines(cluster, width, paint, options.trueColour === true)]),
    ...(left > 0
      ? ['', ...wrap([{ text: `${left} more are in the JSON and HTML reports.` }], width, '  ', paint)]
      : []),
    '',
    bar('Looked at', width, paint),
    ...coverageLines(report, width, paint),
    '',
    bar('Next', width, paint),
    ...nextLines(report, decision, judged, width, paint),
  ]
  return lines.map(line => line.trimEnd()).join('\n') + '\n'
}

function head(report: Report, decision: Decision, width: number, paint: Paint): string[] {
  const pad = paint(' ', ['bold']) === ' ' ? '' : '\u00a0'
  const { artifact, coverage } = report
  const colour = verdictColour[decision.verdict]
  const title: Run[] = [
    { text: pad + decision.verdict.toUpperCase() + pad, style: ['bold', colour, 'inverse'] },
    { text: `  ${verdictText(report, decision.verdict)}`, style: ['bold', colour] },
  ]
  const rows = artifact.kind === 'model' ? [] : [counted(coverage.rows, 'row')]
  const facts = [...rows, partsText(artifact), sizeText(coverage.bytes)].join(' · ')
  return [
    '',
    ...wrap(title, width, '', paint),
    '',
    ...wrap([{ text: visibleText(artifact.name, 200), style: ['bold'] }, { text: `  ${facts}` }], width, '  ', paint),
    ...wrap(
      [{ text: `${artifact.kind === 'model' ? 'digest' : 'sha256'} ${artifact.digest}`, style: ['dim'] }],
      width,
      '  ',
      paint,
    ),
    ...wrap([{ text: summaryOf(report, decision) }], width, '  ', paint),
    ...otherReasons(decision).flatMap(text => wrap([{ text: `! ${visibleText(text)}` }], width, '  ', paint, '    ')),
  ]
}

/** What is pinned: files of records, and pictures by the folder or the index that they belong to. */
function partsText({ parts }: Report['artifact']): string {
  const folders = parts.filter(part => part.format === 'pictures').length
  const files = parts.length - folders
  return [
    ...(files > 0 || folders === 0 ? [counted(files, 'file')] : []),
    ...(folders > 0 ? [`${counted(folders, 'set')} of pictures`] : []),
  ].join(' and ')
}

function findingLines(cluster: Cluster, width: number, paint: Paint, trueColour: boolean): string[] {
  const { finding, severity, waived } = cluster.first
  const word = waived ? 'waived' : severity
  const style = waived ? (['dim'] as const) : (['bold', severityColour[severity]] as const)
  const name = threat(finding.threat)?.name ?? finding.threat
  const lead = `■ ${word.toUpperCase().padEnd(6)} ${name} · ${finding.detector}`
  const room = width - widthOf(lead) - finding.id.length
  const id = paint(finding.id, ['dim'])
  return [
    ...(room >= 2
      ? [paint(lead, style) + ' '.repeat(room) + id]
      : [...wrap([{ text: lead, style }], width, '', paint, '  '), `  ${id}`]),
    ...wrap([{ text: visibleText(finding.text, 700) }], width, '  ', paint),
    ...otherPlaces(cluster, width, paint),
    ...(waived ? wrap([{ text: waiverText(waived), style: ['dim'] }], width, '  ', paint) : []),
    ...(waived || severity === 'info' ? [] : evidenceLines(finding, width, paint)),
    ...(waived || severity === 'info' || !trueColour ? [] : pictureLines(finding.evidence, width)),
  ]
}

/** What a person needs to check a finding that counts. */
function evidenceLines(finding: Finding, width: number, paint: Paint): string[] {
  const ids = frameworkIds(finding.threat).map(f => f.printed)
  return [
    '',
    ...factsOf(finding.evidence).flatMap(fact => factLines(fact, width, paint)),
    ...placeLines(finding.evidence, width, paint),
    ...tileLines(finding.evidence, width, paint),
    ...modelEvidenceLines(finding.evidence, width, paint),
    ...exhibitsOf(finding.evidence).flatMap(({ title, rows }) => [
      '',
      `  ${paint(title, ['bold'])}`,
      ...rows.slice(0, mostRows).flatMap(row => rowLines(row, width, paint)),
      ...(rows.length > mostRows ? [`    ${paint(`${rows.length - mostRows} more in the HTML report`, ['dim'])}`] : []),
    ]),
    ...(ids.length > 0 ? ['', ...wrap([{ text: ids.join(', '), style: ['dim'] }], width, '  ', paint)] : []),
  ]
}

const waiverText = (waived: NonNullable<Judged['waived']>): string =>
  `Accepted until ${waived.expires}: ${visibleText(waived.reason)}`

function factLines({ name, value, quoted = [] }: Fact, width: number, paint: Paint): string[] {
  const shown = quoted.slice(0, 6).map(text => `"${visibleText(text, 120)}"`)
  const more = quoted.length > shown.length ? ` and ${quoted.length - shown.length} more` : ''
  const text = shown.join(', ') + more + visibleText(value, 300)
  return column(visibleText(name, 11), 12, [{ text }], width, '  ', paint)
}

function placeLines(evidence: Judged['finding']['evidence'], width: number, paint: Paint): string[] {
  if (evidence.kind !== 'location') return []
  const shown = evidence.places.slice(0, 6)
  const lines = shown.flatMap(place => {
    const record = place.record === undefined ? '' : ` record ${place.record}`
    const at = place.line === undefined ? record : `:${place.line}`
    const where = `${visibleText(place.part, 120)}${at}${place.column === undefined ? '' : `:${place.column}`}`
    return wrap([{ text: `${where}  ${visibleText(place.message, 300)}` }], width, '    ', paint, '      ')
  })
  const left = evidence.places.length - shown.length
  return ['', ...lines, ...(left > 0 ? [`    ${paint(`${left} more in the HTML report`, ['dim'])}`] : [])]
}

function rowLines(row: RowRef, width: number, paint: Paint): string[] {
  const { excerpt, spans } = around(row)
  const text = segmentsOf(excerpt, spans).map(
    (s): Run => ({
      text: s.hidden ? `[${s.text}]` : s.text,
      style: s.marked ? ['bold', 'magenta'] : s.hidden ? ['cyan'] : [],
    }),
  )
  const answer = answerOf(row)
  const about = [
    placeOf({ part: visibleText(row.part, 120), record: row.record }),
    row.label === undefined ? '' : `label "${visibleText(row.label, 60)}"`,
    row.score === undefined ? '' : numberText(row.score),
    row.note === undefined || answer !== null ? '' : visibleText(row.note, 120),
  ].filter(part => part !== '')
  return [
    ...wrap([{ text: about.join(' · '), style: ['dim'] }], width, '    ', paint),
    ...wrap(text, width, '      ', paint),
    ...(answer === null ? [] : wrap([{ text: `→ ${visibleText(answer, 120)}` }], width, '      ', paint, '        ')),
  ]
}

/** Three lines of a row at most: some words before the first span, the rest after it. */
function around({ excerpt, spans }: RowRef): { excerpt: string; spans: [number, number][] } {
  const most = 200
  if (excerpt.length <= most) return { excerpt, spans }
  const first = spans[0]?.[0] ?? 0
  const from = Math.max(0, Math.min(first - 60, excerpt.length - most))
  const cut = clipped(excerpt.slice(from), most)
  const shift = from > 0 ? 1 - from : 0
  return {
    excerpt: (from > 0 ? '…' : '') + cut,
    spans: spans.map(([start, end]) => [Math.max(0, start + shift), Math.max(0, end + shift)]),
  }
}

const isForeign = ({ cause, reason }: Outcome): boolean => cause === 'no-column' && reason?.startsWith('no ') === true

function coverageLines(report: Report, width: number, paint: Paint): string[] {
  const { columns, engine, lostRows, notLookedAt } = report.coverage
  const roles = rolesOf(columns).map(({ text }) => text)
  const rows = `${counted(report.coverage.rows, 'row')}, ${lostRows === 0 ? 'none lost' : `${counted(lostRows, 'record')} lost`}`
  const pictures = columns.some(({ role }) => role === 'image')
  const namesOf = (status: string): string[] => {
    const all = report.outcomes.filter(o => o.status === status)
    // Beside pictures, most detectors are for other data: "Not looked at" counts them.
    const foreign = pictures && status === 'skipped' ? all.filter(isForeign) : []
    const rest = all.filter(o => !foreign.includes(o)).map(o => o.detector)
    return foreign.length === 0 ? rest : [...rest, `and ${foreign.length} for other kinds of data`]
  }
  const looked: Fact[] =
    report.artifact.kind === 'model'
      ? [{ name: 'Files', value: `${modelSeenText(report)} (seed ${report.seed})` }]
      : [
          { name: 'Rows', value: `${rows} (engine: ${engine}, seed ${report.seed})` },
          { name: 'Columns', value: roles.length > 0 ? roles.join(', ') : 'no role was recognised' },
        ]
  const facts: Fact[] = [
    ...looked,
    ...['found', 'clean', 'skipped', 'failed']
      .map(status => ({ name: status[0]!.toUpperCase() + status.slice(1), value: namesOf(status).join(', ') }))
      .filter(fact => fact.value !== ''),
  ]
  return [
    ...facts.flatMap(fact => column(fact.name, 12, [{ text: fact.value }], width, '  ', paint)),
    ...(notLookedAt.length > 0 ? ['', `  ${paint('Not looked at', ['bold'])}`] : []),
    ...notLookedAt.flatMap(text => wrap([{ text: `- ${visibleText(text, 500)}` }], width, '  ', paint, '    ')),
  ]
}

/** The digest to compare with before loading: of the file, or of all files of a folder. */
const pinText = ({ artifact }: Report): string =>
  artifact.parts.length === 1
    ? `Pin what was judged: sha256 ${artifact.parts[0]!.sha256}`
    : `Pin what was judged: digest ${artifact.digest}`

/** What to do about a model that is only held: nobody has shown yet that it does harm. */
const heldModel = [
  'Look at the statement or the place that each finding shows; ask the publisher what it is for.',
  'Accept what you understood in a policy, with a reason and a last day: bezoar init',
]

function adviceOn({ artifact }: Report, { verdict }: Decision, first: Judged | undefined): readonly string[] {
  if (!first) return []
  return artifact.kind === 'model' && verdict === 'hold' ? heldModel : (threat(first.finding.threat)?.next ?? [])
}

/** A scan of the data alone would not see again what was looked up elsewhere: the report must tell. */
const cleaning = ({ coverage }: Report, name: string): string =>
  coverage.columns.some(({ because }) => because === 'joined')
    ? `scan again with -o report.json, then bezoar clean ${name} --report report.json`
    : `bezoar clean ${name}`

function nextLines(
  report: Report,
  decision: Decision,
  judged: readonly Judged[],
  width: number,
  paint: Paint,
): string[] {
  const open = judged.filter(j => !j.waived && j.severity !== 'info')
  const first = open[0]
  const advice = adviceOn(report, decision, first)
  const name = visibleText(report.artifact.name, 60)
  const isModel = report.artifact.kind === 'model'
  const steps = [
    ...advice,
    ...(first ? [`Read more: bezoar explain ${first.finding.threat}`] : []),
    ...(open.some(j => j.finding.rows) ? [`Write a copy without the accused rows: ${cleaning(report, name)}`] : []),
    ...(isModel && decision.verdict !== 'block' ? [pinText(report)] : []),
    ...(isModel && decision.verdict === 'pass' ? ['Silence is no proof: see what was not looked at above.'] : []),
    ...(!isModel && decision.verdict === 'pass'
      ? [
          'Silence is no proof: see what was not looked at above.',
          `Measure what would be caught here: bezoar drill ${name}`,
        ]
      : []),
    ...(first ? [] : decision.verdict === 'hold' ? ['Mend what kept detectors from judging, and scan again.'] : []),
  ]
  return steps.flatMap((step, i) => wrap([{ text: `${i + 1}. ${step}` }], width, '  ', paint, '     '))
}
